"""The facts that `meetings` records and hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mingbai.kernel import Refused

RESOLVED = "meeting.resolved"
CALLED = "meeting.called"
MOVED = "meeting.moved"
CANCELLED = "meeting.cancelled"
ENDED = "meeting.ended"
DELEGATED = "meeting.delegated"
UNDELEGATED = "meeting.undelegated"
ROLL_SET = "meeting.roll_set"
ROLL_CHANGED = "meeting.roll_changed"


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
    unless there was no quorum, where spoilt papers, votes not cast and written opinions are told apart.
    `proxies` and `remote` are counted within `present`; `methods` gives the counts of each way of voting.
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
    meeting: str = ""
    item: int = 1
    step: str = ""
    matter: str = ""
    spoilt: int = 0
    not_cast: int = 0
    written: int = 0
    proxies: int = 0
    remote: int = 0
    methods: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class MeetingCalled:
    """A meeting was called under its gap-free number."""

    number: str


@dataclass(frozen=True)
class Noted:
    """What became of one entry sent in: taken now, taken before (`again`), or refused with a sentence."""

    key: str
    taken: bool
    again: bool = False
    refusal: Refused | None = None
    resolution: str = ""
