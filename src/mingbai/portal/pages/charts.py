"""A chart as the page shows it: the drawing for wide screens and paper, the list for phones and ears."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mingbai.kernel import Refused
from mingbai.procedures import queries as procedures
from mingbai.procedures.rules.drawing import ListItem, as_list, draw

NOWHERE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ChartView:
    """A drawing (SVG text made from the chart that runs) and its list."""

    title: str
    version: int
    svg: str
    items: tuple[ListItem, ...]


@lru_cache(maxsize=256)
def chart_view(
    edition_number: int, id: str, on: date, here: frozenset[str] = NOWHERE, done: frozenset[str] = NOWHERE
) -> ChartView | None:
    """The chart of an edition with its figures of a day, drawn once per process; None when there is no such chart.

    `here` and `done` are the steps at which a case stands and which it has done.
    """
    try:
        sheet = procedures.chart(edition_number, id, on)
    except Refused:
        return None
    items = as_list(sheet, here=here, done=done)
    return ChartView(sheet.title, sheet.version, draw(sheet, here=here, done=done), items)
