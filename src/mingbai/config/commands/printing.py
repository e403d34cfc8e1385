"""Sheets of paper: notice."""

from __future__ import annotations

import argparse
from pathlib import Path

from mingbai.config.command_line import CommandLine


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    notice = line.add("notice", _notice, "印一张 A4 公示", line.data)
    notice.add_argument("case", metavar="CASE")
    notice.add_argument("-o", "--output", required=True, metavar="FILE.pdf")


def _notice(options: argparse.Namespace) -> int:
    from mingbai.config.serving import write_notice

    return write_notice(Path(options.data), options.case, Path(options.output))
