"""Relief at the desk: villages, households, one household behind its purpose, enrolments, near relatives."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingbai.cases import queries as cases
from mingbai.desk import opening, relieving
from mingbai.desk.relieving import for_village
from mingbai.desk.views.access import for_office_holder
from mingbai.kernel import Money, Refused
from mingbai.organisations import queries as organisations
from mingbai.relief import services
from mingbai.relief.queries.access import filing_office, matrix_on
from mingbai.relief.queries.filings import due_work, filings
from mingbai.relief.queries.payments import payment_lists
from mingbai.relief.queries.people import HouseholdView, household, households
from mingbai.relief.services import GONE, PURPOSES, REASONS, RELATIONS, NewMember

ROWS = range(1, 7)


@require_GET
@for_office_holder
def villages(request: HttpRequest) -> HttpResponse:
    """The villages whose relief I do; with one only, its page."""
    found = relieving.villages_of(request.actor, request.today)
    if len(found) == 1:
        return redirect("desk:relief-village", found[0].code)
    return shown(request, "desk/relief_villages.html", villages=found, files=relieving.may_file(request))


@require_GET
@for_village
def village(request: HttpRequest) -> HttpResponse:
    """A village: what should stop or change, its households by head, its payment lists."""
    code, today = request.village.code, request.today
    schemes = relieving.schemes_of(code, request.actor, today)
    seen = {one.id for one in schemes}
    titles = {one.id: one.title for one in matrix_on(today).schemes}
    work = [one for one in due_work(code, today) if one.enrolment.scheme in seen]
    lists = [one for one in payment_lists(code) if one.scheme in seen]
    return shown(
        request, "desk/relief_village.html", village=request.village, work=work, titles=titles, schemes=schemes,
        households=households(code, today), lists=lists, files=bool(filing_office(request.actor, code, today)),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_village
def add(request: HttpRequest) -> HttpResponse:
    """Enter a household with its people."""
    refusal = None
    if request.method == "POST":
        try:
            id = services.register_household(
                village=request.village.code, group=request.POST.get("group", ""), members=_members(request),
                by=request.actor, at=request.now,
            )  # fmt: skip
            return redirect("desk:relief-household", request.village.code, id)
        except Refused as problem:
            refusal = problem
    kept = {key: value for key, value in request.POST.items() if not key.startswith("id_number")}
    rows = [(n, kept.get(f"name-{n}", ""), kept.get(f"relation-{n}", RELATIONS[n > 1])) for n in ROWS]
    return shown(
        request, "desk/relief_add.html", refusal=refusal, village=request.village, rows=rows,
        relations=RELATIONS, group=kept.get("group", ""), status=422 if refusal else 200,
    )  # fmt: skip


def _members(request: HttpRequest) -> list[NewMember]:
    """The rows that have a name; a village's own number, when given, links to the person it registered."""
    found = []
    for n in ROWS:
        name = request.POST.get(f"name-{n}", "").strip()
        if name:
            known = request.POST.get(f"number-{n}", "").strip()
            person = organisations.find_by_number(request.village.code, known) if known else None
            if known and (person is None or person.name != name):
                raise Refused(_("村里的编号和姓名对不上"), remedy=_("核对编号；没有编号的空着"))
            found.append(
                NewMember(
                    name, request.POST.get(f"id_number-{n}", ""), request.POST.get(f"relation-{n}", ""),
                    person.id if person else "",
                )
            )  # fmt: skip
    return found


@require_http_methods(["GET", "POST"])
@for_village
def one_household(request: HttpRequest, id: str) -> HttpResponse:
    """One household, only after a purpose was given; each look is kept. `do` is an act on it."""
    view = _household(request, id)
    if request.method == "GET":
        return shown(
            request, "desk/relief_purpose.html", village=request.village, purposes=list(PURPOSES.items())
        )
    refusal, said = None, ""
    purpose = request.POST.get("purpose", "")
    try:
        services.open_household(household=id, purpose=purpose, by=request.actor, at=request.now)
    except Refused as problem:
        return shown(
            request, "desk/relief_purpose.html", village=request.village, purposes=list(PURPOSES.items()),
            refusal=problem, status=422,
        )  # fmt: skip
    try:
        said = _done(request, view)
        view = _household(request, id)
    except Refused as problem:
        refusal = problem
    return shown(
        request, "desk/relief_household.html", village=request.village, one=view, purpose=purpose, said=said,
        schemes=relieving.schemes_of(request.village.code, request.actor, request.today), refusal=refusal,
        titles={one.id: one.title for one in matrix_on(request.today).schemes}, posted=request.POST,
        here=[one for one in view.members if not one.gone], reasons=REASONS, gone=GONE.items(),
        cadres=relieving.in_office_of(request.village.code, request.today), status=422 if refusal else 200,
    )  # fmt: skip


