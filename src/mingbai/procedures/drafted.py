"""A chart that nobody confirmed yet, as it stands in a draft: what is missing, what is proved, how it is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from mingbai.catalogue.rules.law import Parameter, ParametersFile
from mingbai.kernel import BadFile, Confidence, load_located, validate
from mingbai.procedures.rules import checks
from mingbai.procedures.rules.bodies import body_sentences
from mingbai.procedures.rules.checks import Failure, Report, check
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.drawing import Figure, Sheet, draw
from mingbai.procedures.rules.drawing.picture import picture_of
from mingbai.procedures.rules.rows.gaps import Called, Gap, Known, gaps
from mingbai.procedures.rules.rows.model import Table, read_table
from mingbai.procedures.rules.rows.sketch import sketch
from mingbai.procedures.rules.text import Chart, read_chart

Files = Mapping[str, str]
Charts = Mapping[str, Chart]
COMPLETE = "complete"
"""The proof's own word for what `gaps` says step by step."""


@dataclass(frozen=True)
class Preview:
    """What a chart would be. `problem`: why it cannot be read, said of the text, when nothing in the rows explains it.

    report: the proof, when it can be read; callers: charts that call it and would not be proved any more, by title.
    numbers: of the boxes of the drawing; what only parts the ways has none.
    """

    gaps: tuple[Gap, ...]
    problem: str
    report: Report | None
    callers: tuple[tuple[str, Failure], ...]
    drawing: str
    numbers: Mapping[str, int]

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What the proof found, without what the gaps say already."""
        found = self.report.failures if self.report else ()
        return tuple(one for one in found if not (self.gaps and one.rule == COMPLETE))

    @property
    def ok(self) -> bool:
        """Whether nothing is missing and everything is proved."""
        return not (self.gaps or self.problem or self.failures or self.callers) and self.report is not None


@dataclass(frozen=True)
class Folder:
    """What the other files of a draft say to a chart, as far as they can be read."""

    charts: Charts
    tables: Mapping[str, Table]
    titles: Mapping[str, Mapping[str, str]]
    levels: Mapping[str, str]
    parameters: Mapping[str, Parameter]
    bodies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def known(self) -> Known:
        """What rows may name."""
        called = {
            id: Called(one.title, {end.id: end.title for end in one.nodes if end.kind == "end"}, one.given)
            for id, one in self.tables.items()
        }
        names = self.titles
        return Known(names["offices"], names["laws"], names["bodies"], self.parameters, called)

    def figures(self, on: date) -> dict[str, Figure]:
        """The district's figures as they stand on a day, as the drawing shows them."""
        return {
            id: Figure(one.say(value), value.confidence is Confidence.assumed)
            for id, one in self.parameters.items()
            if (value := one.on(on)) is not None
        }


def file_of(chart: str) -> str:
    """The file of a chart in the folder."""
    return f"procedures/{chart}.yaml"


def folder(files: Files) -> Folder:
    """The files as a chart needs them; what cannot be read is not there, since a draft may be unfinished."""
    charts: dict[str, Chart] = {}
    tables: dict[str, Table] = {}
    for name in files:
        if name.startswith("procedures/") and name.endswith(".yaml"):
            id = name.removeprefix("procedures/").removesuffix(".yaml")
            tables |= {id: table} if (table := _table(files[name], name)) else {}
            charts |= {id: chart} if (chart := _chart(files[name], name)) else {}
    offices = _entries(files, "offices.yaml", "offices")
    bodies = _entries(files, "meetings.yaml", "bodies")
    titles = {
        "offices": {one["id"]: str(one.get("title", one["id"])) for one in offices},
        "laws": {one["id"]: str(one.get("title", one["id"])) for one in _entries(files, "laws.yaml", "laws")},
        "bodies": {one["id"]: str(one.get("title", one["id"])) for one in bodies},
    }
    levels = {one["id"]: str(one.get("level", "")) for one in offices}
    try:
        rules = body_sentences(files.get("meetings.yaml", "bodies: []"), "meetings.yaml")
    except BadFile:
        rules = {}
    return Folder(charts, tables, titles, levels, _parameters(files.get("parameters.yaml", "")), rules)


def _entries(files: Files, name: str, key: str) -> list[Any]:
    try:
        data = load_located(files.get(name, ""), name)[0]
    except BadFile:
        return []
    listed = data.get(key) if isinstance(data, dict) else None
    return [one for one in listed or [] if isinstance(one, dict) and isinstance(one.get("id"), str)]


@lru_cache(maxsize=8)
def _parameters(text: str) -> Mapping[str, Parameter]:
    try:
        return {one.id: one for one in validate(ParametersFile, text, "parameters.yaml").parameters}
    except BadFile:
        return {}


@lru_cache(maxsize=256)
def _chart(text: str, name: str) -> Chart | None:
    try:
        return read_chart(text, name)
    except BadFile:
        return None


@lru_cache(maxsize=256)
def _table(text: str, name: str) -> Table | None:
    try:
        return read_table(text, name)
    except BadFile:
        return None


def preview(around: Folder, table: Table, text: str, on: date, here: str = "") -> Preview:
    """The chart of these rows, and of their text, as it would be drawn and proved beside the draft's other files.

    `here`: the step that is being written, marked on the drawing.
    """
    missing = gaps(table, around.known)
    charts = dict(around.charts)
    report: Report | None = None
    callers: tuple[tuple[str, Failure], ...] = ()
    problem = ""
    try:
        charts[table.procedure] = read_chart(text, file_of(table.procedure))
        report = _proved(around, charts, table.procedure)
        callers = tuple(_callers(around, charts, table.procedure))
    except BadFile as bad:
        problem = "" if any(one.stops for one in missing) else bad.reason
    marked = {node for one in report.failures for node in one.nodes} if report else set()
    shown = (
        compile_chart(charts[table.procedure], charts, folded=True) if report else sketch(table, around.known)
    )
    sheet = Sheet(shown, around.figures(on), around.bodies, "正在改")
    offending = frozenset(marked | {one.step for one in missing})
    drawing = draw(sheet, here=frozenset({here}), offending=offending)
    numbers = {id: one.number for id, one in picture_of(sheet).shapes.items() if one.number}
    return Preview(missing, problem, report, callers, drawing, numbers)


def _proved(around: Folder, charts: Charts, id: str) -> Report:
    known = checks.Known(frozenset(around.parameters), frozenset(around.titles["bodies"]), around.levels)
    return check(compile_chart(charts[id], charts), known)


def _callers(around: Folder, charts: Charts, id: str) -> Iterator[tuple[str, Failure]]:
    """The first thing that is wrong with each chart that calls this one."""
    for name, chart in charts.items():
        if name != id and any(node.calls == id for node in chart.nodes):
            failures = _proved(around, charts, name).failures
            if failures:
                yield chart.title, failures[0]
