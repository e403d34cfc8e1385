"""The facts that `complaints` hands back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LODGED = "objection.lodged"
ANSWERED = "objection.answered"


@dataclass(frozen=True)
class Lodged:
    """An objection was taken in. `receipt` is told once, here, and kept nowhere in clear."""

    objection: str
    receipt: str
    due: date


@dataclass(frozen=True)
class Answered:
    """An objection was answered by a body other than the one complained of."""

    objection: str
    upheld: bool
