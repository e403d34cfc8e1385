"""The pure rules of meetings: body rules read from text, and votes decided in integers."""

from __future__ import annotations

from mingbai.meetings.rules.bodies import Base, BodyRule, Composition, Majority, Notice, Quorum, Unit
from mingbai.meetings.rules.text import BODIES_FILE, Bodies, find_body, read_bodies
from mingbai.meetings.rules.voting import Decision, Result, Share, Votes, check_notice, count_base, decide

__all__ = [
    "BODIES_FILE", "Base", "Bodies", "BodyRule", "Composition", "Decision", "Majority", "Notice", "Quorum", "Result",
    "Share", "Unit", "Votes", "check_notice", "count_base", "decide", "find_body", "read_bodies",
]  # fmt: skip
