"""The district's charts as text, ways to spoil them, and small charts made of a few boxes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from mingbai.procedures.rules.checks import Report, check
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.text import Chart, read_chart

DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
FILES = {
    f"procedures/{path.name}": path.read_text() for path in sorted((DISTRICT / "procedures").glob("*.yaml"))
}
IDS = tuple(name.removeprefix("procedures/").removesuffix(".yaml") for name in FILES)
DRAWN = IDS


def spoiled(id: str, *changes: tuple[str, str]) -> dict[str, str]:
    """All chart files with one of them changed; each change must find its words."""
    name = f"procedures/{id}.yaml"
    text = FILES[name]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return {**FILES, name: text}


@cache
def read(name: str, text: str) -> Chart:
    """One chart, read once however often its text comes."""
    return read_chart(text, name)


def charts(files: dict[str, str]) -> dict[str, Chart]:
    """The charts of these files by id."""
    return {chart.procedure: chart for chart in (read(name, text) for name, text in files.items())}


def proved(files: dict[str, str], id: str) -> Report:
    """The report on a chart of these files."""
    every = charts(files)
    return check(compile_chart(every[id], every))


HEAD = """procedure: tiny
version: 1
power: tiny
nature: assists_government
title: 小图
start: {start}
lanes: [{{id: village, title: 村里}}]
disclosures: {{list: 一, rules: 二, procedure: 三, process: 四, result: 五}}
nodes:
"""
STEP = """  - id: {id}
    kind: task
    title: {id}
    lane: village
    offices: [bookkeeper]
    papers: [{{id: paper, label: 单据}}]
    fields: [{{id: n, label: 数, kind: integer}}]
    limit: {{bound: max, value: 5, unit: working_day, law: vcol, article: 第28条, confidence: verified}}
    discipline: 照办
    source: {{law: vcol, article: 第28条, confidence: verified}}
    next: {next}
"""
END = "  - {{id: {id}, kind: end, title: 完, lane: village}}\n"


def tiny(*nodes: str, start: str = "a") -> dict[str, str]:
    """One small chart made of these boxes."""
    return {"procedures/tiny.yaml": HEAD.format(start=start) + "".join(nodes)}


def step(id: str, next: str) -> str:
    """A complete task."""
    return STEP.format(id=id, next=next)


def end(id: str = "end") -> str:
    """An end."""
    return END.format(id=id)
