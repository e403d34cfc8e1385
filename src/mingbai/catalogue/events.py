"""Facts this package records and returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

EDITION_CONFIRMED = "edition.confirmed"


@dataclass(frozen=True)
class EditionConfirmed:
    """An edition of the district folder takes effect on `since`; `entry` is its number in the journal."""

    number: int
    since: date
    digest: str
    entry: int
