"""A catalogue between districts: catalogue export, catalogue import."""

from __future__ import annotations

import argparse
from pathlib import Path

from mingbai.config.command_line import CommandLine


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    group = line.group("catalogue", "清单在区县之间交换")
    out = group.add_parser("export", help="导出清单、流程图、依据和限额", parents=[line.district])
    out.add_argument("-o", "--output", required=True, metavar="FILE.zip|FILE.json")
    out.set_defaults(run=_export)
    into = group.add_parser("import", help="把别的区县导出的清单接到本区后面")
    into.add_argument("file", metavar="FILE")
    into.add_argument("--into", required=True, metavar="DIR", help="本区的区县数据目录")
    into.add_argument("--offices", default="", metavar="MAP.yaml", help="职务对照：对方的 id: 本区的 id")
    into.add_argument("--dry-run", action="store_true", help="只看会写哪些文件")
    into.set_defaults(run=_import)


def _export(options: argparse.Namespace) -> int:
    from mingbai.config.exchanging import export_to

    return export_to(Path(options.district), Path(options.output))


def _import(options: argparse.Namespace) -> int:
    from mingbai.config.exchanging import import_into

    offices = Path(options.offices) if options.offices else None
    return import_into(Path(options.file), Path(options.into), offices, dry_run=options.dry_run)
