"""A village's accounts: statements, reconcile."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from mingbai.config.command_line import CommandLine


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    made = line.add("statements", _statements, "一个村一个会计期间的报表，写成 Excel", line.data)
    made.add_argument("--village", required=True, metavar="CODE", help="村的十二位代码")
    made.add_argument("--period", required=True, metavar="P", help="2026-09、2026Q3 或者 2026")
    made.add_argument("-o", "--output", required=True, metavar="FILE", help="写到这个 .xlsx 文件")
    checked = line.add("reconcile", _reconcile, "账面和银行对账单核对，对不上就说", line.data)
    checked.add_argument("--village", required=True, metavar="CODE", help="村的十二位代码")
    checked.add_argument(
        "--period", default="", metavar="P", help="2026-09、2026Q3 或者 2026；不写就是到今天"
    )
    checked.add_argument("--json", action="store_true")


def _statements(options: argparse.Namespace) -> int:
    _open(options)
    from mingbai.ledger.queries.books import workbook
    from mingbai.ledger.queries.statements import statements
    from mingbai.ledger.rules import read_span
    from mingbai.organisations.queries import division

    found = statements(options.village, read_span(options.period))
    Path(options.output).write_bytes(workbook(found, division(options.village).name))
    print(f"写好了：{options.output}")
    return 0


def _reconcile(options: argparse.Namespace) -> int:
    _open(options)
    from mingbai.config import clock
    from mingbai.ledger.queries.reconciling import reconcile
    from mingbai.ledger.rules import read_span

    span = read_span(options.period) if options.period else None
    found = reconcile(options.village, span, clock.legal_day(clock.now()))
    if options.json:
        print(json.dumps(found.as_json(), ensure_ascii=False))
    else:
        for sentence in found.told():
            print(sentence)
    return 0 if found.ok else 1


def _open(options: argparse.Namespace) -> None:
    """Open the data; what is said on the way goes to stderr, for it is not part of the answer."""
    import sys
    from contextlib import redirect_stdout

    from mingbai.config.serving import open_data

    with redirect_stdout(sys.stderr):
        open_data(Path(options.data))
