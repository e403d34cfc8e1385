"""撤下误公开的: what tells a person's data by mistake, asked for by one of the town, confirmed by another."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mingbai.desk import opening
from mingbai.desk.views.access import for_office_holder
from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import Publication
from mingbai.disclosure.services import withdrawing
from mingbai.evidence.queries import withdrawals as asked_for
from mingbai.kernel import Refused
from mingbai.organisations.rules import Actor, may_see

VILLAGE_CODE = 12
WHOLE, ALL_OF_CASE = "", "case"


@require_http_methods(["GET", "POST"])
@for_office_holder
def withdrawals(request: HttpRequest) -> HttpResponse:
    """What was asked for within reach, asking for another, and the second person's word."""
    within, refusal = reach(request.actor, request.today), None
    if not within:
        raise Http404("没有这一页")
    if request.method == "POST":
        try:
            _do(request)
            return redirect("desk:withdrawals")
        except Refused as problem:
            refusal = problem
    said = request.POST or request.GET
    found = _meant(request, said.get("publication", ""))
    context = {
        "asked": asked_for(within), "found": found, "typed": said.get("publication", ""), "reason": said.get("reason", ""),
        "beside": len(disclosure.of_case(found.case)) if found and found.case else 0, "refusal": refusal,
        "mine": request.actor.person, "who": opening.describe(request.actor, request.today),
    }  # fmt: skip
    return render(request, "desk/withdrawals.html", context, status=422 if refusal else 200)


def reach(actor: Actor, today: date) -> str:
    """The code of the town or of the district by whose office the person acts; empty for an office of a village."""
    held = (one.division for one in actor.mandates if one.active(today))
    return min((code for code in held if len(code) < VILLAGE_CODE), key=len, default="")


def _meant(request: HttpRequest, typed: str) -> Publication | None:
    """The publication that was typed, by its number or by its address; only one within reach."""
    word = typed.strip().rstrip("/").rpartition("/")[2]
    found = disclosure.publication(word) if word else None
    return found if found and may_see(request.actor, found.village, request.today) else None


def _do(request: HttpRequest) -> None:
    said = request.POST
    if said.get("do") in ("down", "kept") and said.get("asked", "").isdecimal():
        withdrawing.settle(
            asked=int(said["asked"]), taken_down=said["do"] == "down", by=request.actor, at=request.now
        )
        return
    found = _meant(request, said.get("publication", ""))
    if found is None:
        raise Refused("没有这一条公布", remedy="把公布页的地址或者编号抄过来")
    what = said.get("what", WHOLE)
    ids = (
        [one.id for one in disclosure.of_case(found.case) if not one.withdrawn]
        if what == ALL_OF_CASE
        else [found.id]
    )
    with transaction.atomic():
        for id in ids:
            copy = "" if what == ALL_OF_CASE else what
            withdrawing.ask(id=id, copy=copy, reason=said.get("reason", ""), by=request.actor, at=request.now)
