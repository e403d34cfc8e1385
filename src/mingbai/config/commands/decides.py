"""Which body decides a matter: decides."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from mingbai.config.command_line import CommandLine
from mingbai.kernel import Refused


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    ask = line.add(
        "decides", _decides, "哪件事由哪个会定：照 matters.yaml 核对一个会能不能定一类事", line.district
    )
    ask.add_argument("matter", nargs="?", default="", metavar="MATTER", help="哪一类事；不写就全部列出来")
    ask.add_argument("--body", default="", metavar="ID", help="哪个会，如 rce_members；不写就只说该由谁定")
    ask.add_argument(
        "--delegated", action="append", default=[], metavar="MATTER", help="村民会议授权过的事，可以写几次"
    )
    ask.add_argument("--no-collective", action="store_true", help="村里没有集体经济组织")
    ask.add_argument("--residents", action="store_true", help="是社区，不是村")
    ask.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="哪一天，不写是今天")
    ask.add_argument("--json", action="store_true")


def _decides(options: argparse.Namespace) -> int:
    from mingbai.config.amending import start_without_data

    start_without_data()
    from mingbai.catalogue.queries import read_district
    from mingbai.catalogue.rules import read_folder
    from mingbai.config import clock
    from mingbai.meetings.rules import read_bodies
    from mingbai.meetings.rules.competence import Setting, read_matters

    files = read_district(Path(options.district))
    titles = {law: entry.title for law, entry in read_folder(files).laws.items()}
    bodies, matters = read_bodies(files["meetings.yaml"]), read_matters(files["matters.yaml"])
    setting = Setting(
        options.on or clock.legal_day(clock.now()),
        options.delegated,
        not options.no_collective,
        options.residents,
    )
    chosen = [options.matter] if options.matter else sorted({one.id for one in matters})
    try:
        told = [_told(one, bodies, matters, options.body, setting, titles) for one in chosen]
    except Refused as problem:
        print(f"{problem.reason}。{problem.remedy}", file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(told[0] if options.matter else told, ensure_ascii=False, indent=1))
    else:
        print("\n".join(_sentence(one) for one in told))
    return 0


def _told(id: str, bodies: Any, matters: Any, body: str, setting: Any, titles: Any) -> dict[str, Any]:
    from mingbai.meetings.rules import find_body
    from mingbai.meetings.rules.competence import check_competence, competent, find_matter

    matter = find_matter(matters, id, setting.on)
    able = competent(matter, setting)
    told: dict[str, Any] = {
        "matter": matter.id, "title": matter.title, "bodies": list(able),
        "names": [find_body(bodies, one, setting.on).title for one in able], "party_first": matter.party_first,
        "article": matter.citation.text(titles), "to_be_confirmed": matter.citation.confidence.value == "assumed",
    }  # fmt: skip
    if not body:
        return told
    find_body(bodies, body, setting.on)
    try:
        check_competence(bodies, matter, body, setting)
    except Refused as refusal:
        article = refusal.basis.text(titles) if refusal.basis else told["article"]
        return {**told, "body": body, "allowed": False, "reason": refusal.reason, "remedy": refusal.remedy,
                "article": article}  # fmt: skip
    return {**told, "body": body, "allowed": True, "reason": "", "remedy": ""}


def _sentence(told: dict[str, Any]) -> str:
    who = "、".join(told["names"]) or "这里没有能定的会"
    line = f"{told['matter']}  {told['title']}：{who}（{told['article']}）"
    return line if told.get("allowed", True) else f"{line}\n  不可以：{told['reason']}。{told['remedy']}"
