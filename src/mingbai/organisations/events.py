"""Facts this package records and returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PERSON_ADDED = "organisations.person_added"
MANDATE_GIVEN = "organisations.mandate_given"
KINSHIP_DECLARED = "organisations.kinship_declared"
PEOPLE_ADDED = "organisations.people_added"
NUMBERS_GIVEN = "organisations.numbers_given"
DEPARTED = "organisations.departed"
RETURNED = "organisations.returned"
ACCOUNT_OPENED = "organisations.account_opened"


@dataclass(frozen=True)
class MandateGiven:
    """A person was given an office; `entry` is its number in the journal."""

    person: str
    office: str
    division: str
    since: date
    until: date | None
    entry: int


@dataclass(frozen=True)
class KinshipDeclared:
    """Two persons are near relatives; `entry` is its number in the journal."""

    person: str
    relative: str
    relation: str
    entry: int


@dataclass(frozen=True)
class Departed:
    """A person died (`died`), moved away (`moved_away`) or left the collective (`left_membership`) on a day."""

    person: str
    kind: str
    on: date


@dataclass(frozen=True)
class AccountOpened:
    """A person can sign in from now on."""

    username: str
    person: str
    admin_role: str
    entry: int
