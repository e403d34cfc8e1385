"""The facts that `meetings` records and hands back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

RESOLVED = "meeting.resolved"
ROLL_SET = "meeting.roll_set"


@dataclass(frozen=True)
class RollMember:
    """One person entitled in a body on a day; `household` is an opaque id, empty where unknown."""

    person: str
    name: str
    household: str = ""


@dataclass(frozen=True)
class RollSet:
    """A roll of `count` persons is in force from `since`."""

    village: str
    body: str
    since: date
    count: int


@dataclass(frozen=True)
class Resolution:
    """The frozen outcome of one motion.

    `roll` counts the names on the roll that day, `recused` those who stood aside, `entitled` the base after
    recusal by the body's rule, `present` those who came and could vote; agree + against + abstain = present
    unless there was no quorum.
    """

    number: str
    village: str
    body: str
    body_title: str
    case: str
    motion: str
    held_on: date
    result: str
    roll: int
    recused: int
    entitled: int
    present: int
    agree: int
    against: int
    abstain: int
    needed_present: int
    needed_agree: int
    sentence: str