def _household(request: HttpRequest, id: str) -> HouseholdView:
    try:
        view = household(id, request.today)
    except Refused as unknown:
        raise Http404("没有这一户") from unknown
    if view.village != request.village.code:
        raise Http404("没有这一户")
    return view


def _done(request: HttpRequest, view: HouseholdView) -> str:
    """Carry out what the form asks; the sentence that says so, empty when only looking."""
    match request.POST.get("do", ""):
        case "enrol":
            return _enrol(request, view)
        case "stop" | "amount" as kind:
            return _change(request, kind)
        case "gone":
            services.report_gone(
                member=_member(request, view), kind=request.POST.get("kind", ""), on=_day(request, "event_on"),
                by=request.actor, at=request.now,
            )  # fmt: skip
            return _("已经登记。该停的列在“该停该调”里，由确认的人停。")
        case "leave" | "head" as kind:
            return _move(request, view, kind)
        case "kin":
            return _file(request, view)
        case _:
            return ""


def _enrol(request: HttpRequest, view: HouseholdView) -> str:
    scheme = matrix_on(request.today).scheme(request.POST.get("scheme", ""))
    said = relieving.confirmed(request.POST.get("case", "").strip(), scheme, request.village.code)
    if said.applicant and said.applicant not in {one.name for one in view.members}:
        raise Refused(_("这件事的申请人不在这一户"), remedy=_("核对事项编号，打开申请人那一户再登记"))
    member = _member(request, view)
    done = services.enrol(
        member=member, scheme=scheme.id, case=said.case,
        amount=Money.parse(said.amount), since=_day(request, "since"), by=request.actor, at=request.now,
        identity=said.identity,
    )  # fmt: skip
    return _("已经登记，编号 %(number)s。") % {"number": done.number} + "；".join(done.warnings)


def _member(request: HttpRequest, view: HouseholdView) -> int:
    """The member of this household that the form names; 0 for anybody else."""
    return next((one.id for one in view.members if str(one.id) == request.POST.get("member")), 0)


def _move(request: HttpRequest, view: HouseholdView, kind: str) -> str:
    values: dict[str, Any] = {"member": _member(request, view), "by": request.actor, "at": request.now}
    day = _day(request, "event_on")
    if kind == "leave":
        services.leave_household(on=day, reason=request.POST.get("why", ""), **values)
        return _("已经登记离户。")
    services.name_head(since=day, **values)
    return _("已经换了户主。")


def _file(request: HttpRequest, view: HouseholdView) -> str:
    number = request.POST.get("case", "").strip()
    if cases.case(number).village != request.village.code:
        raise Refused(_("这件事不是本村的"), remedy=_("核对事项编号"))
    services.file_kin(
        village=request.village.code, case=number, applicant=view.of(_member(request, view)).person,
        relative=request.POST.get("relative", ""), relation=request.POST.get("relation", ""),
        by=request.actor, at=request.now,
    )  # fmt: skip
    return _("已经备案，镇里和区里看得到，不公开。")


def _change(request: HttpRequest, kind: str) -> str:
    values: dict[str, Any] = {
        "number": request.POST.get("number", ""), "event_on": _day(request, "event_on"),
        "reason": request.POST.get("reason", ""), "by": request.actor, "at": request.now,
    }  # fmt: skip
    if kind == "stop":
        done = services.stop(**values)
    else:
        done = services.change_amount(amount=Money.parse(request.POST.get("amount", "")), **values)
    return _("已经办了。多发的合计 %(sum)s 元。") % {"sum": done.overpaid.yuan()}


def _day(request: HttpRequest, name: str) -> date:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError as wrong:
        raise Refused(_("没有写日期"), remedy=_("选一个日期")) from wrong


@require_GET
@for_office_holder
def kin(request: HttpRequest) -> HttpResponse:
    """The register of near relatives among applicants, for the town and the district; never public."""
    places = [
        one for one in organisations.villages() if filing_office(request.actor, one.code, request.today)
    ]
    if not places:
        raise Http404("没有这一页")
    codes = {one.code for one in places}
    found = [one for one in filings("") if one.village in codes]
    return shown(request, "desk/relief_kin.html", filings=found)


def shown(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of relief."""
    who = opening.describe(request.actor, request.today, context.get("village"))
    return render(request, template, {"who": who, "today": request.today, **context}, status=status)
