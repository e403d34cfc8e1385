"""Sheets of paper: notice, card, handbook."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from mingbai.config.command_line import CommandLine


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    notice = line.add("notice", _notice, "印一张 A4 公示", line.data)
    notice.add_argument("case", metavar="CASE")
    card = line.add("card", _card, "印明白卡（A5，两面）", line.data)
    card.add_argument("power", metavar="POWER", help="权力的 id 或者第几项；all 是全部")
    handbook = line.add("handbook", _handbook, "印明白册（全部权力）", line.data)
    handbook.add_argument("--large", action="store_true", help="大字版")
    for one in (card, handbook):
        one.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="照哪一天的清单印，不写是今天")
    for one in (notice, card, handbook):
        one.add_argument("-o", "--output", required=True, metavar="FILE.pdf")


def _notice(options: argparse.Namespace) -> int:
    from mingbai.config.serving import write_notice

    return write_notice(Path(options.data), options.case, Path(options.output))


def _card(options: argparse.Namespace) -> int:
    from mingbai.config.printing import write_cards

    return write_cards(Path(options.data), options.power, Path(options.output), options.on)


def _handbook(options: argparse.Namespace) -> int:
    from mingbai.config.printing import write_handbook

    return write_handbook(Path(options.data), Path(options.output), options.on, large=options.large)
