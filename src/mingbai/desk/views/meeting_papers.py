"""The papers of a meeting as PDF: notice, roll for signatures, ballot papers, minutes, resolutions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from mingbai.desk import opening, printing
from mingbai.desk.printing import ballots, minutes, notice, resolution, roll
from mingbai.desk.printing.sources import Source, source
from mingbai.desk.views.access import for_office_holder
from mingbai.kernel import Refused
from mingbai.meetings import queries as meetings
from mingbai.meetings.queries import Meeting
from mingbai.organisations.rules import may_see
from mingbai.printing import press

TEMPLATES = Path(printing.__file__).parent / "data"
Asked = dict[str, Any]


def _documents(*papers: Any) -> dict[str, Any]:
    return {"documents": list(papers)}


KINDS: dict[str, tuple[str, str, Callable[[Source, Asked], dict[str, Any]]]] = {
    "notice": ("会议通知", "document.typ", lambda of, _asked: _documents(notice.content(of))),
    "roll": ("签到册", "roll.typ", lambda of, _asked: roll.content(of)),
    "ballots": ("表决票", "ballots.typ", lambda of, asked: ballots.content(of, **asked)),
    "minutes": ("会议记录", "document.typ", lambda of, _asked: _documents(minutes.content(of))),
    "resolution": (
        "决议", "document.typ", lambda of, asked: _documents(*resolution.content(of, asked.get("item")))
    ),
}  # fmt: skip
"""Kind of paper in the address: its name, its template, what it says."""


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
        made = _made(source(meeting, request.today), kind, request)
    except Refused as refusal:
        return _refused(request, meeting, refusal)
    response = HttpResponse(made, content_type="application/pdf")
    name = f"{KINDS[kind][0]}-{meeting.body_title}-{meeting.floor.held_on}.pdf"
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


def _made(of: Source, kind: str, request: HttpRequest) -> bytes:
    _name, template, say = KINDS[kind]
    given = say(of, _asked(request, kind))
    demo = "演示" if settings.MINGBAI_DEMO else ""
    return press.print_pdf(TEMPLATES / template, {**given, "demo": demo}, of.meeting.recorded_at)


def _asked(request: HttpRequest, kind: str) -> Asked:
    """What the address asks for besides. Raises `Refused` when a number in it is none."""
    numbers = {"ballots": ("item", "copies"), "resolution": ("item",)}.get(kind, ())
    asked: Asked = {name: _number(request.GET[name]) for name in numbers if request.GET.get(name)}
    return {**asked, "named": request.GET.get("named") == "1"} if kind == "ballots" else asked


def _number(text: str) -> int:
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
