"""Acts of meetings: set a roll, hold a meeting."""

from __future__ import annotations

from mingbai.meetings.services.holding import hold_meeting
from mingbai.meetings.services.rolling import set_roll

__all__ = ["hold_meeting", "set_roll"]
