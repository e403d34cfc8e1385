"""Letting of household land at the desk: parcels, mandates, a list with what it lacks, the list, a household's paper."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingbai.cases import queries as cases
from mingbai.cases.services.tying import tie_land_payment
from mingbai.desk import letting
from mingbai.desk.letting import for_land, shown
from mingbai.desk.registering import day
from mingbai.desk.views.access import for_office_holder
from mingbai.kernel import Money, Refused
from mingbai.land import services
from mingbai.land.queries.parcels import mandates_in, parcels_in
from mingbai.land.queries.payments import PaymentView, payment
from mingbai.land.queries.requisitions import requisitions_in
from mingbai.land.queries.transfers import ListView, lists_in, preview, transfer_list
from mingbai.land.rules.transfers import Terms
from mingbai.land.services import Consent, Recipient
from mingbai.meetings import queries as meetings
from mingbai.organisations import queries as organisations


@require_GET
@for_office_holder
def villages(request: HttpRequest) -> HttpResponse:
    """The villages whose land I do; with one only, its page."""
    mine = letting.villages_of(request.actor, request.today)
    if len(mine) == 1:
        return redirect("desk:land", mine[0].code)
    return shown(request, "desk/land_villages.html", villages=mine)


def _key(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


@require_GET
@for_land
def village(request: HttpRequest) -> HttpResponse:
    """A village's land: lists, requisitions, a page of its parcels."""
    code = request.village.code
    parcels, after = parcels_in(code, _key(request, "after"))
    return shown(
        request, "desk/land_village.html", parcels=parcels, after=after, lists=lists_in(code),
        requisitions=requisitions_in(code),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_land
def add(request: HttpRequest) -> HttpResponse:
    """Paste rows of contract land; all are entered or none."""
    refusal = None
    if request.method == "POST":
        try:
            rows = letting.parcels(request.POST.get("rows", ""))
            services.register_parcels(rows, village=request.village.code, by=request.actor, at=request.now)
            return redirect("desk:land", request.village.code)
        except Refused as problem:
            refusal = problem
    return shown(
        request,
        "desk/land_add.html",
        refusal=refusal,
        rows=request.POST.get("rows", ""),
        status=422 if refusal else 200,
    )


@require_http_methods(["GET", "POST"])
@for_land
def mandates(request: HttpRequest) -> HttpResponse:
    """The village's mandates; enter one with its photograph, or take one back."""
    refusal = None
    if request.method == "POST":
        try:
            with transaction.atomic():
                _mandate(request)
            return redirect("desk:land-mandates", request.village.code)
        except Refused as problem:
            refusal = problem
    found, before = mandates_in(request.village.code, _key(request, "before"))
    return shown(
        request, "desk/land_mandates.html", mandates=found, before=before, refusal=refusal, said=request.POST,
        status=422 if refusal else 200,
    )  # fmt: skip


def _mandate(request: HttpRequest) -> None:
    if request.POST.get("do") != "withdraw":
        row = letting.mandate(request)
        services.register_mandates([row], village=request.village.code, by=request.actor, at=request.now)
        return
    id = request.POST.get("mandate", "")
    known = {one.id for one in mandates_in(request.village.code, int(id) + 1 if id.isdecimal() else 0)[0]}
    if not id.isdecimal() or int(id) not in known:
        raise Refused(_("本村没有这份委托"), remedy=_("从名单里选"))
    services.withdraw_mandate(
        mandate=int(id), on=day(request.POST.get("on", "")), paper=letting.kept_paper(request, "撤回委托"),
        by=request.actor, at=request.now,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_land
def new_list(request: HttpRequest) -> HttpResponse:
    """Look what a list would lack, row by row; then make it."""
    refusal, rows = None, ()
    if request.method == "POST":
        try:
            rows = preview(request.village.code, _numbers(request), _terms(request), request.today)
            if request.POST.get("do") == "make":
                return redirect("desk:land-list", request.village.code, _list(request))
        except Refused as problem:
            refusal = problem
    lacking = sum(1 for one in rows if one.faults)
    return shown(
        request, "desk/land_list_new.html", refusal=refusal, rows=rows, said=request.POST, lacking=lacking,
        status=422 if refusal else 200,
    )  # fmt: skip


def _numbers(request: HttpRequest) -> tuple[str, ...]:
    return letting.words(request.POST.get("parcels", ""))


def _terms(request: HttpRequest) -> Terms:
    said = request.POST
    price = Money.parse(said.get("price", ""))
    return Terms(day(said.get("since", "")), day(said.get("until", "")), price.fen, bool(said.get("outside")))


def _list(request: HttpRequest) -> str:
    said, terms = request.POST, _terms(request)
    case = said.get("case", "").strip()
    if cases.case(case).village != request.village.code:
        raise Refused(_("这件事不是本村的"), remedy=_("核对事项编号"))
    made = services.list_transfer(
        village=request.village.code, case=case, parcels=_numbers(request), since=terms.since, until=terms.until,
        price=Money(terms.fen), by=request.actor, at=request.now, consent=_consent(request),
        recipient=Recipient(
            said.get("recipient", ""), "person" if said.get("kind") == "person" else "firm", terms.outside
        ),
    )  # fmt: skip
    return made.number


def _consent(request: HttpRequest) -> Consent:
    """The votes of the resolution that the form names: read from its book, never typed."""
    number, approval = (
        request.POST.get("resolution", "").strip(),
        request.POST.get("approval", "").strip()[:64],
    )
    if not number:
        return Consent(approval=approval)
    found = meetings.resolution(number)
    if found.village != request.village.code:
        raise Refused(_("这份决议不是本村的"), remedy=_("核对决议编号"))
    passed = found.result == "passed"
    return Consent(number, found.agree if passed else 0, found.entitled, approval)


def _of_village(request: HttpRequest, number: str) -> ListView:
    try:
        found = transfer_list(number)
    except Refused as unknown:
        raise Http404(unknown.reason) from unknown
    if found.village != request.village.code:
        raise Http404("没有这张清单")
    return found


@require_http_methods(["GET", "POST"])
@for_land
def one_list(request: HttpRequest, number: str) -> HttpResponse:
    """One list: its lines, the rent of its years, its end."""
    view, refusal = _of_village(request, number), None
    if request.method == "POST":
        try:
            if request.POST.get("do") == "end":
                services.end_transfer(
                    number=number, on=day(request.POST.get("on", "")), reason=request.POST.get("reason", ""),
                    by=request.actor, at=request.now,
                )  # fmt: skip
                return redirect("desk:land-list", request.village.code, number)
            year = request.POST.get("year", "")
            made = services.make_rent_list(
                transfer=number, year=int(year) if year.isdecimal() and len(year) < 4 else 0,
                by=request.actor, at=request.now,
            )  # fmt: skip
            return redirect("desk:land-payment", request.village.code, made.number)
        except Refused as problem:
            refusal = problem
    due = next(
        (one for one in range(1, view.years + 1) if one not in {year for _n, year in view.payments}), 0
    )
    return shown(
        request, "desk/land_list.html", view=view, refusal=refusal, due=due, status=422 if refusal else 200
    )


@require_GET
@for_land
def household_paper(request: HttpRequest, number: str, household: int) -> HttpResponse:
    """A household's own paper: what is let of its land, to whom, from when to when, for how much."""
    view = _of_village(request, number)
    own = view.of(household)
    if not own or view.collective:
        raise Http404("清单上没有这一户")
    yearly = Money.total(one.rent for one in own)
    return shown(request, "desk/land_paper.html", view=view, lines=own, home=own[0], yearly=yearly)


@require_http_methods(["GET", "POST"])
@for_land
def one_payment(request: HttpRequest, number: str) -> HttpResponse:
    """A list of sums due to households: the bank's return, where it differs, the two signatures."""
    view, refusal = _payment(request, number), None
    if request.method == "POST":
        try:
            if request.POST.get("do") == "sign":
                services.sign_payment(number=number, by=request.actor, at=request.now)
            elif request.POST.get("do") == "tie":
                vouchers = letting.words(request.POST.get("vouchers", ""))
                tie_land_payment(number=number, vouchers=vouchers, by=request.actor, at=request.now)
            else:
                services.take_return(
                    number=number, lines=letting.bank_return(request), by=request.actor, at=request.now
                )
            return redirect("desk:land-payment", request.village.code, number)
        except Refused as problem:
            refusal = problem
    names = {one.id: one.name for one in organisations.people([person for person, _office in view.signed])}
    signed = [(names.get(person, ""), organisations.office_title(office)) for person, office in view.signed]
    return shown(
        request,
        "desk/land_payment.html",
        view=view,
        refusal=refusal,
        signed=signed,
        status=422 if refusal else 200,
    )


def _payment(request: HttpRequest, number: str) -> PaymentView:
    try:
        found = payment(number)
    except Refused as unknown:
        raise Http404(unknown.reason) from unknown
    if found.village != request.village.code:
        raise Http404("没有这份名单")
    return found
