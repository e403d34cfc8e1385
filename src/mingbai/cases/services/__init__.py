"""Acts on cases. Each is one transaction: tables, number and journal, or nothing."""

from __future__ import annotations

from mingbai.cases.events import (
    CaseMoved,
    CaseOpened,
    NoticeInterrupted,
    NoticeStarted,
    StepCompleted,
    StepReturned,
)
from mingbai.cases.rules.notices import Proof
from mingbai.cases.services.completing import complete_step
from mingbai.cases.services.cosigning import ask_signature, give_signature
from mingbai.cases.services.deadlines import escalate_overdue, extend_step
from mingbai.cases.services.migrating import migrate_case
from mingbai.cases.services.moving import resume_case, suspend_case, withdraw_case
from mingbai.cases.services.noticing import start_notice
from mingbai.cases.services.objecting import note_objection, settle_objection
from mingbai.cases.services.opening import open_case
from mingbai.cases.services.quoting import call_for_quotes
from mingbai.cases.services.rehanging import interrupt_notice, rehang_notice, repost_notice
from mingbai.cases.services.returning import return_step

__all__ = [
    "CaseMoved",
    "CaseOpened",
    "NoticeInterrupted",
    "NoticeStarted",
    "Proof",
    "StepCompleted",
    "StepReturned",
    "ask_signature",
    "call_for_quotes",
    "complete_step",
    "escalate_overdue",
    "extend_step",
    "give_signature",
    "interrupt_notice",
    "migrate_case",
    "note_objection",
    "open_case",
    "rehang_notice",
    "repost_notice",
    "resume_case",
    "return_step",
    "settle_objection",
    "start_notice",
    "suspend_case",
    "withdraw_case",
]
