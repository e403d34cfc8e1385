"""What a village owes to publish: a year drawn month by month, then what is missing, late and still to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import Owed, State
from mingbai.kernel import months_later
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView

MONTHS = 12
WORST = (State.missing, State.late, State.waiting, State.published)
"""Of several duties in a month the worst decides how its square looks."""
SIGNS = {State.missing: "缺", State.late: "晚", State.waiting: "等", State.published: "✓"}


@dataclass(frozen=True)
class Square:
    """A kind of duty in a month; without a state nothing was due."""

    month: str
    state: str
    sign: str
    said: str


@dataclass(frozen=True)
class Row:
    """A kind of duty over the months."""

    title: str
    squares: tuple[Square, ...]


@dataclass(frozen=True)
class Line:
    """A duty in the lists: what, whose, by which article, how many days late."""

    owed: Owed
    office: str
    basis: str


@dataclass(frozen=True)
class DuePage:
    """Everything the page shows. `counts` by state."""

    village: DivisionView
    town: DivisionView
    months: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    missing: tuple[Line, ...]
    late: tuple[Line, ...]
    waiting: tuple[Line, ...]
    counts: Mapping[str, int]
    total: int
    edition: Edition


def due_page(code: str, today: date) -> DuePage:
    """The duties of a village in the last twelve months and those that are due next.

    Raises:
        Refused: no such village.
    """
    village, town = organisations.village_and_town(code)
    edition = catalogue.current(today)
    first = months_later(today.replace(day=1), 1 - MONTHS)
    months = tuple(f"{months_later(first, n):%Y-%m}" for n in range(MONTHS))
    owed = disclosure.due(code, today, first)
    said = catalogue.catalogue(edition)
    laws = {id: law.short for id, law in said.laws.items()}
    lines = [Line(one, said.offices.get(one.owner, ""), one.citation.text(laws)) for one in owed]
    by = {state: tuple(one for one in lines if one.owed.state is state) for state in State}
    return DuePage(
        village, town, tuple((one, _("%(m)s月") % {"m": int(one[5:])}) for one in months), _rows(owed, months),
        by[State.missing], by[State.late], by[State.waiting],
        {state.value: len(found) for state, found in by.items()}, len(owed), edition,
    )  # fmt: skip


def _rows(owed: Sequence[Owed], months: Sequence[str]) -> tuple[Row, ...]:
    """A row for each kind of duty that came up; a duty stands in the month of its last day."""
    kinds: dict[str, list[Owed]] = {}
    for one in owed:
        kinds.setdefault(one.duty, []).append(one)
    titles = {
        id: min((one.title for one in found), key=len).rpartition("：")[2] for id, found in kinds.items()
    }
    return tuple(
        Row(titles[id], tuple(_square(found, month) for month in months)) for id, found in kinds.items()
    )


def _square(owed: Sequence[Owed], month: str) -> Square:
    here = [one for one in owed if f"{one.due or one.since:%Y-%m}" == month]
    state = next((one for one in WORST if any(it.state is one for it in here)), None)
    if state is None:
        return Square(month, "", "", _("没有到期的"))
    names = {
        State.missing: _("缺"), State.late: _("晚公开"), State.waiting: _("还没有到期"), State.published: _("按时公开"),
    }  # fmt: skip
    counts = [(names[one], sum(1 for it in here if it.state is one)) for one in WORST]
    return Square(
        month, state.value, SIGNS[state], "，".join(f"{name} {count}" for name, count in counts if count)
    )
