"""Objections: raised by anyone without an account, answered by another body than the one complained of."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingbai.cases import queries as cases
from mingbai.complaints import queries, services
from mingbai.desk import opening
from mingbai.desk.views.access import for_office_holder
from mingbai.kernel import Refused
from mingbai.organisations.rules import may_see
from mingbai.procedures.queries import procedure


@require_http_methods(["GET", "POST"])
def lodge(request: HttpRequest) -> HttpResponse:
    """Say what is wrong and what should happen; the answer page shows the receipt code once."""
    entered = request.POST if request.method == "POST" else request.GET
    context = {"entered": entered, "refusal": None, "lodged": None}
    if request.method == "POST":
        try:
            context["lodged"] = _lodge(request)
        except Refused as problem:
            context["refusal"] = problem
    return render(request, "desk/objection.html", context, status=422 if context["refusal"] else 200)


def _lodge(request: HttpRequest) -> services.Lodged:
    return services.lodge_objection(
        case=request.POST.get("case", "").strip(),
        step=request.POST.get("step", "").strip(),
        text=request.POST.get("text", "").strip(),
        remedy=request.POST.get("remedy", "").strip(),
        contact=request.POST.get("contact", "").strip() or None,
        occurred_on=request.today,
        at=request.now,
    )


@require_GET
def status(request: HttpRequest) -> HttpResponse:
    """How an objection stands, by its receipt code typed into the form."""
    receipt = request.GET.get("receipt", "").strip()
    context = {"receipt": receipt, "found": None, "refusal": None}
    if receipt:
        try:
            context["found"] = queries.status(receipt)
        except Refused as problem:
            context["refusal"] = problem
    return render(request, "desk/objection_status.html", context)


@require_http_methods(["GET", "POST"])
@for_office_holder
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Read what was objected to, and answer it."""
    found = _within_reach(request, number)
    refusal = None
    if request.method == "POST":
        try:
            _answer(request, number)
            return HttpResponseRedirect(reverse("desk:home"))
        except Refused as problem:
            refusal = problem
    case = cases.case(found.case)
    context = {
        "objection": found,
        "case": case,
        "step": procedure(case.edition, case.procedure).nodes[found.step].title,
        "entered": request.POST,
        "refusal": refusal,
        "who": opening.describe(request.actor, request.today),
    }
    return render(request, "desk/objection_answer.html", context, status=422 if refusal else 200)


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


def _within_reach(request: HttpRequest, number: str) -> queries.ObjectionStatus:
    found = queries.objection(number)
    if found is None or not may_see(request.actor, found[0], request.today):
        raise Http404("没有这件异议")
    return found[1]
