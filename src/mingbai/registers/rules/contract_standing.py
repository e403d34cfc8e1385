"""How a contract stands on a day: changes carried in, and whether its term has run out with nothing done about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from mingbai.registers.rules.schedule import Installment

CHANGES = {"price": "价款", "term": "期限", "party": "对方", "schedule": "收付计划"}
ENDS = {"returned": "收回", "renewed": "续签", "noticed": "公告招租", "terminated": "解除"}
OUT = frozenset({"returned", "terminated"})
"""Ends by which the thing is back with the collective."""


class Change(Protocol):
    """A change as it is kept; what is empty did not change."""

    @property
    def on(self) -> date: ...
    @property
    def party(self) -> str: ...
    @property
    def price_fen(self) -> int | None: ...
    @property
    def ends_on(self) -> date | None: ...


@dataclass(frozen=True)
class Terms:
    """What was agreed, as of a day."""

    party: str
    price_fen: int
    starts_on: date
    ends_on: date


def carried(first: Terms, changes: Iterable[Change], on: date | None = None) -> Terms:
    """The terms after the changes up to a day, in their order; without a day after all of them."""
    found = first
    for one in changes:
        if on is None or one.on <= on:
            found = replace(
                found,
                party=one.party or found.party,
                price_fen=found.price_fen if one.price_fen is None else one.price_fen,
                ends_on=one.ends_on or found.ends_on,
            )
    return found


def state(terms: Terms, ends: Iterable[tuple[str, date]], on: date, remind_days: int, *, lets: bool) -> str:
    """`coming`, `running`, `expiring`, `ended`, `lapsed` (over, and nothing was done: R47) or `closed`.

    `ends` are what was done about its end, each with its day. Only a contract that lets something out can lapse or
    needs reminding: works and goods are simply over (`lets` false).
    """
    done = [kind for kind, day in ends if day <= on]
    if any(kind in OUT or kind == "renewed" for kind in done):
        return "closed"
    if on < terms.starts_on:
        return "coming"
    if on > terms.ends_on:
        return "lapsed" if lets and not done else "ended"
    near = terms.ends_on - on < timedelta(days=remind_days)
    return "expiring" if lets and near else "running"


def occupies(terms: Terms, ends: Iterable[tuple[str, date]]) -> tuple[date, date]:
    """From when through when a contract holds its object: an early return gives it back the day after."""
    back = [day for kind, day in ends if kind in OUT]
    return terms.starts_on, min([terms.ends_on, *back])


def back_on(ends: Iterable[tuple[str, date]], on: date) -> date | None:
    """The day on which the thing came back or the contract was terminated, as known on a day; None when it did not."""
    return min((day for kind, day in ends if kind in OUT and day <= on), default=None)


def overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Whether two terms share a day; both ends belong to a term."""
    return one[0] <= other[1] and other[0] <= one[1]


def schedule_of(
    versions: Sequence[tuple[int, Installment]], changes: Sequence[Change], on: date
) -> tuple[Installment, ...]:
    """The installments as of a day: version n came with the n-th change and counts from its day on."""
    known = [number for number, _ in versions if number == 0 or changes[number - 1].on <= on]
    newest = max(known, default=0)
    return tuple(one for version, one in versions if version == newest)
