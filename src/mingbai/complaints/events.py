"""The facts that `complaints` hands back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LODGED = "objection.lodged"
JOINED = "objection.joined"
EXTENDED = "objection.extended"
OVERDUE = "objection.overdue"
ANSWERED = "objection.answered"


@dataclass(frozen=True)
class Lodged:
    """An objection was taken in. `receipt` is told once, here, and kept nowhere in clear.

    `waits` when it stands in the queue of a crowded hour: it has its receipt and its last day, and gets its number
    when its turn comes. `joined` when the same words were lodged before and are answered together.
    """

    objection: str
    receipt: str
    due: date
    waits: bool = False
    joined: bool = False


@dataclass(frozen=True)
class Answered:
    """An objection was answered by a body other than the one complained of."""

    objection: str
    upheld: bool


@dataclass(frozen=True)
class Extended:
    """The last day of an objection was moved, once."""

    objection: str
    until: date
