"""Rolls as the desk reads them: whole, with what the village's sheet said of each member."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from mingbai.kernel import canonical_bytes, sha256_hex
from mingbai.meetings.models import RollName, RollStanding, RollVersion
from mingbai.organisations import queries as organisations
from mingbai.organisations.events import Departed
from mingbai.organisations.rules import DEPARTURES


@dataclass(frozen=True)
class RollEntry:
    """A member as the roll says; `number` is the village's own, empty where it has given none.

    `gone` says that the member has died or left by the day asked for: he counts no more.
    """

    person: str
    name: str
    household: str = ""
    group: str = ""
    standing: str = ""
    number: str = ""
    gone: Departed | None = None

    @property
    def said(self) -> tuple[str, str, str]:
        """What a sheet says of a member beside who he is."""
        return self.household, self.group, self.standing


@dataclass(frozen=True)
class RollBook:
    """The roll of a body in force on a day; `since` is None where there is none."""

    since: date | None = None
    term_from: date | None = None
    entries: tuple[RollEntry, ...] = ()

    @property
    def digest(self) -> str:
        """What was seen, in short: another roll has another digest."""
        since = self.since.isoformat() if self.since else ""
        members = [[one.person, *one.said] for one in self.entries]
        return sha256_hex(canonical_bytes({"since": since, "members": members}))[:16]


def roll_book(village: str, body: str, on: date, left_by: Container[str] = frozenset(DEPARTURES)) -> RollBook:
    """The roll of a body on a day, whole; empty when none was set by then.

    `left_by` are the departures by which one leaves the body (`BodyRule.left_by`).
    """
    versions = RollVersion.objects.filter(village=village, body=body, since__lte=on)
    version = versions.order_by("-since", "-id").first()
    if version is None:
        return RollBook()
    rows = [*RollName.objects.filter(roll=version).order_by("id").values_list("person", "name", "household")]
    said = {one.person: (one.group, one.standing) for one in RollStanding.objects.filter(roll=version)}
    people = [person for person, _name, _household in rows]
    numbers = organisations.numbers_of(people)
    left = organisations.departed(people, on).items()
    gone = {person: one for person, one in left if one.kind in left_by}
    entries = tuple(
        RollEntry(
            person, name, household, *said.get(person, ("", "")), numbers.get(person, ""), gone.get(person)
        )
        for person, name, household in rows
    )
    return RollBook(version.since, version.term_from, entries)


def later_roll(village: str, body: str, since: date) -> date | None:
    """The first day after `since` from which another roll of the body is already set; None when there is none."""
    later = RollVersion.objects.filter(village=village, body=body, since__gt=since)
    return later.order_by("since").values_list("since", flat=True).first()


def roll_sizes(village: str, on: date) -> dict[str, tuple[int, date]]:
    """How many stand on each body's roll on a day, and since when, by body."""
    rows = RollVersion.objects.filter(village=village, since__lte=on).annotate(names_on_it=Count("names"))
    found = rows.order_by("since", "id").values_list("body", "names_on_it", "since")
    return {body: (count, since) for body, count, since in found}
