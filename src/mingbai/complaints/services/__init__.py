"""Acts on objections: lodging, extending once, passing up what is late, answering. Each is one transaction."""

from __future__ import annotations

from mingbai.complaints.events import Answered, Extended, Lodged
from mingbai.complaints.services.answering import answer_objection
from mingbai.complaints.services.attaching import MAX_FILES, MAX_TOGETHER, too_large
from mingbai.complaints.services.lodging import lodge_objection
from mingbai.complaints.services.pressing import escalate_objections, extend_objection, tell_joined
from mingbai.complaints.services.queueing import lodge_from_web, take_in_waiting
from mingbai.complaints.services.tickets import issue_ticket

__all__ = [
    "MAX_FILES",
    "MAX_TOGETHER",
    "Answered",
    "Extended",
    "Lodged",
    "answer_objection",
    "escalate_objections",
    "extend_objection",
    "issue_ticket",
    "lodge_from_web",
    "lodge_objection",
    "take_in_waiting",
    "tell_joined",
    "too_large",
]
