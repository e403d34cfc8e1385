"""What should stop or be looked at again (该停该调), since which day, by which article, and what was paid too much.

Nothing stops by itself: before a stop the person is heard (社会救助法 第48条). The sums here are what the office
that decides starts from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mingbai.kernel import Citation
from mingbai.relief.rules.admitting import ENDS
from mingbai.relief.rules.ages import ages_on, birthday
from mingbai.relief.rules.schemes import Matrix, Scheme, clashes

Todo = Literal["stop", "review"]


@dataclass(frozen=True)
class Standing:
    """Somebody on a scheme, as things are on the day looked at.

    `gone` and `gone_on`: died or moved away, and when. `holds`: the other schemes the person is on.
    """

    enrolment: str
    scheme: Scheme
    birth: date
    since: date
    gone: str = ""
    gone_on: date | None = None
    holds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Due:
    """One thing to be done about an enrolment: why, since when, by which article."""

    enrolment: str
    todo: Todo
    reason: str
    since: date
    citation: Citation


def due_changes(matrix: Matrix, standing: Standing, on: date) -> tuple[Due, ...]:
    """What is due about one enrolment by a day, oldest first."""
    found = [*_gone(standing), *_ages(standing, on), *_clashing(matrix, standing, on)]
    return tuple(sorted((one for one in found if one.since <= on), key=lambda one: (one.since, one.reason)))


def _gone(one: Standing) -> Iterable[Due]:
    if one.gone not in ("died", "moved_away") or one.gone_on is None:
        return
    said = "去世" if one.gone == "died" else "迁出"
    todo: Todo = "review" if one.scheme.covers == "household" else "stop"
    yield Due(one.enrolment, todo, f"{one.gone_on.isoformat()}{said}", one.gone_on, ENDS)


def _ages(one: Standing, on: date) -> Iterable[Due]:
    limits = ages_on(one.scheme, on) if one.scheme.covers == "person" else None
    if limits is not None and limits.below is not None:
        full = max(birthday(one.birth, limits.below), limits.since)
        yield Due(one.enrolment, "stop", f"满{limits.below}周岁", full, limits.citation())
    for review in one.scheme.reviews:
        full = max(birthday(one.birth, review.age), review.since)
        if full >= one.since:
            yield Due(one.enrolment, "review", f"满{review.age}周岁，要重新核", full, review.citation())


def _clashing(matrix: Matrix, one: Standing, on: date) -> Iterable[Due]:
    for clash in clashes(matrix, one.scheme.id, one.holds - {one.scheme.id}, on):
        yield Due(one.enrolment, "review", clash.sentence, max(one.since, on), clash.citation)


@dataclass(frozen=True)
class Paid:
    """What was paid for one month (its first day)."""

    month: date
    fen: int


def next_month(on: date) -> date:
    """The first day of the month after a day."""
    return date(on.year + on.month // 12, on.month % 12 + 1, 1)


def overpaid(paid: Iterable[Paid], stops_on: date, fen: int = 0) -> int:
    """Fen paid beyond what was due, when from the month after `stops_on` only `fen` a month was due (0: a stop).

    The month of the event itself is still due in full: 次月停发 (特困人员认定办法 第26条, and by analogy).
    """
    first = next_month(stops_on)
    return sum(max(0, one.fen - fen) for one in paid if one.month >= first)
