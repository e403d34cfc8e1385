"""The table of steps as a form: what was submitted becomes the chart's text; what is wrong is said beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from mingbai.desk.charting.access import Desk
from mingbai.kernel import BadFile
from mingbai.procedures.preview import file_of
from mingbai.procedures.rules import table
from mingbai.procedures.rules.text import Chart, read_chart

ROW = "row"
DO = "do"


@dataclass(frozen=True)
class Entered:
    """The chart as entered, its text, and what could not be read, in sentences."""

    chart: Chart
    text: str
    wrong: tuple[str, ...]


def submitted(data: QueryDict) -> dict[str, dict[str, str]]:
    """The cells by row; a field of the form is called `row/column`."""
    cells: dict[str, dict[str, str]] = {}
    for row in data.getlist(ROW):
        given = {column: data.get(f"{row}/{column}") for column in table.COLUMNS}
        cells[row] = {column: text for column, text in given.items() if text is not None}
    return cells


def enter(desk: Desk, data: QueryDict) -> Entered:
    """The chart with what was submitted, and with the row that a button adds, moves or takes out."""
    chart, bad = table.enter(desk.chart, submitted(data), desk.words)
    return written(desk, _pressed(chart, data.get(DO, "")), tuple(str(one) for one in bad))


def _pressed(chart: Chart, button: str) -> Chart:
    what, _, row = button.partition(":")
    if row not in {one.id for one in chart.nodes}:
        return chart
    match what:
        case "add":
            return table.add_step(chart, row)
        case "branch":
            return table.add_branch(chart, row)
        case "up" | "down":
            return table.move_step(chart, row, -1 if what == "up" else 1)
        case "remove" if len(chart.nodes) > 1:
            return table.remove_step(chart, row)
    return chart


def from_cells(desk: Desk, cells: Mapping[str, Mapping[str, str]]) -> Entered:
    """The chart with the cells of an Excel sheet."""
    chart, bad = table.enter(desk.chart, cells, desk.words)
    return written(desk, chart, tuple(str(one) for one in bad))


def written(desk: Desk, chart: Chart, wrong: tuple[str, ...]) -> Entered:
    """The chart as text, and what the reader of charts finds wrong with it."""
    text = table.to_text(chart, desk.text)
    try:
        read_chart(text, file_of(chart.procedure))
    except BadFile as bad:
        wrong = (*wrong, bad.reason)
    return Entered(chart, text, wrong)
