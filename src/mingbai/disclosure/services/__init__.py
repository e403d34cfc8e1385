"""Publishing, and the list of cases that goes with it."""

from __future__ import annotations

from mingbai.disclosure.services.heads import rebuild_heads
from mingbai.disclosure.services.meeting_heads import rebuild_meetings
from mingbai.disclosure.services.publishing import publish_entries

__all__ = ["publish_entries", "rebuild_heads", "rebuild_meetings"]
