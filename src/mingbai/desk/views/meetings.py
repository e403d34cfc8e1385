"""The hall of a meeting: its page, one entry by a plain form, a tablet's queue of entries, photographs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingbai.desk import opening
from mingbai.desk.meetings import reading
from mingbai.desk.meetings.access import for_hall
from mingbai.desk.meetings.page import hall
from mingbai.evidence.services import examine, keep_examined
from mingbai.kernel import Refused
from mingbai.meetings import queries as meetings
from mingbai.meetings.events import Noted
from mingbai.meetings.services import Sent, note
from mingbai.organisations import queries as organisations

MOST_PHOTOS = 10
ONLY_WHO = frozenset({"came", "left"})
"""Entries after which only the roll looks different; the tablet knows that without being told."""
Typed = Mapping[str, Mapping[str, str]]


@require_GET
@for_hall
def meeting(request: HttpRequest) -> HttpResponse:
    """The page from which the meeting is run."""
    return shown(request)


def shown(request: HttpRequest, refusal: Refused | None = None, typed: Typed | None = None) -> HttpResponse:
    """The page, with why something was refused and what had been typed."""
    context = {**_context(request, typed), "refusal": refusal}
    return render(request, "desk/meeting_hall.html", context, status=422 if refusal else 200)


def _context(request: HttpRequest, typed: Typed | None = None) -> dict[str, Any]:
    place = organisations.division(request.meeting.village)
    return {
        "hall": hall(request.meeting, place.short, typed),
        "meeting": request.meeting,
        "floor": request.meeting.floor,
        "rule": request.meeting.floor.rule,
        "place": place,
        "unable": request.unable,
        "me": request.actor.person,
        "key": uuid4().hex,
        "figures": _figures(),
        "today": request.today,
        "who": opening.describe(request.actor, request.today, place),
    }


def _figures() -> list[tuple[str, str]]:
    labels = (_("同意"), _("反对"), _("弃权"), _("废票"), _("没有投"))
    return list(zip(reading.COUNTS, labels, strict=True))


@require_POST
@for_hall
def enter(request: HttpRequest) -> HttpResponse:
    """Take in one entry from a plain form; a refusal shows the page again with what had been typed."""
    sent = reading.sent_by_form(request.POST)
    try:
        done = _note(request, [sent])[0]
    except Refused as refusal:
        return shown(request, refusal, _typed(request))
    if done.refusal:
        return shown(request, done.refusal, _typed(request))
    return HttpResponseRedirect(_page(request, request.POST.get("form", "")))


def _note(request: HttpRequest, sent: Sequence[Sent]) -> tuple[Noted, ...]:
    return note(meeting=request.meeting.number, sent=sent, by=request.actor, at=request.now)


def _typed(request: HttpRequest) -> Typed:
    return {request.POST.get("form", ""): request.POST.dict()}


def _page(request: HttpRequest, form: str = "") -> str:
    place = (
        f"#item-{form.rpartition('-')[2]}"
        if form.rpartition("-")[2].isdigit()
        else f"#{form}"
        if form
        else ""
    )
    return reverse("desk:meeting", args=[request.meeting.number]) + place


@require_POST
@for_hall
def entries(request: HttpRequest) -> HttpResponse:
    """Take in a tablet's queue: what each entry came to, and what the tablet cannot know by itself.

    Who is here and the changed part of the page are sent only when somebody else wrote, or more changed than who is
    here: the network of a village hall is poor.
    """
    try:
        sent, seen = reading.sent_by_tablet(request)
        done = _note(request, sent)
    except Refused as refusal:
        return JsonResponse({"refusal": refusal.reason, "remedy": refusal.remedy}, status=422)
    before = request.meeting.last
    request.meeting = meetings.meeting(request.meeting.number)
    kinds = {str(one.data.get("kind")) for one in sent}
    told = seen == before and kinds <= ONLY_WHO
    return JsonResponse({
        "results": [_said(one) for one in done],
        "last": request.meeting.last,
        "here": None if told else _here(request),
        "live": None if told else render_to_string("desk/_meeting_live.html", _context(request), request),
    })  # fmt: skip


def _said(one: Noted) -> dict[str, Any]:
    said: dict[str, Any] = {"key": one.key, "taken": one.taken}
    if one.refusal:
        said |= {"refusal": one.refusal.reason, "remedy": one.refusal.remedy or ""}
    return said


def _here(request: HttpRequest) -> dict[str, list[str]]:
    return {person: [str(one.way), one.proxy or ""] for person, one in request.meeting.floor.came.items()}


@require_POST
@for_hall
def photos(request: HttpRequest) -> HttpResponse:
    """Keep photographs and signature pages, and write down that they are of this meeting."""
    try:
        if request.unable:
            raise request.unable
        _keep(request)
    except Refused as refusal:
        return shown(request, refusal)
    return HttpResponseRedirect(_page(request, "papers"))


def _keep(request: HttpRequest) -> None:
    files = request.FILES.getlist("photos")
    if not 1 <= len(files) <= MOST_PHOTOS:
        raise Refused(_("没有选照片，或者一次超过 10 张"), remedy=_("选 1 到 10 张再传"))
    label = request.POST.get("label", "").strip()
    examined = [examine(file.read()) for file in files]
    for one in examined:
        kept = keep_examined(
            examined=one, label=label, village=request.meeting.village, actor=request.actor.person,
            at=request.now, subject=f"meeting:{request.meeting.number}",
        )  # fmt: skip
        done = _note(request, [Sent(kept.id, {"kind": "shown", "paper": kept.id, "label": label})])[0]
        if done.refusal:
            raise done.refusal


@require_GET
@for_hall
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps this meeting's page for when there is no network; its reach is this address and below."""
    script = Path(finders.find("mingbai/meeting-worker.js"))
    return HttpResponse(script.read_bytes(), content_type="text/javascript")
