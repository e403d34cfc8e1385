"""Everything disclosed as files: export-data."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from mingbai.config.command_line import CommandLine


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    ask = line.add(
        "export-data",
        _export,
        "把公布过的全部数据按年导成文件（CSV、Parquet、JSON Lines），再导只导变了的",
        line.data,
    )
    ask.add_argument("folder", metavar="DIR", help="放数据的文件夹")


def _export(options: argparse.Namespace) -> int:
    from mingbai.config.serving import open_data

    open_data(Path(options.data))
    from mingbai.api.bulk.exporting import export

    began = time.monotonic()
    done = export(Path(options.folder), _tell)
    print(
        f"导好了：{done.rows} 行，写了 {done.written} 个文件，去掉 {done.removed} 个，到公开总账第 {done.size} 条，"
        f"用了 {time.monotonic() - began:.1f} 秒，在 {options.folder}。"
    )
    return 0


def _tell(what: str, rows: int) -> None:
    print(f"\r  {what}：{rows} 条 …", end="\n" if rows % 5000 == 0 else "", flush=True)
