"""Who may do what at a meeting from the desk: see it, or write at it as one of its offices."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from mingbai.desk import opening
from mingbai.desk.views.access import for_office_holder
from mingbai.kernel import Refused
from mingbai.meetings import queries as meetings
from mingbai.meetings.queries import Meeting
from mingbai.meetings.services.writing import writing_office
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import may_see

View = Callable[..., HttpResponse]


def for_writer(view: View) -> View:
    """Let in who may write at the meeting; `request.meeting` is that meeting.

    A meeting out of reach answers exactly as one that does not exist (security Z1); one within reach at which the
    person may only look says whose it is to write.
    """

    @for_office_holder
    @wraps(view)
    def guarded(request: HttpRequest, number: str, *args: Any, **kwargs: Any) -> HttpResponse:
        request.meeting = _visible(request, number)
        try:
            writing_office(request.meeting, request.actor, request.now)
        except Refused as refusal:
            return shown(request, "desk/arrive_refused.html", status=403, refusal=refusal)
        return view(request, *args, **kwargs)

    return guarded


def shown(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page about the meeting."""
    meeting: Meeting = request.meeting
    context = {
        "who": opening.describe(request.actor, request.today),
        "meeting": meeting,
        "place": organisations.division(meeting.village),
        **context,
    }
    return render(request, template, context, status=status)


def _visible(request: HttpRequest, number: str) -> Meeting:
    try:
        meeting = meetings.meeting(number)
    except Refused as unknown:
        raise Http404("没有这次会议") from unknown
    if not may_see(request.actor, meeting.village, request.today):
        raise Http404("没有这次会议")
    return meeting
