"""Checking the records of a data directory against themselves: audit."""

from __future__ import annotations

import argparse
from pathlib import Path

from mingbai.config.command_line import CommandLine


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    line.add("audit", _audit, "核对记录：办事记录、公开总账、单据、数据库的锁", line.data)


def _audit(options: argparse.Namespace) -> int:
    from mingbai.config.serving import open_data

    open_data(Path(options.data))
    from mingbai.config import clock
    from mingbai.supervision.services import check_records

    outcome = check_records(at=clock.now(), say=lambda what: print(f"  核对{what}", flush=True))
    for line in outcome.lines:
        print(f"不对：{line}")
    print("都对得上，没有改过。" if outcome.ok else "有对不上的。不要再往里记，先请审计管理员看。")
    return 0 if outcome.ok else 1
