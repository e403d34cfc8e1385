"""Payment lists at the desk: made, taken away as Excel, compared with what came back, signed, published."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingbai.cases.services.tying import tie_relief_list
from mingbai.desk import relieving
from mingbai.desk.relieving import for_village
from mingbai.desk.views.relief import shown
from mingbai.desk.views.rolls import XLSX
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations
from mingbai.relief import services
from mingbai.relief.queries.access import matrix_on, office_for
from mingbai.relief.queries.payments import ListView, payment_list

MOST = relieving.BOUNDS.packed


@require_POST
@for_village
def make(request: HttpRequest) -> HttpResponse:
    """Make a month's list."""
    try:
        month = date.fromisoformat(request.POST.get("month", "") + "-01")
        made = services.make_list(
            village=request.village.code, scheme=request.POST.get("scheme", ""), month=month,
            by=request.actor, at=request.now,
        )  # fmt: skip
    except ValueError:
        return _refused(request, Refused(_("没有写月份"), remedy=_("写成 2026-10 这样")))
    except Refused as problem:
        return _refused(request, problem)
    return redirect("desk:relief-list", request.village.code, made.number)


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return shown(request, "desk/relief_refused.html", village=request.village, refusal=refusal, status=422)


@require_http_methods(["GET", "POST"])
@for_village
def one_list(request: HttpRequest, number: str) -> HttpResponse:
    """One list: its lines, where the others differ, who signed; `do` is an act on it."""
    view, refusal = _list(request, number), None
    if request.method == "POST":
        try:
            _do(request, number)
            return redirect("desk:relief-list", request.village.code, number)
        except Refused as problem:
            refusal = problem
    scheme = matrix_on(request.today).scheme(view.scheme)
    names = {one.id: one.name for one in organisations.people([person for person, _office in view.signed])}
    signed = [(names.get(person, ""), organisations.office_title(office)) for person, office in view.signed]
    return shown(
        request, "desk/relief_list.html", village=request.village, view=view, scheme=scheme, signed=signed,
        refusal=refusal, status=422 if refusal else 200,
    )  # fmt: skip


def _list(request: HttpRequest, number: str) -> ListView:
    """The list; one of another village or of a scheme that is not the person's is not there."""
    try:
        plain = payment_list(number)
        scheme = matrix_on(request.today).scheme(plain.scheme)
    except Refused as unknown:
        raise Http404("没有这份名单") from unknown
    mine = office_for(request.actor, request.village.code, request.today, plain.scheme)
    if plain.village != request.village.code or not mine:
        raise Http404("没有这份名单")
    return plain.of_private() if scheme.private else plain


def _do(request: HttpRequest, number: str) -> None:
    match request.POST.get("do", ""):
        case "publicised" | "paid" as source:
            file = request.FILES.get("file")
            if file is None or file.size > MOST:
                raise Refused(_("还没有选文件，或者文件太大"), remedy=_("选 5 兆以内的 .xlsx 或者 .csv 文件"))
            lines = relieving.read_report(file.read())
            services.take_report(number=number, source=source, lines=lines, by=request.actor, at=request.now)
        case "tie":
            vouchers = request.POST.get("vouchers", "").replace("，", " ").replace("、", " ").split()
            tie_relief_list(number=number, vouchers=vouchers, by=request.actor, at=request.now)
        case "sign":
            services.sign_paid(number=number, by=request.actor, at=request.now)
        case "publish":
            services.publish_list(number=number, by=request.actor, at=request.now)
        case _:
            raise Refused(_("没有说明要做什么"), remedy=_("按页面上的按钮办"))


@require_GET
@for_village
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The list as an Excel sheet, to be paid from and to be compared with."""
    response = HttpResponse(relieving.workbook(_list(request, number)), content_type=XLSX)
    name = quote(f"{number}.xlsx")
    response.headers["Content-Disposition"] = f"attachment; filename=\"list.xlsx\"; filename*=UTF-8''{name}"
    return response
