"""Following the law: law amend."""

from __future__ import annotations

import argparse
from pathlib import Path

from mingbai.config.command_line import CommandLine, default_district
from mingbai.kernel import Refused


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    amend = line.group("law", "法律修改以后，清单怎么跟上").add_parser(
        "amend", help="法律修改、废止、改条号：影响到哪里，并起草新版"
    )
    amend.add_argument("file", metavar="FILE", help="写明哪部法律、哪几条怎么改的 YAML 文件")
    amend.add_argument("--dry-run", action="store_true", help="只看影响到哪里，什么也不改")
    amend.add_argument("--json", action="store_true")
    place = amend.add_mutually_exclusive_group()
    place.add_argument("--data", help="数据目录：连同正在办的事")
    place.add_argument("--district", default=str(default_district()), help="区县数据目录")
    amend.add_argument("--by", default="", metavar="NAME", help="区司法局经办人的姓名；不加 --dry-run 时要写")
    amend.set_defaults(run=_amend)


def _amend(options: argparse.Namespace) -> int:
    from mingbai.config import amending

    file = Path(options.file)
    if options.data:
        from mingbai.config.serving import open_data

        open_data(Path(options.data))
        report = amending.report_of_data(file) if options.dry_run else amending.carry_out(file, options.by)
    elif options.dry_run:
        amending.start_without_data()
        report = amending.report_of_folder(file, Path(options.district))
    else:
        raise Refused("起草新版要写进数据目录", remedy="加上 --data DIR，或者 --dry-run 只看影响到哪里")
    amending.tell(report, options.json)
    return 0
