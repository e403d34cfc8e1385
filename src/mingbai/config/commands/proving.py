"""Proving a district folder, the proof itself, and a log: check, mutants, verify."""

from __future__ import annotations

import argparse
from pathlib import Path

from mingbai.config.command_line import CommandLine
from mingbai.merkle.__main__ import add_arguments, run


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    line.add("check", _check, "检查区县数据和流程图", line.district).add_argument(
        "--json", action="store_true"
    )
    line.add("mutants", _mutants, "把每张流程图弄坏，看证明查不查得出来", line.district).add_argument(
        "--json", action="store_true"
    )
    add_arguments(line.add("verify", run, "验日志：全部，或者一条公布"))


def _check(options: argparse.Namespace) -> int:
    from mingbai.config.checking import check

    return check(Path(options.district), as_json=options.json)


def _mutants(options: argparse.Namespace) -> int:
    from mingbai.config.mutating import mutants

    return mutants(Path(options.district), as_json=options.json)
