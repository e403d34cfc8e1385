"""Who owes the village, whom the village owes, and for how long: everything overdue by contract, in steps of age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import PublicContract
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView

A_PAGE = 60


@dataclass(frozen=True)
class Debt:
    """What is overdue on a contract, in fen, by how old it is."""

    one: PublicContract
    buckets: tuple[int, ...]
    steps: tuple[str, ...]

    @property
    def cells(self) -> tuple[tuple[str, int], ...]:
        """Each step of age in words, with its sum in fen."""
        return tuple(zip(self.steps, self.buckets, strict=True))

    @property
    def total(self) -> int:
        """All of it, in fen."""
        return sum(self.buckets)


@dataclass(frozen=True)
class Side:
    """One side of the page: what others owe the village, or what it owes. `sums` are all of it, by age."""

    id: str
    title: str
    debts: tuple[Debt, ...]
    sums: tuple[int, ...]
    steps: tuple[str, ...]
    count: int
    next: str

    @property
    def cells(self) -> tuple[tuple[str, int], ...]:
        """Each step of age in words, with the sum of the side in fen."""
        return tuple(zip(self.steps, self.sums, strict=True))

    @property
    def total(self) -> int:
        """All of it, in fen."""
        return sum(self.sums)


@dataclass(frozen=True)
class DebtsPage:
    """Everything the page shows. steps: the words of each step of age."""

    village: DivisionView
    town: DivisionView
    sides: tuple[Side, ...]
    steps: tuple[str, ...]
    assumed: bool


def debts_page(code: str, today: date, after: str) -> DebtsPage:
    """What is overdue in a village, the oldest first; `after` is the contract after which a side goes on.

    Raises:
        Refused: no such village.
    """
    village, town = organisations.village_and_town(code)
    kinds = disclosure.kinds_of(today)
    late = [one for one in disclosure.late_in(code, today) if one.overdue.fen]
    sides = {"in": _("别人欠村里的"), "out": _("村里欠别人的")}
    return DebtsPage(
        village, town, tuple(_side(way, title, late, kinds.ageing, after) for way, title in sides.items()),
        _steps(kinds.ageing), kinds.reminders.confidence == "assumed",
    )  # fmt: skip


def _side(way: str, title: str, late: Sequence[PublicContract], steps: Sequence[int], after: str) -> Side:
    words = _steps(steps)
    debts = [Debt(one, one.aged(steps), words) for one in late if (one.way or "in") == way]
    sums = tuple(sum(column) for column in zip(*(one.buckets for one in debts), strict=True)) or (0,) * (
        len(steps) + 1
    )
    numbers = [one.one.number for one in debts]
    since = numbers.index(after) + 1 if after in numbers else 0
    shown = debts[since : since + A_PAGE]
    more = len(debts) > since + A_PAGE
    return Side(way, title, tuple(shown), sums, words, len(debts), shown[-1].one.number if more else "")


def _steps(steps: Sequence[int]) -> tuple[str, ...]:
    """The steps of age in words: 1—30 days, 31—90, and so on."""
    first = [1, *(one + 1 for one in steps[:-1])]
    told = [_("%(a)s—%(b)s 天") % {"a": a, "b": b} for a, b in zip(first, steps, strict=True)]
    return (*told, _("超过 %(a)s 天") % {"a": steps[-1]})
