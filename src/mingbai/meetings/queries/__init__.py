"""What others may ask of meetings: body rules, rolls as of a day, meetings, resolutions."""

from __future__ import annotations

from mingbai.meetings.queries.bodies import bodies, body_rule
from mingbai.meetings.queries.competence import delegated, matters, setting
from mingbai.meetings.queries.meetings import Meeting, MeetingLine, meeting, meetings_for, meetings_of
from mingbai.meetings.queries.resolutions import (
    as_resolution,
    entitlement,
    resolution,
    resolutions_at,
    resolutions_in,
    resolutions_of,
)
from mingbai.meetings.queries.roll_books import RollBook, RollEntry, later_roll, roll_book, roll_sizes
from mingbai.meetings.queries.rolls import groups, members, roll, seats, term_ends

__all__ = [
    "Meeting",
    "MeetingLine",
    "RollBook",
    "RollEntry",
    "as_resolution",
    "bodies",
    "body_rule",
    "delegated",
    "entitlement", "groups",
    "later_roll",
    "matters",
    "meeting",
    "meetings_for",
    "meetings_of",
    "members",
    "resolution",
    "resolutions_at",
    "resolutions_in",
    "resolutions_of",
    "roll",
    "roll_book",
    "roll_sizes",
    "seats",
    "setting",
    "term_ends",
]  # fmt: skip
