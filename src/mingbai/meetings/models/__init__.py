"""Tables of rolls, meetings and resolutions."""

from __future__ import annotations

from mingbai.meetings.models.ballots import BallotBox, BallotCode, BallotReceipt
from mingbai.meetings.models.delegations import Delegation
from mingbai.meetings.models.meetings import MeetingEntry, MeetingItem, MeetingRow
from mingbai.meetings.models.resolutions import ResolutionName, ResolutionRow
from mingbai.meetings.models.rolls import RollName, RollVersion
from mingbai.meetings.models.standings import RollStanding

__all__ = [
    "BallotBox",
    "BallotCode",
    "BallotReceipt",
    "Delegation",
    "MeetingEntry",
    "MeetingItem",
    "MeetingRow",
    "ResolutionName",
    "ResolutionRow",
    "RollName",
    "RollStanding",
    "RollVersion",
]
