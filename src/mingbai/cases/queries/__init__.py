"""Where cases stand, for those who run them. Nothing here reaches a public face: see `disclosure`."""

from __future__ import annotations

from mingbai.cases.queries.forms import StepForm, step_form
from mingbai.cases.queries.standing import (
    Awaiting,
    CaseView,
    NoticeView,
    StepView,
    awaiting,
    case,
    waiting_for_others,
)

__all__ = [
    "Awaiting",
    "CaseView",
    "NoticeView",
    "StepForm",
    "StepView",
    "awaiting",
    "case",
    "step_form",
    "waiting_for_others",
]
