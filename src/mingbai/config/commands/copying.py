"""The site as files: export-site."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from mingbai.config.command_line import CommandLine


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    copy = line.add("export-site", _copy, "把整个公开网站导成文件，再导只导变了的", line.data)
    copy.add_argument("folder", metavar="DIR", help="放拷贝的文件夹")
    copy.add_argument(
        "--since", type=int, metavar="SIZE", help="只导日志到过 SIZE 条以后变了的，盖到以前的拷贝上"
    )


def _copy(options: argparse.Namespace) -> int:
    from mingbai.config import clock
    from mingbai.config.serving import open_data, put_static_files

    open_data(Path(options.data))
    put_static_files()
    from mingbai.mirror.copying import copy_site

    began = time.monotonic()
    done = copy_site(
        Path(options.folder), today=clock.legal_day(clock.now()), since_size=options.since, progress=_tell
    )
    print(
        f"\r导好了：看了 {done.made} 页，写了 {done.written} 个文件，去掉 {done.removed} 个，"
        f"到公开总账第 {done.position.size} 条，用了 {time.monotonic() - began:.0f} 秒，在 {options.folder}。"
    )
    return 0


def _tell(made: int, known: int) -> None:
    if made % 50 == 0:
        print(f"\r  {made} / {known} 页 …", end="", flush=True)
