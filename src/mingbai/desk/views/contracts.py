"""Contracts at the desk: what wants somebody, all of them, one with its schedule, and earlier ones from their paper."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from mingbai.cases.services.performing import enter_voucher, keep_deposit
from mingbai.desk import contracting, opening, registering
from mingbai.desk.registering import for_register, shown
from mingbai.desk.views.access import for_office_holder
from mingbai.desk.views.ledger import keeper_office as book_office
from mingbai.kernel import Money, Refused
from mingbai.registers import services
from mingbai.registers.queries import agreed as contracts
from mingbai.registers.rules.contract_kinds import ContractKinds


@require_GET
@for_office_holder
def villages(request: HttpRequest) -> HttpResponse:
    """The villages whose contracts I may see; with one only, its contracts."""
    mine = registering.villages_of(request.actor, request.today)
    if len(mine) == 1:
        return redirect("desk:contracts", mine[0].code)
    who = opening.describe(request.actor, request.today)
    return render(request, "desk/contracts_villages.html", {"who": who, "villages": mine})


@require_GET
@for_register
def village(request: HttpRequest) -> HttpResponse:
    """A village's contracts: overdue, lapsed and expiring first, debts by age, then all by number."""
    kinds = contracts.contract_kinds(request.today, request.edition)
    everything = contracts.all_agreed(request.village.code, request.today, kinds)
    after = request.GET.get("after", "")[:40]
    rest = [one for one in everything if one.number > after]
    page, more = rest[: contracts.A_PAGE], rest[contracts.A_PAGE :]
    return shown(
        request, "desk/contracts.html", wanting=() if after else contracts.wanting(everything), items=page,
        next=page[-1].number if more else "", words=contracting.words(), kinds={one.id: one.title for one in kinds.kinds},
        aged=() if after else contracts.aged(everything, kinds.ageing), steps=kinds.ageing, count=len(everything),
        assumed=kinds.reminders.confidence == "assumed",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_register
def add(request: HttpRequest) -> HttpResponse:
    """Enter a contract that was signed before, from its paper."""
    if not request.keeps:
        raise Http404("没有这个村")
    refusal = None
    if request.method == "POST":
        try:
            with transaction.atomic():
                done = services.enter_existing(
                    village=request.village.code,
                    new=contracting.existing(request),
                    by=request.actor,
                    at=request.now,
                )
            return redirect("desk:contracts-one", request.village.code, done.number)
        except Refused as problem:
            refusal = problem
    return shown(
        request, "desk/contracts_add.html", 422 if refusal else 200, refusal=refusal, values=request.POST,
        kinds=contracts.contract_kinds(request.today, request.edition).kinds, words=contracting.words(),
        rows=contracting.typed(request),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_register
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One contract: schedule, payments, changes, end; `do` is an act on it."""
    listed = contracts.contract_kinds(request.today, request.edition)
    found, refusal = _found(request, number, listed), None
    if request.method == "POST":
        if not request.keeps:
            raise Http404("没有这份合同")
        try:
            with transaction.atomic():
                _act(request, number)
            return redirect("desk:contracts-one", request.village.code, number)
        except Refused as problem:
            refusal = problem
    kinds = {one.id: one.title for one in listed.kinds}
    return shown(
        request, "desk/contracts_one.html", 422 if refusal else 200, one=found, refusal=refusal,
        words=contracting.words(), kind=kinds.get(found.kind, ""),
        values=request.POST, rows=contracting.typed(request),
    )  # fmt: skip


def _found(request: HttpRequest, number: str, kinds: ContractKinds) -> contracts.Agreed:
    try:
        found = contracts.agreed(number, request.today, kinds)
    except Refused as unknown:
        raise Http404("没有这份合同") from unknown
    if found.village != request.village.code:
        raise Http404("没有这份合同")
    return found


def _act(request: HttpRequest, number: str) -> None:
    said, asked = request.POST, {"number": number, "by": request.actor, "at": request.now}
    on = registering.day(said.get("on", ""))
    match said.get("do"):
        case "pay" if said.get("voucher", "").strip():
            enter_voucher(
                **asked, village=request.village.code, on=on, amount=Money.parse(said.get("amount", "")),
                voucher=said["voucher"].strip()[:40],
            )  # fmt: skip
        case "pay":
            paper = contracting.keep(request, "收付的单据")
            services.record_performance(
                **asked, on=on, amount=Money.parse(said.get("amount", "")), paper=paper[0] if paper else ""
            )
        case "letter":
            paper = contracting.keep(request, "委托书")
            services.keep_letter(
                **asked, on=on, name=said.get("name", ""), paper=paper[0] if paper else "",
                kind=contracting.kind_of(said.get("party_kind", "")),
            )  # fmt: skip
        case "keep":
            office = book_office(request.actor, request.village.code, request.today)
            if not office:
                raise Refused("您的职务不记这个村的账", remedy="请报账员或者镇代理中心办")
            keep_deposit(
                **asked, village=request.village.code, amount=Money.parse(said.get("amount", "")), occurred_on=on,
                basis=said.get("basis", ""), papers=contracting.keep(request, "决定"), office=office,
            )  # fmt: skip
        case "change":
            paper = contracting.keep(request, "变更协议")
            services.change_contract(
                **asked, on=on, basis=said.get("basis", ""), paper=paper[0] if paper else "",
                party=said.get("party", ""), party_kind=contracting.kind_of(said.get("party_kind", "")),
                price=Money.parse(said["price"]) if said.get("price") else None,
                ends_on=contracting.optional_day(said.get("ends_on", "")), schedule=contracting.schedule(request),
            )  # fmt: skip
        case _:
            services.end_contract(**asked, on=on, kind=said.get("end", ""), basis=said.get("basis", ""))
