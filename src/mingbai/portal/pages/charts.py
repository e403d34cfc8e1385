"""A chart as the page shows it: the drawing for wide screens and paper, the list for phones and ears."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mingbai.kernel import Refused
from mingbai.procedures import queries as procedures
from mingbai.procedures.rules.drawing import as_list, draw


@dataclass(frozen=True)
class ChartView:
    """A drawing (SVG text made from the chart that runs) and its list."""

    title: str
    version: int
    svg: str
    items: tuple[Any, ...]


@lru_cache(maxsize=64)
def chart_view(edition_number: int, id: str) -> ChartView | None:
    """The chart of an edition, drawn once per process; None when the edition has no such chart."""
    try:
        procedures.procedure(edition_number, id)
    except Refused:
        return None
    chart = procedures.chart(edition_number, id)
    return ChartView(
        chart.title,
        chart.version,
        draw(chart, here=frozenset(), done=frozenset()),
        tuple(as_list(chart, here=frozenset(), done=frozenset())),
    )
