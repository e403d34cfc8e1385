"""What days earn, whether a pay list is the attendance (the same persons, the same days), what the bank paid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

HALVES_A_DAY = 2


def earned_fen(unit: str, rate_fen: int, units: int) -> int:
    """What `units` half days (of an order by the hour: hours) earn in fen, at a rate for a day, half day or hour.

    Raises:
        ValueError: half of an odd day's rate.
    """
    if unit != "day":
        return rate_fen * units
    whole, rest = divmod(rate_fen * units, HALVES_A_DAY)
    if rest:
        raise ValueError("half of an odd rate")
    return whole


def month_after(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


@dataclass(frozen=True)
class Earned:
    """What one person worked in a month at an order: half days or hours, and what they earn."""

    worker: int
    units: int
    fen: int


@dataclass(frozen=True)
class Fault:
    """A person on whom two lists differ; what a list does not have is None."""

    kind: str
    who: str
    expected_fen: int | None
    found_fen: int | None


def list_faults(attendance: Iterable[Earned], listed: Iterable[Earned]) -> tuple[Fault, ...]:
    """Every person whom the list lacks, has too many, or has with other days or another sum. Empty: set equality."""
    due = {one.worker: one for one in attendance}
    there = {one.worker: one for one in listed}
    faults = [_fault(due.get(who), there.get(who), str(who)) for who in sorted(due.keys() | there.keys())]
    return tuple(one for one in faults if one)


def _fault(due: Earned | None, there: Earned | None, who: str) -> Fault | None:
    if due == there:
        return None
    kind = "missing" if there is None else "extra" if due is None else "differs"
    return Fault(kind, who, due.fen if due else None, there.fen if there else None)


@dataclass(frozen=True)
class PaidLine:
    """A line of the list or of the bank's return; `line` 0 when a return gives no number."""

    line: int
    name: str
    fen: int


def bank_faults(listed: Sequence[PaidLine], paid: Iterable[PaidLine]) -> tuple[Fault, ...]:
    """Every line that the bank did not pay, paid besides, or paid otherwise.

    A line without a number is told by its name, when only one on the list has it.
    """
    due = {one.line: one for one in listed}
    names = _lines_by_name(listed)
    found: list[Fault] = []
    for one in paid:
        line = one.line or names.get(one.name, 0)
        match = due.get(line)
        if match is None or match.name != one.name:
            found.append(Fault("extra", one.name, None, one.fen))
            continue
        del due[line]
        if match.fen != one.fen:
            found.append(Fault("differs", one.name, match.fen, one.fen))
    found += [Fault("missing", one.name, one.fen, None) for one in due.values()]
    return tuple(found)


def _lines_by_name(listed: Sequence[PaidLine]) -> Mapping[str, int]:
    names = [one.name for one in listed]
    return {one.name: one.line for one in listed if names.count(one.name) == 1}
