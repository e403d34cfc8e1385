"""The facts that `labour` records and hands back. A name stands in no journal entry outside a field of kind person."""

from __future__ import annotations

from dataclasses import dataclass

from mingbai.kernel import Money

WORKER = "labour.worker_registered"
ORDERED = "labour.order_opened"
RECORDED = "labour.attendance_recorded"
WITNESSED = "labour.sheet_witnessed"
WITHDRAWN = "labour.attendance_withdrawn"
STATE = "labour.state_imported"
ALLOWED = "labour.allowance_named"
APPRAISED = "labour.appraised"
LIST_MADE = "labour.list_made"
LIST_COMPARED = "labour.list_compared"
LIST_SIGNED = "labour.list_signed"
LIST_VOIDED = "labour.list_voided"
LIST_PAID = "labour.list_paid"
ROLL_PUBLISHED = "labour.roll_published"


@dataclass(frozen=True)
class Approved:
    """What a case of village labour decided: the job, what a day earns, how many days and how much in all."""

    case: str
    job: str
    rate: Money
    days: int
    total: Money


@dataclass(frozen=True)
class SheetTaken:
    """A sheet of attendance was taken: its number, how many half days; `listed` what the town should look at."""

    id: int
    count: int
    listed: int


@dataclass(frozen=True)
class ListMade:
    """A pay list stands under its gap-free number; `held` are the names that R56 keeps off it."""

    number: str
    count: int
    total: Money
    held: tuple[str, ...] = ()
