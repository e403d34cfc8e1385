"""Whether what was paid is what was due: the same payees with the same sums (R52). Sums are whole fen.

A line is told apart by its number on the list and the name; without a number by the name, when only one has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Fault = Literal["missing", "extra", "amount"]


@dataclass(frozen=True)
class Line:
    """A line of a list, due or paid; `line` 0 when a return gives no number."""

    line: int
    name: str
    fen: int


@dataclass(frozen=True)
class Difference:
    """One line on which they differ; a sum that a list does not have is None."""

    fault: Fault
    line: int
    name: str
    due_fen: int | None
    paid_fen: int | None


def differences(due: Sequence[Line], paid: Iterable[Line]) -> tuple[Difference, ...]:
    """Every line missing, extra or of another sum. Empty when and only when the sets are equal."""
    waiting, names = {one.line: one for one in due}, {one.line: one.name for one in due}
    often = Counter(one.name for one in due)
    places = {one.name: one.line for one in due if often[one.name] == 1}
    found: list[Difference] = []
    for row in paid:
        place = row.line if names.get(row.line) == row.name else 0 if row.line else places.get(row.name, 0)
        one = waiting.pop(place, None)
        if one is None:
            found.append(Difference("extra", row.line, row.name, None, row.fen))
        elif one.fen != row.fen:
            found.append(Difference("amount", one.line, one.name, one.fen, row.fen))
    found += [Difference("missing", one.line, one.name, one.fen, None) for one in waiting.values()]
    return tuple(sorted(found, key=lambda one: (one.line, one.fault, one.name, one.paid_fen or 0)))
