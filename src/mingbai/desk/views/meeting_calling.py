"""The form that calls a meeting: its body, its day and place, and the matters that it is to decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingbai.cases import queries as cases
from mingbai.cases.queries import ForMeeting
from mingbai.desk import opening, rolling
from mingbai.desk.meetings import convening
from mingbai.desk.views.access import for_office_holder
from mingbai.kernel import Refused
from mingbai.meetings.services import Motion, Plan, call_meeting
from mingbai.organisations.queries import DivisionView

MORE = ("1", "2", "3")
"""Lines for matters that no case stands behind."""
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(:\d\d)?")


@require_http_methods(["GET", "POST"])
@for_office_holder
def call(request: HttpRequest) -> HttpResponse:
    """Choose a village and a body, then say when, where and what for."""
    given = request.POST if request.method == "POST" else request.GET
    village = _village(request, given.get("village", ""))
    if village is None:
        return _shown(request, villages=rolling.villages_of(request.actor, request.today))
    bodies = convening.bodies_to_call(request.actor, village, request.today)
    chosen = next((one for one in bodies if one.rule.id == given.get("body")), None)
    if chosen is None:
        return _shown(request, village=village, bodies=bodies)
    refusal = chosen.refusal
    if request.method == "POST":
        try:
            return _call(request, village, chosen.rule.id)
        except Refused as problem:
            refusal = problem
    return _form(request, village, chosen, refusal)


def _village(request: HttpRequest, code: str) -> DivisionView | None:
    """The village named, or the only one there is; None when there is a choice, or none to choose."""
    villages = rolling.villages_of(request.actor, request.today)
    if len(villages) == 1 and not code:
        return villages[0]
    return next((one for one in villages if one.code == code), None)


def _form(
    request: HttpRequest, village: DivisionView, chosen: convening.Callable, refusal: Refused | None
) -> HttpResponse:
    rule = chosen.rule
    asked = f"{request.GET.get('case', '')}/{request.GET.get('step', '')}"
    picked = request.POST.getlist("steps") if request.method == "POST" else [asked]
    return _shown(
        request,
        status=422 if refusal and request.method == "POST" else 200,
        village=village,
        rule=rule,
        rule_words=list(convening.in_words(rule)),
        steps=[
            (one, f"{one.case}/{one.step}" in picked, request.POST.get(f"matter-{one.case}/{one.step}", ""))
            for one in convening.steps_of(request.actor, request.today, village.code, rule.id)
        ],
        matters=convening.matters_of(village, rule.id, request.today),
        more=[(n, request.POST.get(f"text-{n}", ""), request.POST.get(f"matter-{n}", "")) for n in MORE],
        households=convening.knows_households(rule),
        refusal=refusal,
        unable=chosen.refusal,
        entered=request.POST,
    )


def _call(request: HttpRequest, village: DivisionView, body: str) -> HttpResponse:
    post = request.POST
    waiting = convening.steps_of(request.actor, request.today, village.code, body)
    called = call_meeting(
        village=village.code,
        body=body,
        plan=Plan(
            held_on=_day(post.get("held_on", ""), _("哪天开")),
            starts_at=_clock(post.get("starts_at", "")),
            place=post.get("place", ""),
            notified_on=_day(post.get("notified_on", ""), _("哪天通知的")),
            urgent_reason=post.get("urgent_reason", "").strip()[:200],
            by_household=post.get("by") == "household",
        ),
        motions=list(_motions(request, waiting)),
        by=request.actor,
        at=request.now,
    )
    return HttpResponseRedirect(reverse("desk:meeting", args=[called.number]))


def _motions(request: HttpRequest, waiting: tuple[ForMeeting, ...]) -> Iterator[Motion]:
    """The agenda: the steps that were ticked, then what was written besides."""
    known = {f"{one.case}/{one.step}": one for one in waiting}
    for key in dict.fromkeys(request.POST.getlist("steps")):
        if key not in known:
            raise Refused(_("选的事项已经不等会议表决了"), remedy=_("看一看现在等表决的有哪些，重新选"))
        one, matter = known[key], request.POST.get(f"matter-{key}", "")
        yield Motion(one.title, one.case, one.step, matter, cases.interested_in(one.case))
    for n in MORE:
        text = request.POST.get(f"text-{n}", "").strip()
        if text:
            yield Motion(text, matter=request.POST.get(f"matter-{n}", ""))


def _day(text: str, what: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as bad:
        raise Refused(_("“%s”没有填，或者看不懂") % what, remedy=_("写成 2026-11-23 这样")) from bad


def _clock(text: str) -> str:
    """09:30 for 9:30 and for 09:30:00; what is no time is left for meetings to refuse."""
    found = _CLOCK.fullmatch(text.strip())
    return f"{int(found[1]):02d}:{found[2]}" if found else text


def _shown(request: HttpRequest, status: int = 200, **context: Any) -> HttpResponse:
    who = opening.describe(request.actor, request.today)
    context = {"who": who, "today": request.today, "query": request.GET, **context}
    return render(request, "desk/meeting_call.html", context, status=status)
