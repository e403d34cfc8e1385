"""What the village has bound itself to: each contract with its schedule drawn, what was paid, what is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import PublicContract
from mingbai.kernel import Money
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView

WIDTH = 600
_STATES = ("coming", "running", "expiring", "ended", "lapsed", "closed")


@dataclass(frozen=True)
class Bar:
    """One installment drawn on the line of the term: where it stands, and whether it is done, late or to come."""

    x: int
    colour: str


@dataclass(frozen=True)
class Told:
    """A contract as the page tells it; `today` is where today stands on the line, None outside the term."""

    one: PublicContract
    state: str
    bars: tuple[Bar, ...]
    today: int | None
    words: str


@dataclass(frozen=True)
class ContractsPage:
    """Everything the page shows; `late` is everything overdue or lapsed, of this page or not; `late_sum` what is overdue of it."""

    village: DivisionView
    town: DivisionView
    count: int
    items: tuple[Told, ...]
    late: tuple[Told, ...]
    late_sum: Money
    next: int | None
    width: int = WIDTH


def contracts_page(code: str, today: date, before: int) -> ContractsPage:
    """A page of a village's contracts, newest first.

    Raises:
        Refused: no such village.
    """
    village, town = organisations.village_and_town(code)
    found = disclosure.contracts_in(code, today, before)
    items = tuple(told(one, today) for one in found.items)
    late = late_of(code, items, today)
    return ContractsPage(
        village=village,
        town=town,
        count=found.count,
        items=items,
        late=late,
        late_sum=Money(sum(one.one.overdue.fen for one in late)),
        next=found.next,
    )


def late_of(code: str, items: Iterable[Told], today: date) -> tuple[Told, ...]:
    """Everything of a village that is overdue or lapsed: as was said of it in public, and what of these is since."""
    known = {one.number: told(one, today) for one in disclosure.late_in(code, today)}
    known |= {one.one.number: one for one in items if one.one.wanting}
    return tuple(sorted(known.values(), key=lambda one: (-one.one.late_days, one.one.number)))


def told(one: PublicContract, today: date) -> Told:
    """A contract with its schedule drawn and put into words."""
    days = max((one.ends_on - one.starts_on).days, 1)
    bars = tuple(
        Bar(
            _place(line.due_on, one.starts_on, days),
            "late" if line.overdue else "to-come" if line.missing else "done",
        )
        for line in one.lines
        if not line.void
    )
    inside = one.starts_on <= today <= one.ends_on
    return Told(
        one, state_words(one.state), bars, _place(today, one.starts_on, days) if inside else None, _words(one)
    )


def _place(day: date, start: date, days: int) -> int:
    """Where a day stands on the line, kept inside it."""
    return 4 + max(0, min((day - start).days * (WIDTH - 8) // days, WIDTH - 8))


def state_words(state: str) -> str:
    """How a contract stands, in words."""
    words = (_("还没有开始"), _("履行中"), _("快到期"), _("已到期"), _("到期没有处理"), _("已了结"))
    return dict(zip(_STATES, words, strict=True))[state]


def _words(one: PublicContract) -> str:
    """The drawing in words."""
    due = [line for line in one.lines if not line.void]
    done = sum(1 for line in due if not line.missing)
    late = sum(1 for line in due if line.overdue)
    if not one.lines:
        return ""
    return _("一共 %(all)s 次收付，办了 %(done)s 次，逾期 %(late)s 次") % {
        "all": len(due), "done": done, "late": late,
    }  # fmt: skip
