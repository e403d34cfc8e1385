"""Compiled charts, once per process and edition; and the same charts as they are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.rules.linter import ChartSide
from mingbai.kernel import Confidence, Refused
from mingbai.procedures.rules.bodies import body_sentences
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.drawing import Figure, Sheet
from mingbai.procedures.rules.graph import Procedure
from mingbai.procedures.rules.sides import chart_sides
from mingbai.procedures.rules.text import Chart, charts_in


def procedure(edition_number: int, id: str) -> Procedure:
    """The compiled chart of an edition, sub-procedures flattened: what a case runs.

    Raises:
        Refused: the edition has no such chart.
    """
    return procedure_of(catalogue.edition(edition_number), id)


def procedure_of(edition: catalogue.Edition, id: str) -> Procedure:
    """The same of an edition that is at hand already; asks nothing.

    Raises:
        Refused: the edition has no such chart.
    """
    return _compiled(_Held(edition.digest, edition), id, False)


def chart(edition_number: int, id: str, on: date | None = None) -> Sheet:
    """The chart as it is drawn: sub-procedures as one box, limits by amount as they stand `on` that day.

    Without a day, as they stood when the edition came into force.

    Raises:
        Refused: the edition has no such chart.
    """
    held = _held(edition_number)
    return Sheet(_compiled(held, id, True), _figures(held, on or held.edition.since), _bodies(held))


def sides(edition_number: int) -> tuple[ChartSide, ...]:
    """Every chart of an edition as the linter compares it with the list."""
    return _sides(_held(edition_number))


@dataclass(frozen=True)
class _Held:
    """An edition as a cache key: two editions with one digest say the same."""

    digest: str
    edition: catalogue.Edition = field(compare=False)


def _held(number: int) -> _Held:
    edition = catalogue.edition(number)
    return _Held(edition.digest, edition)


@lru_cache(maxsize=256)
def _compiled(held: _Held, id: str, folded: bool) -> Procedure:
    charts = _charts(held)
    if id not in charts:
        raise Refused("这项权力还没有能办的流程图", remedy="等区里编好流程图再办")
    return compile_chart(charts[id], charts, folded=folded)


@lru_cache(maxsize=16)
def _charts(held: _Held) -> Mapping[str, Chart]:
    return charts_in(held.edition.files)


@lru_cache(maxsize=16)
def _sides(held: _Held) -> tuple[ChartSide, ...]:
    return chart_sides(_charts(held))


@lru_cache(maxsize=64)
def _figures(held: _Held, on: date) -> Mapping[str, Figure]:
    found: dict[str, Figure] = {}
    for id, parameter in catalogue.parameters(held.edition).items():
        value = parameter.on(on)
        if value is not None:
            found[id] = Figure(parameter.say(value), value.confidence is Confidence.assumed)
    return found


@lru_cache(maxsize=16)
def _bodies(held: _Held) -> Mapping[str, tuple[str, ...]]:
    return body_sentences(held.edition.files.get("meetings.yaml", "bodies: []"), "meetings.yaml")
