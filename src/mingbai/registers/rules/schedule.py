"""What is due when, what of it was performed, and how old is what is missing. Sums are whole fen. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mingbai.kernel import Citation, Money, Refused, months_later

PERFORMED = Citation("civil-code", "第509条")
RHYTHMS = {"once": 0, "end": 0, "month": 1, "quarter": 3, "half": 6, "year": 12}
RHYTHM_TITLES = {
    "once": "开始时一次",
    "end": "期满时一次",
    "month": "每月",
    "quarter": "每季",
    "half": "每半年",
    "year": "每年",
}
BY_STEPS = "steps"
"""Nothing is due on a day: the village pays as the steps of the case say, after acceptance and approval."""
MOST_LINES = 900
"""Seventy years by the month and a little more."""


@dataclass(frozen=True)
class Installment:
    """One sum that is due on a day."""

    due_on: date
    fen: int


@dataclass(frozen=True)
class Line:
    """An installment as it stands on a day: what of it was performed, and how many days what is missing is late.

    void: the thing was given back or the contract ended before its day, so it never falls due.
    """

    due_on: date
    fen: int
    done: int
    late_days: int
    void: bool = False

    @property
    def missing(self) -> int:
        """What of it is still to be performed, in fen."""
        return 0 if self.void else self.fen - self.done

    @property
    def overdue(self) -> bool:
        """Whether something of it is missing after its day."""
        return self.missing > 0 and self.late_days > 0


def even(price: int, starts_on: date, ends_on: date, rhythm: str) -> tuple[Installment, ...]:
    """A price in equal sums, each due on the first day of its part of the term; the sums make the price to the fen.

    `once` is all of it on the first day, `end` all of it on the last. Fen that do not divide stand in the first ones.

    Raises:
        Refused: no such rhythm, or a price smaller than one fen a part.
    """
    if rhythm not in RHYTHMS:
        raise Refused("没有写怎么收付", basis=PERFORMED, remedy=f"从{'、'.join(RHYTHM_TITLES.values())}里选")
    days = [ends_on if rhythm == "end" else starts_on]
    step = RHYTHMS[rhythm]
    while (
        step
        and (following := months_later(starts_on, step * len(days))) <= ends_on
        and len(days) < MOST_LINES
    ):
        days.append(following)
    each, more = divmod(price, len(days))
    if each == 0:
        raise Refused(f"{Money(price).yuan()}元分不成{len(days)}次", basis=PERFORMED, remedy="少分几次")
    return tuple(Installment(day, each + (1 if at < more else 0)) for at, day in enumerate(days))


def check_schedule(lines: Sequence[Installment], price: int, citation: Citation = PERFORMED) -> None:
    """Refuse a schedule that is not the price, not in the order of days, or has an empty line."""
    if not 0 < len(lines) <= MOST_LINES or any(one.fen <= 0 for one in lines):
        raise Refused("收付计划是空的，或者有一行没有金额", basis=citation, remedy="每一次写明日期和金额")
    if [one.due_on for one in lines] != sorted(one.due_on for one in lines):
        raise Refused("收付计划没有按日期先后排", basis=citation, remedy="按日期先后写")
    if off := sum(one.fen for one in lines) - price:
        raise Refused(
            f"收付计划合计和合同价款差{Money(abs(off)).yuan()}元",
            basis=citation,
            remedy="改到合计等于合同价款",
        )


def stand(
    schedule: Sequence[Installment], done: int, on: date, until: date | None = None,
    named: Mapping[date, int] | None = None,
) -> tuple[Line, ...]:  # fmt: skip
    """The schedule on a day: what was said to be for an installment fills it, the rest the oldest ones first.

    `done` is everything performed, in fen; more than the schedule stays unassigned. `named` is what of it was said to
    be for the installments of a day (民法典 第560条: as the payer says, else the oldest); what is more than these, as
    after a change of the schedule, fills the oldest too. `until`: the day on which the contract was brought to its
    end; what would fall due after it does not (民法典 第557条).
    """
    own = _own_parts(schedule, named or {})
    lines, left = [], done - sum(own)
    for one, kept in zip(schedule, own, strict=True):
        part = kept + min(max(left, 0), one.fen - kept)
        left -= part - kept
        void = until is not None and one.due_on > until
        late = max((on - one.due_on).days, 0) if part < one.fen and not void else 0
        lines.append(Line(one.due_on, one.fen, part, late, void))
    return tuple(lines)


def _own_parts(schedule: Sequence[Installment], named: Mapping[date, int]) -> list[int]:
    """What of each installment is filled by what was said to be for its day, in fen."""
    left, own = dict(named), []
    for one in schedule:
        own.append(min(left.get(one.due_on, 0), one.fen))
        left[one.due_on] = left.get(one.due_on, 0) - own[-1]
    return own


def owed(lines: Sequence[Line]) -> int:
    """What is overdue, in fen."""
    return sum(one.missing for one in lines if one.overdue)


def ageing(lines: Sequence[Line], steps: Sequence[int]) -> tuple[int, ...]:
    """What is overdue by how old it is: up to each step of days, and beyond the last; in fen."""
    buckets = [0] * (len(steps) + 1)
    for one in lines:
        if one.overdue:
            buckets[sum(one.late_days > step for step in steps)] += one.missing
    return tuple(buckets)


def coming(lines: Sequence[Line], on: date, days: int) -> int:
    """What falls due within so many days after a day, in fen."""
    last = on + timedelta(days=days)
    return sum(one.missing for one in lines if on <= one.due_on <= last and not one.overdue)
