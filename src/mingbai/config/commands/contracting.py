"""Open contracting data: ocds."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from mingbai.config.command_line import CommandLine


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    ask = line.add("ocds", _ocds, "一个村的采购和工程，照开放合同数据标准（OCDS 1.1）写成文件", line.data)
    ask.add_argument("--village", required=True, metavar="CODE", help="村的12位代码")
    ask.add_argument("-o", "--output", required=True, metavar="FILE.json")


def _ocds(options: argparse.Namespace) -> int:
    from mingbai.config.serving import open_data

    open_data(Path(options.data))
    from django.conf import settings

    from mingbai.disclosure.queries.contracting import contracting

    package = contracting(options.village, base_url=settings.MINGBAI_BASE_URL)
    if not package:
        print("这个村还没有公布过采购和工程")
        return 1
    text = json.dumps(package, ensure_ascii=False, indent=1)
    Path(options.output).write_text(text, encoding="utf-8")
    print(f"写好了：{options.output}，{len(package['records'])} 个项目")
    return 0
