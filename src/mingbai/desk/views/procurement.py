"""Buying in a village at the desk: calls for quotes, retentions due, what R02 and R12 notice, suppliers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mingbai.cases.queries.nearing import near_limit
from mingbai.desk import buying, opening
from mingbai.desk.buying import for_village
from mingbai.desk.views.access import for_office_holder
from mingbai.kernel import Refused
from mingbai.procurement import services
from mingbai.procurement.queries.calls import calls_of
from mingbai.procurement.queries.retentions import retentions
from mingbai.procurement.queries.suppliers import firms, kin_in_office
from mingbai.procurement.rules.suppliers import KINDS


@require_GET
@for_office_holder
def villages(request: HttpRequest) -> HttpResponse:
    """The villages whose purchases I may see; with one only, its page."""
    found = buying.villages_of(request.actor, request.today)
    if len(found) == 1:
        return redirect("desk:procurement-village", found[0].code)
    return _page(request, "desk/procurement_villages.html", villages=found)


@require_GET
@for_village
def village(request: HttpRequest) -> HttpResponse:
    """A village: calls, retentions, and awards just below a limit."""
    code, today = request.village.code, request.today
    return _page(
        request, "desk/procurement_village.html", village=request.village, calls=calls_of([code]),
        held=[(one, one.due(today)) for one in retentions([code])], near=near_limit(code, today),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_village
def supplier(request: HttpRequest) -> HttpResponse:
    """The suppliers, whose relatives hold office; register one, or say which belong together."""
    refusal, code = None, request.village.code
    if request.method == "POST":
        try:
            _registered(request)
            return HttpResponseRedirect(reverse("desk:procurement-village", args=[code]))
        except Refused as problem:
            refusal = problem
    rows = [
        (n, request.POST.get(f"owner-{n}", ""), request.POST.get(f"percent-{n}", "")) for n in buying.OWNERS
    ]
    known = list(firms().values())
    return _page(
        request, "desk/procurement_supplier.html", village=request.village, refusal=refusal, entered=request.POST,
        rows=rows, suppliers=known, kinds=KINDS.items(), kin=kin_in_office(known, code, request.today),
        registers=buying.registers(request.actor, code, request.today),
    )  # fmt: skip


def _registered(request: HttpRequest) -> None:
    post, code = request.POST, request.village.code
    common = {"village": code, "by": request.actor, "at": request.now}
    if post.get("do") == "relate":
        services.relate_suppliers(
            first=post.get("first", ""), second=post.get("second", ""), kind=post.get("kind", ""),
            reason=post.get("reason", ""), **common,
        )  # fmt: skip
        return
    services.register_supplier(
        uscc=post.get("uscc", ""), name=post.get("name", ""), legal=post.get("legal", ""),
        owners=buying.read_owners(post), **common,
    )  # fmt: skip


def _page(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    who = opening.describe(request.actor, request.today)
    status = 422 if context.get("refusal") else 200
    return render(request, template, {**context, "who": who, "today": request.today}, status=status)
