"""Files in and out: import, export."""

from __future__ import annotations

import argparse

from mingbai.config.command_line import CommandLine

KINDS = ("vouchers", "balances", "assets", "contracts", "roll", "bank")


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    taken = line.add(
        "import", _import, "把一个文件导入一个村：先查错，再整个登记，或者什么也不登记", line.data
    )
    taken.add_argument("kind", choices=KINDS, help="凭证、期初余额、资产、合同、名册、银行对账单")
    taken.add_argument("file", metavar="FILE", help=".xlsx 或 .csv")
    taken.add_argument("--village", required=True, metavar="CODE", help="村的十二位代码")
    taken.add_argument("--dry-run", action="store_true", help="只看，什么也不改")
    taken.add_argument("--by", default="", metavar="NAME", help="谁导入；不写就记为命令行（名册要写）")
    taken.add_argument("--since", default="", metavar="DATE", help="余额：哪天建账；名册：从哪天起")
    taken.add_argument(
        "--account", default="", metavar="NUMBER", help="对账单：本村的银行账号，文件里没写的时候"
    )
    taken.add_argument("--body", default="", metavar="ID", help="名册：哪个会，如 villager_reps_meeting")
    taken.add_argument(
        "--map", action="append", default=[], metavar="FIELD=HEADER", help="自己指定哪一栏，如 --map debit=借"
    )
    taken.add_argument("--papers", default="", metavar="DIR", help="资产的照片、合同的文本在这个文件夹里")
    taken.add_argument("--json", action="store_true")
    sent = line.add("export", _export, "把一个村一段时间的账、资产、合同、名册写成文件", line.data)
    sent.add_argument("kind", choices=KINDS)
    sent.add_argument("--village", required=True, metavar="CODE", help="村的十二位代码")
    sent.add_argument("--period", required=True, metavar="P", help="2026-09、2026Q3 或者 2026")
    sent.add_argument("-o", "--output", required=True, metavar="FILE", help="写到这个 .xlsx 或 .csv 文件")
    sent.add_argument("--layout", default="", metavar="ID", help="用哪个表样；给上级系统的会留回执")
    sent.add_argument("--body", default="", metavar="ID", help="名册：哪个会")
    sent.add_argument("--json", action="store_true")


def _import(options: argparse.Namespace) -> int:
    from mingbai.config.moving import import_file

    return import_file(options)


def _export(options: argparse.Namespace) -> int:
    from mingbai.config.moving import export_file

    return export_file(options)
