"""Writing an entry into a meeting, and who among the offices may: shared by every door through which entries come."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mingbai.kernel import Refused
from mingbai.meetings.models import MeetingEntry
from mingbai.meetings.queries import Meeting
from mingbai.meetings.services.rolling import LEGAL_TIME
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor, holds_over

OWN_KEYS = ("box-", "qr-")
"""Keys that the system gives itself, to what a box holds and to who signs in; a sender may not take them."""


def writing_office(now: Meeting, by: Actor, at: datetime) -> str:
    """The office by which someone writes at a meeting: one that convenes the body or records for it.

    Raises:
        Refused: he holds none of them that day.
    """
    rule, today = now.floor.rule, at.astimezone(LEGAL_TIME).date()
    for office in (*rule.offices, *rule.recorded_by):
        if holds_over(by, office, now.village, today):
            return office
    titles = "、".join(organisations.office_title(one) for one in (*rule.offices, *rule.recorded_by))
    raise Refused("您不能登记这次会议", rule.citation, f"由{titles}登记")


def keep(meeting: str, serial: int, key: str, entry: Any, *, person: str, at: datetime) -> None:
    """Write down an entry that was taken, as number `serial` of its meeting."""
    MeetingEntry.objects.create(
        meeting_id=meeting,
        serial=serial,
        key=key,
        data=entry.model_dump(mode="json"),
        person=person,
        recorded_at=at,
    )
