"""Meetings as they stand: called, sitting, ended; each folded from its entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from mingbai.catalogue import queries as catalogue
from mingbai.kernel import Refused
from mingbai.meetings.models import MeetingEntry, MeetingItem, MeetingRow
from mingbai.meetings.queries.bodies import body_rule
from mingbai.meetings.queries.competence import matters
from mingbai.meetings.queries.rolls import seats
from mingbai.meetings.rules.competence import Matters, passing_of
from mingbai.meetings.rules.entries import read_entry
from mingbai.meetings.rules.floor import Floor, Item
from mingbai.meetings.rules.taking import fold


@dataclass(frozen=True)
class Meeting:
    """A meeting with its floor; `last` is the number of its last entry, `keys` those taken in already."""

    number: str
    village: str
    body: str
    body_title: str
    edition: int
    recorded_at: datetime
    floor: Floor
    last: int
    keys: frozenset[str]


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in a list, as it was called."""

    number: str
    body_title: str
    held_on: date
    starts_at: str
    place: str
    motions: tuple[str, ...]


def meeting(number: str) -> Meeting:
    """A meeting as it stands now.

    Raises:
        Refused: there is none of that number.
    """
    row = MeetingRow.objects.filter(number=number).first()
    if row is None:
        raise Refused(f"没有编号为“{number}”的会议", remedy="请核对会议编号")
    rows = MeetingEntry.objects.filter(meeting=row).order_by("serial").values_list("key", "data")
    keys, taken = zip(*rows, strict=True) if (rows := list(rows)) else ((), ())
    moved = [data["held_on"] for data in taken if data["kind"] == "moved"]
    day = date.fromisoformat(moved[-1]) if moved else row.held_on
    floor = fold(_called(row, day), map(read_entry, taken))
    return Meeting(
        row.number, row.village, row.body, row.body_title, row.edition, row.recorded_at, floor,
        len(taken), frozenset(keys),
    )  # fmt: skip


def _called(row: MeetingRow, day: date) -> Floor:
    """The meeting before anything happened, with the roll of the day on which it is held in the end."""
    edition = catalogue.edition(row.edition)
    rule = body_rule(edition, row.body, day)
    return Floor(
        rule=rule,
        held_on=row.held_on,
        starts_at=row.starts_at,
        place=row.place,
        notified_on=row.notified_on,
        seats=seats(row.village, rule, day, row.group),
        items=[_item(one, matters(edition), row.body, day) for one in row.items.order_by("serial")],
        by_household=row.by_household,
        urgent_reason=row.urgent_reason,
        group=row.group,
    )


def _item(row: MeetingItem, known: Matters, body: str, day: date) -> Item:
    passing = passing_of(known, row.matter, body, day)
    return Item(row.serial, row.motion, row.case, row.step, row.matter, passing, dict(row.recused))


def meetings_of(
    village: str, limit: int = 50, before: tuple[date, str] | None = None
) -> tuple[MeetingLine, ...]:
    """Meetings called in a village, the latest day first; a page at a time by day and number."""
    rows = MeetingRow.objects.filter(village=village).order_by("-held_on", "-number")
    if before:
        day, number = before
        rows = rows.filter(held_on__lt=day) | rows.filter(held_on=day, number__lt=number)
    return _lines(rows.prefetch_related("items")[:limit])


def meetings_for(case: str, step: str) -> tuple[MeetingLine, ...]:
    """Meetings whose agenda has a step of a case, the latest called first."""
    rows = MeetingRow.objects.filter(items__case=case, items__step=step).order_by("-recorded_at")
    return _lines(rows.prefetch_related("items"))


def _lines(rows: Iterable[MeetingRow]) -> tuple[MeetingLine, ...]:
    return tuple(
        MeetingLine(
            row.number, row.body_title, row.held_on, row.starts_at, row.place,
            tuple(one.motion for one in sorted(row.items.all(), key=lambda one: one.serial)),
        )
        for row in rows
    )  # fmt: skip
