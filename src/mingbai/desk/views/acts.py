"""One page per act: read what was entered, make one call inward, show the refusal if there is one."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingbai.cases import queries as cases
from mingbai.cases import services
from mingbai.desk import drafts, entering, opening
from mingbai.desk.meetings import handing
from mingbai.desk.views.access import for_case, for_office_holder
from mingbai.kernel import Refused
from mingbai.kernel.day_boxes import period


@require_http_methods(["GET", "POST"])
@for_office_holder
def open_case(request: HttpRequest) -> HttpResponse:
    """Begin to exercise a power: choose which and say what for."""
    beginnings = opening.may_open(request.actor, request.today)
    refusal = None
    if request.method == "POST":
        try:
            return _to_first_step(request, _open(request, beginnings))
        except Refused as problem:
            refusal = problem
    context = {
        "beginnings": beginnings,
        "villages": sorted({one for each in beginnings for one in each.villages}, key=lambda one: one.code),
        "refusal": refusal,
        "entered": request.POST,
        "who": opening.describe(request.actor, request.today),
    }
    return render(request, "desk/open_case.html", context, status=422 if refusal else 200)


def _open(request: HttpRequest, beginnings: tuple[opening.Beginning, ...]) -> str:
    chosen = next((one for one in beginnings if one.power.id == request.POST.get("what")), None)
    if chosen is None:
        raise Refused(_("还没有选要办哪一项"), remedy=_("在上面选一项再点开始"))
    codes = [one.code for one in chosen.villages]
    wanted = request.POST.get("village") or codes[0]
    if wanted not in codes or (len(codes) > 1 and not request.POST.get("village")):
        raise Refused(_("还没有选是哪个村的事"), remedy=_("选好村再点开始"))
    opened = services.open_case(
        power=chosen.power.id,
        village=wanted,
        title=request.POST.get("title", "").strip(),
        occurred_on=request.today,
        by=request.actor,
        at=request.now,
    )
    return opened.number


def _to_first_step(request: HttpRequest, number: str) -> HttpResponse:
    mine = [one for one in cases.awaiting(request.actor, request.today) if one.case == number]
    if mine:
        return HttpResponseRedirect(reverse("desk:step", args=[number, mine[0].step]))
    return HttpResponseRedirect(reverse("desk:case", args=[number]))


@require_http_methods(["GET", "POST"])
@for_case
def step(request: HttpRequest, step: str) -> HttpResponse:
    """Do one step of a case, or keep what was entered for later."""
    number = request.case.number
    kept = drafts.read(request.user, number, step)
    if request.method == "GET":
        held = handing.resolution_for(request.GET.get("resolution", ""), number, step)
        return show(request, step, handing.with_resolution(kept, held) if held else kept)
    try:
        kept = entering.receive(request, kept)
        drafts.keep(request.user, number, step, kept, request.now)
        if request.POST.get("do") == "keep":
            return show(request, step, kept)
        _complete(request, step, kept)
    except Refused as problem:
        return show(request, step, kept, problem)
    drafts.drop(request.user, number, step)
    return HttpResponseRedirect(reverse("desk:case", args=[number]))


def _complete(request: HttpRequest, step: str, kept: drafts.Kept) -> None:
    services.complete_step(
        case=request.case.number,
        step=step,
        values={key: value for key, value in kept.values.items() if key != "occurred_on"},
        papers=kept.papers,
        occurred_on=read_day(kept.values.get("occurred_on", ""), request.today),
        by=request.actor,
        at=request.now,
        seen=entering.seen_version(request),
    )


def read_day(text: str, today: date) -> date:
    """A day as entered; today when nothing was.

    Raises:
        Refused: it is no day.
    """
    try:
        return date.fromisoformat(text) if text else today
    except ValueError as bad:
        raise Refused(_("日期看不懂：%s") % text, remedy=_("写成 2026-11-23 这样")) from bad


def show(request: HttpRequest, step: str, kept: drafts.Kept, refusal: Refused | None = None) -> HttpResponse:
    """The page of a step, with what was entered so far and why it was refused."""
    try:
        form = cases.step_form(request.case.number, step, request.actor, request.today)
    except Refused as unknown:
        if refusal is None:
            raise Http404("没有这一步") from unknown
        return told(request, refusal)
    context = entering.page(request, form, kept, refusal)
    if form.notice:
        hung = form.notice
        context["boxes"] = period(hung.begins, hung.until, request.today, hung.not_counted(request.today))
    context["who"] = opening.describe(request.actor, request.today)
    return render(request, "desk/step.html", context, status=422 if refusal else 200)


def told(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal on a page of its own, for acts that have no form to go back to."""
    context = {
        "case": request.case,
        "refusal": refusal,
        "who": opening.describe(request.actor, request.today),
    }
    return render(request, "desk/refused.html", context, status=422)


@require_POST
@for_case
def send_back(request: HttpRequest, step: str) -> HttpResponse:
    """Return the case to an earlier step, with the reason."""
    try:
        services.return_step(
            case=request.case.number,
            step=step,
            to=request.POST.get("to", ""),
            reason=request.POST.get("reason", "").strip(),
            occurred_on=request.today,
            by=request.actor,
            at=request.now,
        )
    except Refused as problem:
        return show(request, step, drafts.read(request.user, request.case.number, step), problem)
    return HttpResponseRedirect(reverse("desk:case", args=[request.case.number]))
