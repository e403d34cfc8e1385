"""Village labour at the desk: work orders, a month's attendance as a grid, pay lists that are the attendance."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingbai.desk import labouring, opening, registering
from mingbai.desk.labouring import for_village, shown
from mingbai.desk.letting import bank_return
from mingbai.desk.views.access import for_office_holder
from mingbai.evidence.services import keep_paper
from mingbai.kernel import Money, Refused
from mingbai.labour import services
from mingbai.labour.queries import attendance
from mingbai.labour.queries.lists import pay_list, pay_lists
from mingbai.labour.rules import PaidLine


@require_GET
@for_office_holder
def villages(request: HttpRequest) -> HttpResponse:
    """The villages whose labour I do; with one only, its page."""
    mine = labouring.villages_of(request.actor, request.today)
    if len(mine) == 1:
        return redirect("desk:labour", mine[0].code)
    who = opening.describe(request.actor, request.today)
    return render(request, "desk/labour_villages.html", {"who": who, "villages": mine})


@require_http_methods(["GET", "POST"])
@for_village
def village(request: HttpRequest) -> HttpResponse:
    """Work orders, pay lists, workers; who lacks an appraisal and who is known to be elsewhere; opening an order."""
    refusal = None
    if request.method == "POST":
        try:
            with transaction.atomic():
                if number := _begun(request):
                    return redirect("desk:labour-order", request.village.code, number)
            return redirect("desk:labour", request.village.code)
        except Refused as problem:
            refusal = problem
    code = request.village.code
    return shown(
        request, "desk/labour.html", 422 if refusal else 200, refusal=refusal, orders=attendance.work_orders(code),
        lists=pay_lists(code), workers=attendance.workers(code), values=request.POST, units=_units(),
        unappraised=attendance.unappraised(code, request.today), overlaps=attendance.overlaps(code, request.today),
    )  # fmt: skip


def _units() -> dict[str, str]:
    return {"day": _("按日（可记半日）"), "half": _("按半日"), "hour": _("按小时")}


def _begun(request: HttpRequest) -> str:
    """Carry out the form: a worker, or an order whose number is returned."""
    said, code = request.POST, request.village.code
    if said.get("do") == "worker":
        services.register_worker(
            village=code, name=said.get("name", ""), id_number=said.get("id_number", ""),
            outsider=said.get("outsider") == "yes", by=request.actor, at=request.now,
        )  # fmt: skip
        return ""
    decided = labouring.approved(said.get("case", "").strip(), code)
    return services.open_order(
        village=code, decided=decided, place=said.get("place", ""), since=registering.day(said.get("since", "")),
        until=registering.day(said.get("until", "")), unit=said.get("unit", ""), by=request.actor, at=request.now,
        rate=Money.parse(said["rate"]) if said.get("rate") else None,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_village
def order(request: HttpRequest, number: str) -> HttpResponse:
    """A month of one order: tick who came, confirm a sheet with its photograph, make the pay list."""
    row, refusal = order_of(request, number), None
    month = labouring.month_of(request.GET.get("month", ""), row.since, row.until, request.today)
    days = labouring.days_of(month, row.since, row.until, request.today)
    if request.method == "POST":
        try:
            with transaction.atomic():
                made = _done(request, row, month, days)
            if made:
                return redirect("desk:labour-list", request.village.code, made)
            return redirect(f"{request.path}?month={month:%Y-%m}")
        except Refused as problem:
            refusal = problem
    return shown(
        request, "desk/labour_order.html", 422 if refusal else 200, refusal=refusal, order=row, month=month, days=days,
        rows=attendance.grid(row, month), sheets=attendance.unwitnessed(row.number, month), halves=_halves(),
        rate=Money(row.rate_fen), total=Money(row.total_fen), unit=_units().get(row.unit, ""), posted=request.POST,
    )  # fmt: skip


def _halves() -> list[tuple[int, str]]:
    return [(1, _("上午")), (2, _("下午"))]


def order_of(request: HttpRequest, number: str) -> Any:
    """The work order of the address; one of another village is not there."""
    try:
        row = attendance.work_order(number)
    except Refused as unknown:
        raise Http404("没有这份用工单") from unknown
    if row.village != request.village.code:
        raise Http404("没有这份用工单")
    return row


def _done(request: HttpRequest, row: Any, month: Any, days: Any) -> str:
    by = {"by": request.actor, "at": request.now}
    match request.POST.get("do"):
        case "witness":
            sheet = request.POST.get("sheet", "")
            services.witness_sheet(
                sheet=int(sheet) if sheet.isascii() and sheet.isdigit() else 0,
                paper=kept_file(request, "签字的考勤表"), **by,
            )  # fmt: skip
            return ""
        case "list":
            return services.make_list(order=row.number, month=month, **by).number
        case _:
            rows = labouring.new_rows(request, attendance.grid(row, month), days, row.unit)
            services.record_attendance(order=row.number, rows=rows, **by)
            return ""


def kept_file(request: HttpRequest, label: str) -> str:
    """The file handed in as `paper`, kept as a paper of the village; empty without one."""
    file = request.FILES.get("paper")
    if file is None:
        return ""
    return keep_paper(
        content=file.read(), name=file.name, label=label, village=request.village.code,
        actor=request.actor.person, at=request.now,
    ).id  # fmt: skip


def order_month(text: str) -> date:
    """A month as a form sends it. Raises `Refused` for anything else."""
    return registering.day(f"{text}-01")


@require_http_methods(["GET", "POST"])
@for_village
def one_list(request: HttpRequest, number: str) -> HttpResponse:
    """One pay list: its lines, where it is not the attendance, who signed; sign, void, publish."""
    found, refusal = _list(request, number), None
    if request.method == "POST":
        try:
            _acted(request, number)
            return redirect("desk:labour-list", request.village.code, number)
        except Refused as problem:
            refusal = problem
    return shown(request, "desk/labour_list.html", 422 if refusal else 200, refusal=refusal, one=found)


def _list(request: HttpRequest, number: str) -> Any:
    try:
        found = pay_list(number)
    except Refused as unknown:
        raise Http404("没有这份发放表") from unknown
    if found.village != request.village.code:
        raise Http404("没有这份发放表")
    return found


def _acted(request: HttpRequest, number: str) -> None:
    by = {"number": number, "by": request.actor, "at": request.now}
    match request.POST.get("do"):
        case "sign":
            services.sign_list(**by)
        case "return":
            lines = [PaidLine(one.line, one.name, one.fen) for one in bank_return(request)]
            services.take_return(lines=lines, **by)
        case "void":
            services.void_list(reason=request.POST.get("reason", ""), **by)
        case _:
            services.publish_roll(**by)
