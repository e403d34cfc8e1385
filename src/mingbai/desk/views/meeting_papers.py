"""The papers of a meeting as PDF: notice, roll for signatures, ballot papers, minutes, resolutions."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from mingbai.desk import opening
from mingbai.desk.printing.papers import KINDS, Asked, make_paper
from mingbai.desk.printing.sources import source
from mingbai.desk.views.access import for_office_holder
from mingbai.kernel import Refused
from mingbai.meetings import queries as meetings
from mingbai.meetings.queries import Meeting
from mingbai.organisations.rules import may_see


@require_GET
@for_office_holder
def paper(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """One paper of a meeting within reach of the person, as PDF; a refusal is a page that says why.

    `item` asks for one item of the agenda (ballots, resolution); `copies` for so many papers and `named` for a line
    to sign on (ballots).
    """
    if kind not in KINDS:
        raise Http404("没有这种纸")
    meeting = _visible_meeting(request, number)
    try:
        made = make_paper(source(meeting, request.today), kind, _asked(request), demo=settings.MINGBAI_DEMO)
    except Refused as refusal:
        return _refused(request, meeting, refusal)
    response = HttpResponse(made, content_type="application/pdf")
    name = f"{KINDS[kind].title}-{meeting.body_title}-{meeting.floor.held_on}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(False, name)
    return response


def _visible_meeting(request: HttpRequest, number: str) -> Meeting:
    """The meeting; one out of reach answers exactly as one that does not exist (security Z1)."""
    try:
        meeting = meetings.meeting(number)
    except Refused as unknown:
        raise Http404("没有这次会议") from unknown
    if not may_see(request.actor, meeting.village, request.today):
        raise Http404("没有这次会议")
    return meeting


def _asked(request: HttpRequest) -> Asked:
    """What the address asks for besides. Raises `Refused` when a number in it is none."""
    given = request.GET
    return Asked(_number(given.get("item")), _number(given.get("copies")), named=given.get("named") == "1")


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or len(text) > 5:
        raise Refused(f"“{text[:20]}”不是数", remedy="填整数")
    return int(text)


def _refused(request: HttpRequest, meeting: Meeting, refusal: Refused) -> HttpResponse:
    context = {
        "meeting": meeting,
        "refusal": refusal,
        "who": opening.describe(request.actor, request.today),
    }
    return render(request, "desk/meeting_paper_refused.html", context, status=422)
