"""Where cases stand, for those who run them. Nothing here reaches a public face: see `disclosure`."""

from __future__ import annotations

from mingbai.cases.queries.admitted import AdmittedTask, admitted_tasks
from mingbai.cases.queries.forms import StepForm, step_form
from mingbai.cases.queries.gatherings import ForMeeting, interested_in, steps_for_meetings
from mingbai.cases.queries.law_reports import folder_report, law_report
from mingbai.cases.queries.newer_editions import Newer, Renamed, newer
from mingbai.cases.queries.notices import NoticeView, Owed, notice_sheet
from mingbai.cases.queries.pressing import (
    DeadlineView,
    Overdue,
    Signature,
    deadlines_of,
    overdue_below,
    signatures_for,
    signatures_of,
)
from mingbai.cases.queries.splitting import while_written
from mingbai.cases.queries.standing import (
    Awaiting,
    CaseView,
    StepView,
    awaiting,
    case,
    waiting_for_others,
)
from mingbai.cases.queries.underway import Underway, underway

__all__ = [
    "AdmittedTask",
    "Awaiting",
    "CaseView",
    "DeadlineView",
    "ForMeeting",
    "Newer",
    "NoticeView",
    "Overdue",
    "Owed",
    "Renamed",
    "Signature",
    "StepForm",
    "StepView",
    "Underway",
    "admitted_tasks",
    "awaiting",
    "case",
    "deadlines_of",
    "folder_report",
    "interested_in",
    "law_report",
    "newer",
    "notice_sheet",
    "overdue_below",
    "signatures_for",
    "signatures_of",
    "step_form",
    "steps_for_meetings",
    "underway",
    "waiting_for_others",
    "while_written",
]
