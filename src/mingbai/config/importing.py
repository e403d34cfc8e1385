"""`mingbai roll import`: a roll's file checked by the rule of its body alone, or against the roll in force, or set."""

from __future__ import annotations

import argparse
import json
import os
import sys
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any

from mingbai.config.amending import start_without_data
from mingbai.kernel import BadFile, Refused

Report = dict[str, Any]


def report(options: argparse.Namespace, file: Path) -> Report:
    """What the file comes to: `ok`, `rows`, every error by row and column, and the difference it makes.

    `joins`, `leaves` and `stays` are None where there is no roll to compare with (no village given). Whatever is
    wrong, with the file or with what was asked, is an error of the report: row 0 is the whole file.
    """
    try:
        return _of_data(options, file) if _with_data(options) else _of_folder(options, file)
    except (Refused, BadFile, OSError) as problem:
        said = f"打不开文件 {problem.filename or file}" if isinstance(problem, OSError) else str(problem)
        return {**_NOTHING, "errors": [{"row": 0, "column": "", "message": said}]}


_NOTHING: Report = {
    "ok": False, "rows": 0, "errors": [], "joins": None, "leaves": None, "stays": None, "changed": False,
    "warnings": [],
}  # fmt: skip


def _with_data(options: argparse.Namespace) -> bool:
    if options.dry_run and not options.village:
        return False
    if not options.village:
        raise Refused("没有写是哪个村", remedy="加上 --village CODE，或者 --dry-run 只查文件")
    if not (options.data or os.environ.get("MINGBAI_DATA")):
        raise Refused("没有写数据目录", remedy="加上 --data DIR；不写 --village、加 --dry-run，可以只查文件")
    return True


def _of_folder(options: argparse.Namespace, file: Path) -> Report:
    start_without_data()
    from mingbai.meetings.rules import BODIES_FILE, find_body, read_bodies
    from mingbai.meetings.rules.rolls import read_roll

    bodies = read_bodies(_text(Path(options.district) / BODIES_FILE))
    since = _day(options.since) or _today()
    checked = read_roll(_content(file), find_body(bodies, options.body, since), since)
    return _NOTHING | {
        "ok": not checked.faults, "rows": checked.count, "errors": _errors(checked.faults),
        "warnings": list(checked.warnings),
    }  # fmt: skip


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(file.name, 1, "不是 UTF-8 编码") from None


def _of_data(options: argparse.Namespace, file: Path) -> Report:
    from mingbai.config.serving import open_data

    with redirect_stdout(sys.stderr):  # what is said on the way is not part of the answer
        open_data(Path(options.data or os.environ["MINGBAI_DATA"]))
    from mingbai.config import clock
    from mingbai.meetings.services import import_roll, preview_roll

    since, at = _day(options.since) or _today(), clock.now()
    more = {
        "village": options.village,
        "body": options.body,
        "content": _content(file),
        "since": since,
        "at": at,
    }
    if options.dry_run:
        done = preview_roll(**more)
    else:
        by = _keeper(options.by, options.village, options.body)
        done = import_roll(**more, by=by, dry_run=False, term_from=_day(options.term_from))
    return {
        "ok": done.ok, "rows": done.count, "errors": _errors(done.faults), "joins": len(done.joins),
        "leaves": len(done.leaves), "stays": done.stays, "changed": done.changes and not options.dry_run,
        "warnings": list(done.warnings),
    }  # fmt: skip


def _keeper(name: str, village: str, body: str) -> Any:
    """The one of that name who may set the roll of the body. Raises `Refused` when there is none."""
    from mingbai.catalogue.queries import current
    from mingbai.meetings.queries import body_rule
    from mingbai.meetings.rules.rolls import TOWN_KEEPERS
    from mingbai.organisations.queries import actor_on, holders

    today = _today()
    rule = body_rule(current(today), body)
    posts = [(one, village) for one in (*rule.offices, *rule.recorded_by)]
    posts += [(one, village[:9]) for one in TOWN_KEEPERS]
    found = {one.id for office, place in posts for one in holders(office, place, today) if one.name == name}
    if len(found) != 1:
        raise Refused(
            f"没有写是谁登记，或者“{name}”不是可以登记{rule.title}名册的人",
            remedy="加上 --by NAME，写召集人、村文书或者镇（街道）经办人的姓名",
        )
    return actor_on(found.pop(), today)


def _today() -> date:
    from mingbai.config import clock

    return clock.legal_day(clock.now())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(f"“{text}”不是日期", remedy="写成 2026-09-01 这样") from None


def _content(file: Path) -> bytes:
    """The file, read no further than what refuses it as too large."""
    from mingbai.meetings.rules.rolls import MOST_BYTES

    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _errors(faults: Any) -> list[dict[str, Any]]:
    return [{"row": one.row, "column": one.column, "message": one.message} for one in faults]


def tell(report: Report, *, as_json: bool) -> None:
    """Print the report."""
    if as_json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
        return
    for one in report["errors"]:
        where = f"第 {one['row']} 行 " if one["row"] else ""
        print(f"{where}{one['column']}{'：' if one['column'] else ''}{one['message']}")
    for one in report["warnings"]:
        print(f"注意：{one}")
    print(_sum(report))


def _sum(report: Report) -> str:
    if not report["ok"]:
        return f"{report['rows']} 人，{len(report['errors'])} 处要改，什么也没有登记。"
    if report["joins"] is None:
        return f"{report['rows']} 人，没有错。"
    said = (
        f"{report['rows']} 人：进 {report['joins']} 人，出 {report['leaves']} 人，不变 {report['stays']} 人。"
    )
    return said + ("已经登记。" if report["changed"] else "没有登记。")
