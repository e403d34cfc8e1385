"""Meetings as the public sees them: what was called, what was decided, what is still to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingbai.disclosure.models import MeetingHead, MeetingPlace, PublicationRow
from mingbai.disclosure.queries.reading import Publication, views


@dataclass(frozen=True)
class MeetingSummary:
    """A meeting in a list; `state` is called, ended or cancelled."""

    number: str
    village: str
    body_title: str
    held_on: date
    starts_at: str
    place: str
    state: str


def meeting(number: str) -> MeetingSummary | None:
    """One meeting by its number, or None when nothing was published of it."""
    row = MeetingHead.objects.filter(meeting=number).first()
    return _summary(row) if row else None


def of_meeting(number: str) -> tuple[Publication, ...]:
    """Everything published of one meeting, in order."""
    orders = MeetingPlace.objects.filter(meeting=number).values("publication")
    return views(PublicationRow.objects.filter(order__in=orders).order_by("order"))


def coming_meetings(village: str, today: date, limit: int = 10) -> tuple[MeetingSummary, ...]:
    """Meetings of a village that are called for today or later, the nearest first; one query."""
    rows = MeetingHead.objects.filter(village=village, held_on__gte=today, state="called")
    return tuple(_summary(row) for row in rows.order_by("held_on", "starts_at", "meeting")[:limit])


def _summary(row: MeetingHead) -> MeetingSummary:
    return MeetingSummary(
        row.meeting, row.village, row.body_title, row.held_on, row.starts_at, row.place, row.state
    )
