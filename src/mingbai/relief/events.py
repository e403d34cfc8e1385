"""The facts that `relief` records and hands back. Names and days of birth stand in no journal entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingbai.kernel import Money

HOUSEHOLD = "relief.household_registered"
MEMBER = "relief.member_added"
LEFT = "relief.member_left"
HEAD_NAMED = "relief.head_named"
ENROLLED = "relief.enrolled"
CHANGED = "relief.changed"
LIST_MADE = "relief.list_made"
LIST_COMPARED = "relief.list_compared"
LIST_SIGNED = "relief.list_signed"
LIST_PAID = "relief.list_paid"
LIST_PUBLISHED = "relief.list_published"
KIN_FILED = "relief.kin_filed"


@dataclass(frozen=True)
class Enrolled:
    """Somebody is on a scheme under a gap-free number; `warnings` are what was noticed and does not refuse."""

    number: str
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Changed:
    """An enrolment was stopped or its amount changed; `overpaid` is what is to be asked back."""

    number: str
    kind: str
    on: date
    overpaid: Money


@dataclass(frozen=True)
class ListMade:
    """A payment list stands under its gap-free number."""

    number: str
    count: int
    total: Money
