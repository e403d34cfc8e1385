"""Who takes a file, and what a file comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from mingbai.exchange.events import Taken
from mingbai.organisations.rules import Actor


@dataclass(frozen=True)
class Doing:
    """By whom, in which office and when; `progress` is told how many are done; `papers`
    are the ids of papers handed in with the file, by name."""

    village: str
    by: Actor
    office: str
    at: datetime
    today: date
    account: str = ""
    since: date | None = None
    progress: Callable[[int], None] | None = None
    papers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """A file that was read: what it comes to, the keys of what is new, its header by its words, and how it is carried
    out under a receipt."""

    taken: Taken
    keys: tuple[str, ...] = ()
    header: str = ""
    carry_out: Callable[[str], Taken] | None = field(default=None, repr=False)
