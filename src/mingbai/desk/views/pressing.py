"""More time, and one more signature: asked for, given, refused."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingbai.cases import queries as cases
from mingbai.cases import services
from mingbai.desk import opening
from mingbai.desk.views.access import for_case
from mingbai.desk.views.acts import told
from mingbai.kernel import Refused


@require_POST
@for_case
def extend(request: HttpRequest, step: str) -> HttpResponse:
    """Give a waiting step more time, from above, with a reason."""
    try:
        services.extend_step(
            case=request.case.number,
            step=step,
            until=_day(request.POST.get("until", "")),
            reason=request.POST.get("reason", "").strip(),
            occurred_on=request.today,
            by=request.actor,
            at=request.now,
        )
    except Refused as problem:
        return told(request, problem)
    return HttpResponseRedirect(reverse("desk:case", args=[request.case.number]))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as bad:
        raise Refused(_("日期看不懂：%s") % text[:20], remedy=_("写成 2026-11-23 这样")) from bad


@require_POST
@for_case
def ask(request: HttpRequest, step: str) -> HttpResponse:
    """Ask another office to sign the waiting step first."""
    try:
        services.ask_signature(
            case=request.case.number,
            step=step,
            office=request.POST.get("office", ""),
            reason=request.POST.get("reason", "").strip(),
            occurred_on=request.today,
            by=request.actor,
            at=request.now,
        )
    except Refused as problem:
        return told(request, problem)
    return HttpResponseRedirect(reverse("desk:case", args=[request.case.number]))


@require_http_methods(["GET", "POST"])
@for_case
def sign(request: HttpRequest, step: str) -> HttpResponse:
    """Read what the signature is for, and give or refuse it."""
    refusal = None
    if request.method == "POST":
        try:
            _sign(request, step)
            return HttpResponseRedirect(reverse("desk:home"))
        except Refused as problem:
            refusal = problem
    asked = cases.signatures_of(request.case.number, step)
    if not asked:
        raise Http404("没有人请签这一步")
    context = {
        "case": request.case,
        "asked": asked,
        "form": cases.step_form(request.case.number, step, request.actor, request.today),
        "entered": request.POST,
        "refusal": refusal,
        "who": opening.describe(request.actor, request.today),
    }
    return render(request, "desk/sign.html", context, status=422 if refusal else 200)


def _sign(request: HttpRequest, step: str) -> None:
    if request.POST.get("agrees") not in ("yes", "no"):
        raise Refused(_("还没有选同意不同意"), remedy=_("选一个再交"))
    services.give_signature(
        case=request.case.number,
        step=step,
        agrees=request.POST["agrees"] == "yes",
        opinion=request.POST.get("opinion", "").strip(),
        occurred_on=request.today,
        by=request.actor,
        at=request.now,
    )
