"""The list of meetings as the public sees it: a read model, always to be made again from the publications."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from mingbai.disclosure.models import MeetingHead, MeetingPlace, PublicationRow
from mingbai.disclosure.rules.documents import thaw

CALLED, MOVED, CANCELLED, ENDED = "meeting.called", "meeting.moved", "meeting.cancelled", "meeting.ended"
_STATES = {CANCELLED: "cancelled", ENDED: "ended"}


def move(row: PublicationRow, data: Mapping[str, Any]) -> None:
    """Let a publication that tells of a meeting move its head."""
    meeting = str(data.get("meeting") or "")
    if not meeting:
        return
    MeetingPlace.objects.create(publication=row, meeting=meeting)
    if row.kind == CALLED:
        MeetingHead.objects.create(
            meeting=meeting, village=row.village, body_title=str(data.get("body_title") or ""), **_when(data)
        )
    elif row.kind == MOVED:
        MeetingHead.objects.filter(meeting=meeting).update(**_when(data))
    elif row.kind in _STATES:
        MeetingHead.objects.filter(meeting=meeting).update(state=_STATES[row.kind])


def _when(data: Mapping[str, Any]) -> dict[str, Any]:
    place, starts = str(data.get("place") or ""), str(data.get("starts_at") or "")
    return {"held_on": date.fromisoformat(data["held_on"]), "starts_at": starts, "place": place}


def rebuild_meetings() -> int:
    """Make the list again from the publications; returns how many meetings it holds."""
    with transaction.atomic():
        MeetingPlace.objects.all().delete()
        MeetingHead.objects.all().delete()
        rows = PublicationRow.objects.filter(kind__startswith="meeting.").order_by("order")
        for row in rows.iterator(chunk_size=500):
            move(row, thaw(bytes(row.body))["data"])
        return MeetingHead.objects.count()
