"""`mingbai import` and `mingbai export`: one file of one village, with every fault by row and column."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any

from mingbai.kernel import Money, Refused

MOST_BYTES = 60_000_001


def import_file(options: argparse.Namespace) -> int:
    """Exit status 0 when the file has no fault, 1 otherwise; the report goes to standard output."""
    try:
        report = _taken(options)
    except (Refused, OSError) as problem:
        said = f"打不开文件 {options.file}" if isinstance(problem, OSError) else str(problem)
        report = _nothing(options, said)
    print(json.dumps(report, ensure_ascii=False)) if options.json else _tell(report, dry_run=options.dry_run)
    return 0 if report["ok"] else 1


def _nothing(options: argparse.Namespace, said: str) -> dict[str, Any]:
    return {
        "ok": False, "kind": options.kind, "village": options.village, "rows": 0, "added": 0, "skipped": 0,
        "receipt": "", "first": "", "last": "", "total_fen": 0, "layout": "", "columns": {},
        "errors": [{"row": 0, "column": "", "message": said}], "said": [],
    }  # fmt: skip


def _taken(options: argparse.Namespace) -> dict[str, Any]:
    content = _content(Path(options.file))
    _open(options)
    from django.db import transaction

    from mingbai.config import clock
    from mingbai.exchange.services import SHELL, take

    by, now = _person(options) if options.by else SHELL, clock.now()
    with transaction.atomic():
        papers = _papers(options, by, now) if options.papers else {}
        taken = take(
            _asked(options, content, papers), by=by, at=now, dry_run=options.dry_run, progress=_progress
        )
        if not taken.ok:  # the papers handed in beside it are not kept either
            transaction.set_rollback(True)
    return taken.as_json()


def _papers(options: argparse.Namespace, by: Any, now: Any) -> dict[str, str]:
    """The papers of a folder by name, sealed unless this is only a look."""
    from mingbai.exchange.services import keep_papers

    files = sorted(one for one in Path(options.papers).iterdir() if one.is_file() and one.name[0] != ".")
    if options.dry_run:
        return {one.name: "" for one in files}
    content = ((one.name, _content(one)) for one in files)
    return keep_papers(options.kind, options.village, content, by=by, at=now)


def _asked(options: argparse.Namespace, content: bytes, papers: dict[str, str]) -> Any:
    from mingbai.exchange.services import Asked

    return Asked(
        kind=options.kind, village=options.village, content=content, name=Path(options.file).name,
        account=options.account, body=options.body, since=_day(options.since), mapping=_mapping(options.map),
        papers=papers,
    )  # fmt: skip


def export_file(options: argparse.Namespace) -> int:
    """Write the file; exit status 0, or 1 with the reason on standard error."""
    try:
        _open(options)
        report = _sent(options)
    except (Refused, OSError) as problem:
        print(f"写不了：{problem}", file=sys.stderr)
        return 1
    said = f"写好了：{options.output}，{report['rows']} 行"
    said += f"，回执 {report['receipt']}" if report["receipt"] else ""
    print(json.dumps(report, ensure_ascii=False) if options.json else said)
    return 0


def _sent(options: argparse.Namespace) -> dict[str, Any]:
    from mingbai.config import clock
    from mingbai.exchange.services import SHELL, send
    from mingbai.ledger.rules import read_span

    file, now = Path(options.output), clock.now()
    content, rows, receipt = send(
        kind=options.kind, village=options.village, span=read_span(options.period), suffix=file.suffix.lower(),
        by=SHELL, at=now, today=clock.legal_day(now), layout=options.layout, body=options.body,
    )  # fmt: skip
    file.write_bytes(content)
    return {"kind": options.kind, "village": options.village, "rows": rows, "receipt": receipt}


def _content(file: Path) -> bytes:
    """The file, read no further than what refuses it as too large."""
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES)


def _open(options: argparse.Namespace) -> None:
    from mingbai.config.serving import open_data

    with redirect_stdout(sys.stderr):  # what is said on the way is not part of the answer
        open_data(Path(options.data))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(f"“{text}”不是日期", remedy="写成 2026-09-01 这样") from None


def _mapping(pairs: list[str]) -> dict[str, str]:
    if any("=" not in pair for pair in pairs):
        raise Refused("--map 要写成 栏=表头", remedy="例如 --map debit=借")
    return dict(pair.split("=", 1) for pair in pairs)


def _person(options: argparse.Namespace) -> Any:
    """The one in office in the village or its town of that name. Raises `Refused` for nobody or several."""
    from mingbai.config import clock
    from mingbai.organisations.queries import actor_on, holders_over

    today = clock.legal_day(clock.now())
    found = {one.id for one, _office in holders_over(options.village, today) if one.name == options.by}
    if len(found) != 1:
        raise Refused(
            f"没有一位叫“{options.by}”的在职人员，或者不止一位",
            remedy="写报账员或者镇（街道）代理中心人员的姓名",
        )
    return actor_on(found.pop(), today)


def _progress(done: int) -> None:
    if sys.stderr.isatty():
        print(f"\r写了 {done} 张凭证", end="", file=sys.stderr, flush=True)


def _tell(report: dict[str, Any], *, dry_run: bool) -> None:
    if sys.stderr.isatty():
        print(file=sys.stderr)
    for one in report["errors"]:
        where = f"第 {one['row']} 行 " if one["row"] else ""
        print(f"{where}{one['column']}{'：' if one['column'] else ''}{one['message']}")
    for words in report["said"]:
        print(words)
    print(_sum(report, dry_run))


def _sum(report: dict[str, Any], dry_run: bool) -> str:
    if not report["ok"]:
        return f"{report['rows']} 行，{len(report['errors'])} 处要改，什么也没有登记。"
    said = f"{report['rows']} 行：新增 {report['added']}，已有 {report['skipped']}。"
    if report["total_fen"]:
        said += f"借方合计 {Money(report['total_fen']).yuan()} 元。"
    if dry_run or not report["receipt"]:
        return said + ("没有登记。" if dry_run else "")
    numbers = f"，凭证 {report['first']} 至 {report['last']}" if report["first"] else ""
    return said + f"已经登记，回执 {report['receipt']}{numbers}。"
