"""The pure rules of meetings: body rules read from text, and votes decided in integers."""

from __future__ import annotations

from mingbai.meetings.rules.bodies import (
    Base,
    Bodies,
    BodyRule,
    Composition,
    Majority,
    Notice,
    Passing,
    Quorum,
    Unit,
    find_body,
)  # fmt: skip
from mingbai.meetings.rules.text import BODIES_FILE, read_bodies
from mingbai.meetings.rules.voting import Decision, Result, Share, Votes, check_notice, count_base, decide

__all__ = [
    "BODIES_FILE", "Base", "Bodies", "BodyRule", "Composition", "Decision", "Majority", "Notice", "Passing", "Quorum", "Result",
    "Share", "Unit", "Votes", "check_notice", "count_base", "decide", "find_body", "read_bodies",
]  # fmt: skip
