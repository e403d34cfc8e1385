"""The page of a chart: the table of steps, the form of the one that is open, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from mingbai.catalogue import queries as catalogue
from mingbai.desk.charting.controls import Part
from mingbai.desk.charting.parts import Around, parts_of
from mingbai.desk.charting.scope import Desk
from mingbai.desk.charting.whole import whole_parts
from mingbai.procedures.drafted import Preview, file_of, folder, preview
from mingbai.procedures.rules.drawing.picture import UNITS
from mingbai.procedures.rules.graph import SEPARATOR
from mingbai.procedures.rules.rows import words
from mingbai.procedures.rules.rows.gaps import Gap
from mingbai.procedures.rules.rows.model import LimitRow, StepRow, Table

WHOLE = "-"
"""The key of the form about the whole chart, where a step has its id."""


@dataclass(frozen=True)
class Way:
    """Where a step leads: what the way is called, and to which step."""

    label: str
    to: str
    number: int


@dataclass(frozen=True)
class Row:
    """One step of the table in words."""

    id: str
    number: int
    name: str
    kind: str
    kind_title: str
    who: tuple[str, ...]
    papers: tuple[str, ...]
    limit: str
    assumed: bool
    ways: tuple[Way, ...]
    gaps: tuple[str, ...]
    open: bool


@dataclass(frozen=True)
class Fault:
    """Something that is wrong: a sentence, its article, the path that shows it, and the step to go to."""

    sentence: str
    article: str
    path: tuple[str, ...]
    step: str
    step_name: str


@dataclass(frozen=True)
class Lacking:
    """What is missing in one step, or in the chart as a whole."""

    step: str
    step_name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Beside:
    """What stands beside the table: what is missing, what is wrong, what is proved, and the drawing."""

    gaps: tuple[Lacking, ...]
    faults: tuple[Fault, ...]
    proved: tuple[str, ...]
    ok: bool
    drawing: str

    @property
    def count(self) -> int:
        """How much is to be done."""
        return sum(len(one.sentences) for one in self.gaps) + len(self.faults)


def looked(desk: Desk, table: Table, text: str, opened: str, today: date) -> dict[str, Any]:
    """What stands beside the table, alone: while somebody types."""
    around = folder({**desk.files, file_of(desk.chart.id): text})
    return {"desk": desk, "beside": beside(preview(around, table, text, today, opened), table)}


def page(desk: Desk, table: Table, text: str, opened: str, today: date) -> dict[str, Any]:
    """Everything the page of a chart shows for these rows."""
    around = folder({**desk.files, file_of(desk.chart.id): text})
    found = preview(around, table, text, today, opened)
    shown = Around(around, table, today, found.numbers)
    step = table.step(opened)
    return {
        "desk": desk,
        "table": table,
        "rows": _rows(shown, found.gaps, opened),
        "opened": opened,
        "step": step,
        "number": found.numbers.get(opened, 0),
        "parts": _parts(shown, found.gaps, opened, step) if desk.may_write else (),
        "whole": opened == WHOLE,
        "kinds": words.KINDS.items(),
        "roles": words.ROLES.items(),
        "beside": beside(found, table),
    }


def _parts(shown: Around, gaps: tuple[Gap, ...], opened: str, step: StepRow | None) -> tuple[Part, ...]:
    if opened == WHOLE:
        return whole_parts(shown, gaps)
    return parts_of(step, shown, gaps) if step else ()


def _rows(shown: Around, gaps: Iterable[Gap], opened: str) -> tuple[Row, ...]:
    missing: dict[str, list[str]] = {}
    for one in gaps:
        missing.setdefault(one.step, []).append(one.sentence)
    return tuple(
        _row(one, shown, tuple(missing.get(one.id, ())), one.id == opened) for one in shown.table.nodes
    )


def _row(one: StepRow, shown: Around, gaps: tuple[str, ...], open_now: bool) -> Row:
    titles = shown.folder.titles
    who = [titles["offices"].get(office, office) for office in one.offices]
    if one.kind == "meeting":
        who.append(titles["bodies"].get(one.body, one.body))
    return Row(
        one.id, shown.numbers.get(one.id, 0), one.name, one.kind, words.KINDS.get(one.kind, ""), tuple(who),
        tuple(paper.label for paper in one.papers), said_limit(one.limit), one.limit.confidence == "assumed",
        tuple(_ways(one, shown)), gaps, open_now,
    )  # fmt: skip


def said_limit(limit: LimitRow) -> str:
    """最多 10 个工作日; empty while there is no number."""
    if limit.value == "":
        return ""
    return f"{words.BOUNDS.get(limit.bound, '')} {limit.value} {UNITS.get(limit.unit, '')}".strip()


def _ways(one: StepRow, shown: Around) -> Iterable[Way]:
    names = {step.id: step.name for step in shown.table.nodes}

    def way(to: str, label: str = "") -> Way:
        return Way(label, names.get(to, _("还没写去哪")), shown.numbers.get(to, 0))

    yield from (way(to) for to in one.next)
    yield from (way(each.to, shown.words(each.label)) for each in one.branches)
    known = shown.folder.known.charts
    if one.calls in known:
        yield from (way(one.returns.get(end, ""), title) for end, title in known[one.calls].ends.items())


def beside(found: Preview, table: Table) -> Beside:
    """What stands beside the table."""
    names = {one.id: one.name for one in table.nodes}
    laws = {id: law.title for id, law in catalogue.laws(catalogue.latest()).items()}
    gaps = tuple(
        Lacking(id or WHOLE, names.get(id, ""), tuple(one.sentence for one in group))
        for id, group in groupby(found.gaps, key=lambda one: one.step)
    )
    faults = [Fault(found.problem, "", (), "", "")] if found.problem else []
    for one in found.failures:
        here = [node.split(SEPARATOR)[0] for node in one.nodes if node.split(SEPARATOR)[0] in names]
        step = here[-1] if here else ""
        faults.append(Fault(one.sentence, one.citation.text(laws), one.path, step, names.get(step, "")))
    for title, one in found.callers:
        said = _("用到这张图的“%(title)s”会不合法：%(said)s") % {"title": title, "said": one.sentence}
        faults.append(Fault(said, one.citation.text(laws), one.path, "", ""))
    proved = found.report.proved if found.report else ()
    return Beside(gaps, tuple(faults), proved, found.ok, found.drawing)
