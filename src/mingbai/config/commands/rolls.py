"""Rolls from files: roll import."""

from __future__ import annotations

import argparse
from pathlib import Path

from mingbai.config.command_line import CommandLine, default_district


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    take = line.group("roll", "会议的名册").add_parser(
        "import", help="从 Excel 或 CSV 登记名册：先查错，再比出谁进谁出"
    )
    take.add_argument("file", metavar="FILE", help=".xlsx 或 .csv，一行一人")
    take.add_argument("--body", required=True, metavar="ID", help="哪个会，如 villager_reps_meeting")
    take.add_argument("--village", default="", metavar="CODE", help="村的十二位代码；不写就只查文件")
    take.add_argument("--since", default="", metavar="DATE", help="从哪天起，如 2026-09-01；不写就是今天")
    take.add_argument("--term-from", default="", metavar="DATE", help="换届的，写当选日期")
    take.add_argument("--dry-run", action="store_true", help="只看，什么也不改")
    take.add_argument("--by", default="", metavar="NAME", help="谁登记；不加 --dry-run 时要写")
    take.add_argument("--json", action="store_true")
    take.add_argument("--data", help="数据目录；要和现在的名册比，或者真的登记，就要写")
    take.add_argument("--district", default=str(default_district()), help="区县数据目录")
    take.set_defaults(run=_take)


def _take(options: argparse.Namespace) -> int:
    from mingbai.config import importing

    report = importing.report(options, Path(options.file))
    importing.tell(report, as_json=options.json)
    return 0 if report["ok"] else 1
