"""What is known of a village when its duties to publish are judged; and what was known on an earlier day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from mingbai.kernel import Citation


@dataclass(frozen=True)
class Shown:
    """One publication. `on` is the day it tells of, `published` the legal day on which it could be read.

    ref: what it is about where that is no single act: a month, a period, a list, an edition. duty: which duty an
    office published it for.
    """

    kind: str
    publication: str
    on: date
    published: date
    title: str = ""
    ref: str = ""
    duty: str = ""
    case: str = ""


@dataclass(frozen=True)
class Visit:
    """A publicity step of a case that waited since `asked`. `place` is where the chart has it, `number` which visit.

    until: the last day on which it must hang. down: the day on which it was found gone; up: when it hung again.
    """

    case: str
    title: str
    place: str
    step: str
    number: int
    asked: date
    posted: date | None = None
    posted_by: str = ""
    until: date | None = None
    down: date | None = None
    up: date | None = None
    up_by: str = ""
    done: date | None = None
    done_by: str = ""


@dataclass(frozen=True)
class Listed:
    """A payment list that was made: `ref` as its publication has it."""

    ref: str
    title: str
    made: date


@dataclass(frozen=True)
class Edition:
    """An edition of the list of powers, in force from `since`."""

    number: int
    since: date


@dataclass(frozen=True)
class Posting:
    """What the table of notices says of a place: kind (before, after), title, who must post it, by which article."""

    sort: str
    title: str
    owner: str
    citation: Citation


@dataclass(frozen=True)
class Facts:
    """What is known of a village. `began`: the day of its first publication; nothing is owed before it.

    lines: vouchers by month. A village that has not begun has no `began` and owes nothing here.
    """

    village: str
    began: date | None
    shown: tuple[Shown, ...] = ()
    visits: tuple[Visit, ...] = ()
    lists: tuple[Listed, ...] = ()
    editions: tuple[Edition, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)


def as_of(facts: Facts, day: date) -> Facts:
    """The facts without what came after a day."""
    return replace(
        facts,
        shown=tuple(one for one in facts.shown if one.published <= day),
        visits=tuple(_visit_on(one, day) for one in facts.visits if one.asked <= day),
        lists=tuple(one for one in facts.lists if one.made <= day),
        editions=tuple(one for one in facts.editions if one.since <= day),
    )


def _visit_on(one: Visit, day: date) -> Visit:
    if one.posted is None or one.posted > day:
        one = replace(one, posted=None, posted_by="", until=None)
    if one.down is None or one.down > day:
        one = replace(one, down=None)
    if one.up is None or one.up > day:
        one = replace(one, up=None, up_by="")
    return one if one.done is not None and one.done <= day else replace(one, done=None, done_by="")
