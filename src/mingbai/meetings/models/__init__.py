"""Tables of rolls, meetings and resolutions."""

from __future__ import annotations

from mingbai.meetings.models.resolutions import ResolutionName, ResolutionRow
from mingbai.meetings.models.rolls import RollName, RollVersion

__all__ = ["ResolutionName", "ResolutionRow", "RollName", "RollVersion"]
