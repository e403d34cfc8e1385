"""Charts for other programs: bpmn export, bpmn import."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from mingbai.config.command_line import CommandLine
from mingbai.kernel import BadFile, Refused


def add(line: CommandLine) -> None:
    """Add this group's commands."""
    group = line.group("bpmn", "流程图与别的程序交换（BPMN 2.0）")
    out = group.add_parser("export", help="导出一项权力的流程图", parents=[line.district])
    out.add_argument("power", metavar="POWER", help="权力的 id 或者第几项，或者流程图的 id")
    out.add_argument("-o", "--output", required=True, metavar="FILE.bpmn")
    out.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="限额照哪一天的写，不写是今天")
    out.set_defaults(run=_export)
    into = group.add_parser("import", help="把 BPMN 文件变回流程图的文本")
    into.add_argument("file", metavar="FILE.bpmn")
    into.add_argument("-o", "--output", default="", metavar="FILE.yaml", help="不写就打印出来")
    into.add_argument("--chart", default="", metavar="ID", help="文件里有几张图时要哪一张，不写是第一张")
    into.set_defaults(run=_import)


def _export(options: argparse.Namespace) -> int:
    from mingbai.config.amending import start_without_data

    start_without_data()
    from mingbai.catalogue.queries import read_district
    from mingbai.config import clock
    from mingbai.procedures.interchange import export_power

    day = options.on or clock.legal_day(clock.now())
    written = export_power(read_district(Path(options.district)), options.power, day)
    Path(options.output).write_bytes(written)
    print(f"导出了：{options.output}")
    return 0


def _import(options: argparse.Namespace) -> int:
    from mingbai.config.amending import start_without_data

    start_without_data()
    from mingbai.procedures.interchange import as_text, import_charts

    file = Path(options.file)
    charts = {one.procedure: one for one in import_charts(file.read_bytes(), file.name)}
    id = options.chart or next(iter(charts))
    if id not in charts:
        raise Refused(f"文件里没有 {id} 这张图", remedy=f"有的是：{'、'.join(charts)}")
    target = Path(options.output) if options.output else None
    text = as_text(charts[id], _held(target))
    if target is None:
        print(text, end="")
    else:
        target.write_text(text, "utf-8")
        print(f"写好了 {charts[id].title}：{target}")
    others = [one for one in charts if one != id]
    if others:
        print(f"文件里还有：{'、'.join(others)}（用 --chart 取出来）", file=sys.stderr)
    return 0


def _held(target: Path | None) -> str:
    """What stands in the file that will be written; nothing when there is none."""
    try:
        return target.read_text("utf-8-sig") if target is not None and target.exists() else ""
    except UnicodeDecodeError as error:
        raise BadFile(str(target), 1, "不是 UTF-8 编码，不敢改写") from error
