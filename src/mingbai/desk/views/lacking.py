"""缺单据: vouchers without an original, by village and month, and adding the paper when it comes."""

from __future__ import annotations

from itertools import groupby

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from mingbai.desk import opening
from mingbai.desk.views.access import for_office_holder
from mingbai.evidence.services import examine, keep_examined
from mingbai.kernel import Refused
from mingbai.ledger import papers as ledger
from mingbai.ledger import queries as vouchers
from mingbai.ledger.services.attaching import attach_paper
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView
from mingbai.organisations.rules import may_see


@require_GET
@for_office_holder
def villages(request: HttpRequest) -> HttpResponse:
    """The villages within my reach and how many vouchers of each lack their paper; with one only, its list."""
    counts = ledger.count_lacking()
    mine = [one for one in organisations.villages() if may_see(request.actor, one.code, request.today)]
    if len(mine) == 1:
        return redirect("desk:lacking", mine[0].code)
    lines = sorted(((one, counts.get(one.code, 0)) for one in mine), key=lambda line: -line[1])
    who = opening.describe(request.actor, request.today)
    return render(request, "desk/lacking_villages.html", {"lines": lines, "who": who})


@require_http_methods(["GET", "POST"])
@for_office_holder
def lacking(request: HttpRequest, village: str) -> HttpResponse:
    """What lacks its paper in a village, month by month, and a place to add it."""
    view, refusal = _village(request, village), None
    offices = request.actor.offices_in(village, request.today)
    if request.method == "POST":
        try:
            _attach(request, village, offices)
            return redirect("desk:lacking", village)
        except Refused as problem:
            refusal = problem
    found = ledger.lacking(village)
    months = [(month, tuple(rows)) for month, rows in groupby(found, key=lambda one: one.month)]
    context = {
        "village": view, "months": months, "count": len(found), "refusal": refusal, "mine": bool(offices),
        "who": opening.describe(request.actor, request.today),
    }  # fmt: skip
    return render(request, "desk/lacking.html", context, status=422 if refusal else 200)


def _village(request: HttpRequest, village: str) -> DivisionView:
    try:
        view = organisations.division(village)
    except Refused as unknown:
        raise Http404("没有这个村") from unknown
    if not may_see(request.actor, village, request.today):
        raise Http404("没有这个村")
    return view


@transaction.atomic
def _attach(request: HttpRequest, village: str, offices: tuple[str, ...]) -> None:
    file, number = request.FILES.get("paper"), request.POST.get("number", "")
    if not offices:
        raise Refused("单据由本村补", remedy="请本村的办事人员补")
    if file is None:
        raise Refused("没有选单据", remedy="拍照或者选一个文件再补")
    case = vouchers.voucher(village, number).case
    kept = keep_examined(
        examined=examine(file.read()), label=request.POST.get("label", ""), village=village,
        actor=request.actor.person, at=request.now, subject=f"case:{case}" if case else None,
    )  # fmt: skip
    attach_paper(
        village=village, number=number, paper=kept.id, by=request.actor, office=offices[0], at=request.now
    )
