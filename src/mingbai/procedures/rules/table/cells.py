"""From a chart to the table: every box a row, every cell in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mingbai.procedures.rules.table.conditions import say_condition
from mingbai.procedures.rules.table.words import (
    FIELD_KINDS,
    KINDS,
    OPTIONAL,
    OTHERWISE,
    Words,
    names,
    say_limit,
)
from mingbai.procedures.rules.text import Chart, FieldText, NodeText, PaperText

COLUMNS: dict[str, str] = {
    "title": "做什么", "who": "谁办", "fields": "要填什么", "papers": "要什么单据", "limit": "多久",
    "limit_source": "多久的依据", "discipline": "纪律", "source": "办这一步的依据", "apart": "与谁分开",
    "body": "开哪个会", "next": "下一步", "branches": "怎么分路",
}  # fmt: skip
"""The columns by id, in the order in which they stand."""


@dataclass(frozen=True)
class Row:
    """One box: its id, its name in the table, its kind in words and its cells by column."""

    id: str
    name: str
    kind: str
    kind_title: str
    cells: Mapping[str, str]


def rows_of(chart: Chart, words: Words) -> tuple[Row, ...]:
    """The whole chart as rows, in the order of the file."""
    known = names(chart)
    return tuple(
        Row(one.id, known[one.id], one.kind, KINDS[one.kind], _cells(chart, one, words, known))
        for one in chart.nodes
    )


def _cells(chart: Chart, node: NodeText, words: Words, known: Mapping[str, str]) -> dict[str, str]:
    return {
        "title": node.title,
        "who": "；".join(words.offices.get(one, one) for one in node.offices),
        "fields": "\n".join(say_field(one) for one in node.fields),
        "papers": "\n".join(say_paper(one) for one in node.papers),
        "limit": say_limit(node),
        "limit_source": words.say_source(node.limit),
        "discipline": node.discipline,
        "source": words.say_source(node.source),
        "apart": "；".join(known[one] for one in node.separate_from),
        "body": words.bodies.get(node.body, node.body),
        "next": "；".join(known[one] for one in node.following()),
        "branches": "\n".join(_say_ways(chart, node, known)),
    }


def _say_ways(chart: Chart, node: NodeText, known: Mapping[str, str]) -> list[str]:
    ways = [
        f"{way.label} → {known[way.to]}：{say_condition(chart, way.when) if way.when else OTHERWISE}"
        for way in node.branches
    ]
    return ways + [f"{end} → {known[to]}" for end, to in node.returns.items()]


def say_field(field: FieldText) -> str:
    """A field as a line: 结论：选择（合格/不合格）."""
    kind = FIELD_KINDS[field.kind]
    options = f"（{'/'.join(one.label for one in field.options)}）" if field.options else ""
    return f"{field.label}：{kind}{options}{OPTIONAL if field.optional else ''}"


def say_paper(paper: PaperText) -> str:
    """A paper as a line."""
    return f"{paper.label}{OPTIONAL if paper.optional else ''}"
