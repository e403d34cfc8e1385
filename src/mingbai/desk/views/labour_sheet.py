"""A month's attendance on paper, to be signed by hand; and attendance from a file."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingbai.desk import attendance_file, labouring
from mingbai.desk.labouring import for_village, shown
from mingbai.desk.printing import attendance as paper
from mingbai.desk.views.labour import order_of
from mingbai.exchange.rules.rows import Fault
from mingbai.kernel import Refused
from mingbai.labour import services
from mingbai.labour.queries import attendance


@require_GET
@for_village
def printed(request: HttpRequest, number: str) -> HttpResponse:
    """The sheet of a month as PDF: what is recorded stands there, the rest is free for the pen, each signs his row."""
    row = order_of(request, number)
    month = labouring.month_of(request.GET.get("month", ""), row.since, row.until, request.today)
    days = labouring.days_of(month, row.since, row.until, row.until)
    if not days:
        return redirect("desk:labour-order", request.village.code, number)
    try:
        pdf = paper.make_sheet(row, request.village, month, days, attendance.grid(row, month), request.now)
    except Refused as problem:
        return shown(request, "desk/labour_import.html", 422, order=row, refusal=problem)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = quote(_("考勤表") + f"{number}-{month:%Y-%m}.pdf")
    response.headers["Content-Disposition"] = f"inline; filename=\"sheet.pdf\"; filename*=UTF-8''{name}"
    return response


@require_http_methods(["GET", "POST"])
@for_village
def take_in(request: HttpRequest, number: str) -> HttpResponse:
    """Attendance from a file: looked at, with every fault by row and column; or recorded whole."""
    row, refusal, found, faults = order_of(request, number), None, None, ()
    if request.method == "POST":
        try:
            found, faults = _taken(request, row)
        except Refused as problem:
            refusal = problem
    if found is not None and found.taken:
        return redirect("desk:labour-order", request.village.code, number)
    return shown(
        request, "desk/labour_import.html", 422 if refusal or faults else 200, order=row, refusal=refusal,
        found=found, faults=faults,
    )  # fmt: skip


def _taken(request: HttpRequest, row: Any) -> tuple[services.Import, tuple[Fault, ...]]:
    """What the file comes to, cells that cannot be read first; recorded when asked and nothing is wrong."""
    lines, unread = attendance_file.read(attendance_file.handed_in(request), row.unit, request.today)
    dry = bool(unread) or request.POST.get("do") != "take"
    found = services.import_attendance(
        order=row.number, lines=lines, by=request.actor, at=request.now, dry=dry
    )
    wrong = [Fault(one.row, "", f"{one.refusal.reason}。{one.refusal.remedy}") for one in found.faults]
    return found, tuple(sorted([*unread, *wrong], key=lambda one: one.row))
