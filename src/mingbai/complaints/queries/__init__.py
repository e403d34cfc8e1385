"""How objections stand, what they are about and who may answer them."""

from __future__ import annotations

from mingbai.complaints.queries.standing import (
    ObjectionStatus,
    answering_titles,
    may_answer,
    objection,
    of_case,
    status,
    unanswered,
)
from mingbai.complaints.queries.targets import Target, require_target
from mingbai.complaints.rules import CHANNELS, REMEDIES, WORK_BITS, Line

__all__ = [
    "CHANNELS",
    "REMEDIES",
    "WORK_BITS",
    "Line",
    "ObjectionStatus",
    "Target",
    "answering_titles",
    "may_answer",
    "objection",
    "of_case",
    "require_target",
    "status",
    "unanswered",
]
