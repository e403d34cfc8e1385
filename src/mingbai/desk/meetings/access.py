"""Who may look at a hall: offices of the village and above that may read its rolls. Others find nothing there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from mingbai.desk import rolling
from mingbai.desk.views.access import for_office_holder
from mingbai.kernel import Refused
from mingbai.meetings import queries as meetings
from mingbai.meetings.services.writing import writing_office

View = Callable[..., HttpResponse]


def for_hall(view: View) -> View:
    """Let in who may see the meeting: `request.meeting` is the meeting, `request.unable` why he may only look.

    A meeting out of reach answers exactly as one that does not exist (security Z1).
    """

    @for_office_holder
    @wraps(view)
    def guarded(request: HttpRequest, number: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            request.meeting = meetings.meeting(number)
        except Refused as unknown:
            raise Http404("没有这次会议") from unknown
        request.unable = _unable(request)
        if request.unable and not rolling.may_read(request.actor, request.meeting.village, request.today):
            raise Http404("没有这次会议")
        return view(request, *args, **kwargs)

    return guarded


def _unable(request: HttpRequest) -> Refused | None:
    try:
        writing_office(request.meeting, request.actor, request.now)
    except Refused as refusal:
        return refusal
    return None
