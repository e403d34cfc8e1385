"""Acts of meetings: set a roll, call a meeting, write down what happens at it, cast a ballot, hold one at once."""

from __future__ import annotations

from mingbai.meetings.services.balloting import Ballot, Cast, Issue, ballot, cast, counted, issue, make_codes
from mingbai.meetings.services.calling import Motion, Plan, call_meeting
from mingbai.meetings.services.delegating import record_delegation
from mingbai.meetings.services.enrolling import put_on_roll, take_off_roll
from mingbai.meetings.services.holding import hold_meeting
from mingbai.meetings.services.importing import RollImport, import_roll, preview_roll
from mingbai.meetings.services.noting import Sent, note
from mingbai.meetings.services.rolling import set_roll

__all__ = [
    "Ballot",
    "Cast",
    "Issue",
    "Motion",
    "Plan",
    "RollImport",
    "Sent",
    "ballot",
    "call_meeting",
    "cast",
    "counted",
    "hold_meeting",
    "import_roll",
    "issue",
    "make_codes",
    "note",
    "preview_roll",
    "put_on_roll",
    "record_delegation",
    "set_roll",
    "take_off_roll",
]  # fmt: skip
