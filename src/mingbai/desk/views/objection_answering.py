"""Answering an objection, or extending its last day once, by an office that may."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingbai.cases import queries as cases
from mingbai.complaints import queries, services
from mingbai.desk import opening
from mingbai.desk.views.access import for_office_holder
from mingbai.kernel import Refused
from mingbai.organisations.rules import may_see
from mingbai.procedures.queries import procedure


@require_http_methods(["GET", "POST"])
@for_office_holder
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Read what was objected to, and answer it or extend it."""
    found = _within_reach(request, number)
    refusal = None
    if request.method == "POST":
        try:
            return _act(request, number)
        except Refused as problem:
            refusal = problem
    office = queries.may_answer(number, request.actor, request.today)
    context = {
        "objection": found,
        "case": cases.case(found.case) if found.case else None,
        "step": found.step_title or _step(found),
        "office": office,
        "offices": queries.answering_titles(number),
        # What was handed in with it is for those who answer, not for those complained of.
        "papers": found.papers if office else (),
        "entered": request.POST,
        "refusal": refusal,
        "today": request.today,
        "who": opening.describe(request.actor, request.today),
    }
    return render(request, "desk/objection_answer.html", context, status=422 if refusal else 200)


def _act(request: HttpRequest, number: str) -> HttpResponse:
    if request.POST.get("do") == "extend":
        _extend(request, number)
        return HttpResponseRedirect(reverse("desk:answer-objection", args=[number]))
    _answer(request, number)
    return HttpResponseRedirect(reverse("desk:home"))


def _answer(request: HttpRequest, number: str) -> None:
    if request.POST.get("upheld") not in ("yes", "no"):
        raise Refused(_("还没有选异议成不成立"), remedy=_("选一个再交"))
    services.answer_objection(
        objection=number,
        answer=request.POST.get("answer", "").strip(),
        upheld=request.POST["upheld"] == "yes",
        occurred_on=request.today,
        by=request.actor,
        at=request.now,
    )


def _extend(request: HttpRequest, number: str) -> None:
    text = request.POST.get("until", "")
    try:
        until = date.fromisoformat(text)
    except ValueError as bad:
        raise Refused(_("日期看不懂：%s") % text, remedy=_("写成 2026-11-23 这样")) from bad
    services.extend_objection(
        objection=number,
        until=until,
        reason=request.POST.get("reason", "").strip(),
        occurred_on=request.today,
        by=request.actor,
        at=request.now,
    )


def _step(found: queries.ObjectionStatus) -> str:
    """The step or line complained of, as people call it."""
    if not found.case or not found.step:
        return found.line_title
    case = cases.case(found.case)
    return procedure(case.edition, case.procedure).nodes[found.step].title


def _within_reach(request: HttpRequest, number: str) -> queries.ObjectionStatus:
    found = queries.objection(number)
    if found is None or not may_see(request.actor, found[0], request.today):
        raise Http404("没有这件异议")
    return found[1]
