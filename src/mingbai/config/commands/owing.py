"""What villages owe to publish: due."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from mingbai.config.command_line import CommandLine

STATES = {"published": "按时公开", "late": "晚公开", "missing": "应公开而未公开", "waiting": "还没有到期"}


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    due = line.add("due", _due, "村里该公开什么、公开了没有、缺什么", line.data)
    due.add_argument("--village", metavar="CODE", help="村的十二位代码；不写就是每个村")
    due.add_argument("--on", metavar="DATE", help="哪一天看，写成 2026-11-23；不写就是今天")
    due.add_argument("--json", action="store_true")


def _due(options: argparse.Namespace) -> int:
    from mingbai.config import clock
    from mingbai.config.serving import open_data

    open_data(Path(options.data))
    from mingbai.disclosure import queries as disclosure
    from mingbai.organisations import queries as organisations

    day = _day(options.on) if options.on else clock.legal_day(clock.now())
    if options.village:
        organisations.village_and_town(options.village)
    villages = (options.village,) if options.village else disclosure.villages_that_publish()
    found = [(code, disclosure.due(code, day)) for code in villages]
    if options.json:
        print(json.dumps([_told(code, day, owed) for code, owed in found], ensure_ascii=False, indent=1))
    else:
        _say(day, found)
    return 0


def _day(text: str) -> date:
    from mingbai.kernel import Refused

    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"“{text}”不是日期", remedy="写成 2026-11-23 这样") from error


def _told(code: str, day: date, owed: Any) -> dict[str, Any]:
    counts = {state: sum(1 for one in owed if one.state == state) for state in STATES}
    return {"village": code, "on": day.isoformat(), **counts, "duties": [_line(one) for one in owed]}


def _line(one: Any) -> dict[str, Any]:
    days = {
        key: value.isoformat() if value else None
        for key, value in asdict(one).items()
        if key in ("since", "due", "published")
    }
    names = ("key", "duty", "title", "about", "owner", "case", "publication", "unsure", "late_days")
    return {
        **{name: getattr(one, name) for name in names},
        **days,
        "state": one.state.value,
        "basis": asdict(one.citation),
    }


def _say(day: date, found: Any) -> None:
    from mingbai.organisations import queries as organisations

    names = {one.code: one.short for one in organisations.villages()}
    for code, owed in found:
        counts = "，".join(
            f"{title} {sum(1 for one in owed if one.state == state)} 件" for state, title in STATES.items()
        )
        print(f"{names.get(code, code)}（{code}）{day}：该公开的 {len(owed)} 件，{counts}。")
        for one in (one for one in owed if one.state == "missing"):
            office = organisations.office_title(one.owner)
            print(
                f"  缺：{one.title}（{one.about}），{office}最晚 {one.due} 公开，已经晚了 {one.late_days} 天。"
            )
    if not found:
        print("还没有哪个村公开过，没有该公开而没有公开的。")
