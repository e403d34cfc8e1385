"""Payment lists: whether those confirmed, those publicised and those paid are the same set, with the same sums.

A line is told apart by its number on the list and the name; a return that gives no number by the name, when only
one on the list has it. Sums are whole fen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Source = Literal["publicised", "paid"]
Fault = Literal["missing", "extra", "amount", "child"]


@dataclass(frozen=True)
class Confirmed:
    """A line of the list as confirmed; `child`: under eighteen, and so on no public list."""

    line: int
    name: str
    fen: int
    child: bool = False


@dataclass(frozen=True)
class Reported:
    """A line of a list that came back; `line` 0 when it gives no number."""

    line: int
    name: str
    fen: int


@dataclass(frozen=True)
class Difference:
    """One line on which two lists differ; sums that a list does not have are None."""

    source: Source
    fault: Fault
    line: int
    name: str
    confirmed_fen: int | None
    reported_fen: int | None


def differences(
    confirmed: Sequence[Confirmed], reported: Iterable[Reported], source: Source
) -> tuple[Difference, ...]:
    """Every line missing, extra, or with another sum, by line. Empty when and only when the sets are equal."""
    due = {one.line: one for one in confirmed if source == "paid" or not one.child}
    known, numbers = {one.line: one.name for one in confirmed}, _numbers(confirmed)
    found: list[Difference] = []
    for row in reported:
        one = due.pop(_place(row, known, numbers), None)
        if one is None:
            found.append(_extra(row, confirmed, source))
        elif one.fen != row.fen:
            found.append(Difference(source, "amount", one.line, one.name, one.fen, row.fen))
    found += [Difference(source, "missing", one.line, one.name, one.fen, None) for one in due.values()]
    return tuple(sorted(found, key=lambda one: (one.line, one.fault, one.name, one.reported_fen or 0)))


def _numbers(confirmed: Sequence[Confirmed]) -> dict[str, int]:
    """Line by name, for names that stand once on the list."""
    often = Counter(one.name for one in confirmed)
    return {one.name: one.line for one in confirmed if often[one.name] == 1}


def _place(row: Reported, known: dict[int, str], numbers: dict[str, int]) -> int:
    """The line that a reported line means; 0 when none."""
    if not row.line:
        return numbers.get(row.name, 0)
    return row.line if known.get(row.line) == row.name else 0


def _extra(row: Reported, confirmed: Sequence[Confirmed], source: Source) -> Difference:
    child = source == "publicised" and any(one.child and one.name == row.name for one in confirmed)
    return Difference(source, "child" if child else "extra", row.line, row.name, None, row.fen)
