"""Facts this package records and returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingbai.kernel import BadFile

EDITION_CONFIRMED = "edition.confirmed"
EDITION_RATIFIED = "edition.ratified"


@dataclass(frozen=True)
class EditionConfirmed:
    """An edition of the district folder takes effect on `since`; `entry` is its number in the journal."""

    number: int
    since: date
    digest: str
    entry: int


@dataclass(frozen=True)
class EditionRatified:
    """An emergency edition was ratified, `late_days` after its last day; 0 when in time."""

    number: int
    ratified_on: date
    late_days: int
    entry: int


@dataclass(frozen=True)
class DraftBegun:
    """A draft of the next edition stands on edition `base`."""

    draft: int
    name: str
    base: int


@dataclass(frozen=True)
class DraftWritten:
    """A file of a draft was written; `merged` with what another officer wrote; `problem`: what is unsound yet."""

    draft: int
    file: str
    revision: int
    merged: bool
    problem: BadFile | None
