"""Requisitions at the desk: entered whole, the list of compensation, the list of social insurance quotas."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingbai.cases import queries as cases
from mingbai.desk import letting
from mingbai.desk.letting import for_land, shown
from mingbai.desk.registering import day
from mingbai.kernel import Refused
from mingbai.land import services
from mingbai.land.queries.access import settings_on
from mingbai.land.queries.requisitions import RequisitionView, requisition
from mingbai.land.rules import Settings


@require_http_methods(["GET", "POST"])
@for_land
def add(request: HttpRequest) -> HttpResponse:
    """Enter a requisition whole: announcement, land, compensation by item, a row for each household."""
    refusal = None
    if request.method == "POST":
        try:
            with transaction.atomic():
                number = _register(request)
            return redirect("desk:land-requisition", request.village.code, number)
        except Refused as problem:
            refusal = problem
    rules, said = settings_on(request.today).requisition, request.POST
    lands = [(one.id, one.title, said.get(f"land_{one.id}", "")) for one in rules.lands]
    items = [
        (one.id, one.title, one.kept, said.get(f"item_{one.id}", ""), said.get(f"kept_{one.id}", ""))
        for one in rules.items
    ]
    return shown(
        request, "desk/land_requisition_new.html", refusal=refusal, lands=lands, items=items, said=said,
        status=422 if refusal else 200,
    )  # fmt: skip


def _register(request: HttpRequest) -> str:
    said, case = request.POST, request.POST.get("case", "").strip()
    if cases.case(case).village != request.village.code:
        raise Refused(_("这件事不是本村的"), remedy=_("核对事项编号"))
    return services.register_requisition(
        village=request.village.code, case=case, title=said.get("title", ""), award=letting.award(request),
        announced_on=day(said.get("announced_on", "")), paper=letting.kept_paper(request, "征地公告"),
        by=request.actor, at=request.now,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_land
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One requisition: sums, households, quotas and who stands on their list."""
    settings = settings_on(request.today)
    view, refusal = _view(request, number, settings), None
    if request.method == "POST":
        try:
            to = _do(request, view)
            return to or redirect("desk:land-requisition", request.village.code, number)
        except Refused as problem:
            refusal = problem
    rules = settings.quota
    return shown(
        request, "desk/land_requisition.html", view=view, refusal=refusal, said=request.POST if refusal else {},
        items=settings.requisition.items, asked=(rules.least_age.citation.spoken(), rules.least_age.value, rules.shown_days.value),
        status=422 if refusal else 200,
    )  # fmt: skip


def _view(request: HttpRequest, number: str, settings: Settings) -> RequisitionView:
    try:
        found = requisition(number, request.today, settings)
    except Refused as unknown:
        raise Http404(unknown.reason) from unknown
    if found.village != request.village.code:
        raise Http404("没有这次征收")
    return found


def _do(request: HttpRequest, view: RequisitionView) -> HttpResponse | None:
    """Carry out what the button said; an answer of its own when it leads elsewhere."""
    said, number = request.POST, view.number
    by = {"by": request.actor, "at": request.now}
    match said.get("do"):
        case "pay":
            made = services.make_compensation_list(requisition=number, **by)
            return redirect("desk:land-payment", request.village.code, made.number)
        case "correct":
            _correct(request, number)
        case "approve":
            services.approve_requisition(
                requisition=number, document=said.get("document", ""), authority=said.get("authority", ""),
                on=day(said.get("on", "")), paper=letting.kept_paper(request, "征地批准文件"), **by,
            )  # fmt: skip
        case "quotas":
            services.give_quotas(
                requisition=number,
                count=_count(said.get("count", "")),
                document=said.get("document", ""),
                **by,
            )
        case "add":
            _add(request, view)
        case "remove":
            _remove(request, view)
        case "publicise":
            services.publicise_quotas(requisition=number, **by)
        case "report":
            services.report_quotas(requisition=number, **by)
        case _:
            raise Refused(_("没有选办什么"), remedy=_("点页面上的按钮"))
    return None


def _correct(request: HttpRequest, number: str) -> None:
    """Households' lines put right; what the collective keeps only where the box says something."""
    said = request.POST
    items = settings_on(request.today).requisition.items
    kept = {
        one.id: letting.money(said[f"kept_{one.id}"])
        for one in items
        if said.get(f"kept_{one.id}", "").strip()
    }
    own = said.get("collective_area", "").strip()
    with transaction.atomic():
        services.correct_requisition(
            requisition=number, rows=letting.shares(said.get("rows", ""), [one.id for one in items]), kept=kept,
            collective_area=letting.area(own) if own else None, reason=said.get("reason", ""),
            paper=letting.kept_paper(request, "更正征地补偿的依据"), by=request.actor, at=request.now,
        )  # fmt: skip


def _count(text: str) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise Refused(_("名额要写整数"), remedy=_("照文件填写"))
    return int(text)


def _add(request: HttpRequest, view: RequisitionView) -> None:
    said, home = request.POST, request.POST.get("household", "")
    if home not in {str(share.household) for share in view.shares}:
        raise Refused(_("没有选哪一户"), remedy=_("从被征地的户里选"))
    services.add_candidate(
        requisition=view.number, household=int(home), name=said.get("name", ""), reason=said.get("reason", ""),
        id_number=said.get("id_number", ""), by=request.actor, at=request.now,
    )  # fmt: skip


def _remove(request: HttpRequest, view: RequisitionView) -> None:
    id = request.POST.get("candidate", "")
    if id not in {str(person.id) for person in view.candidates}:
        raise Refused(_("名单上没有这个人"), remedy=_("从名单里选"))
    services.remove_candidate(
        candidate=int(id), reason=request.POST.get("reason", ""), by=request.actor, at=request.now
    )
