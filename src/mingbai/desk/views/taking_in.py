"""Files in and out at the desk: hand one in, look at it, take it; receipts; files to take away."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingbai.desk import opening
from mingbai.desk import taking_in as files
from mingbai.desk.rolling import may_read
from mingbai.desk.views.access import for_office_holder
from mingbai.desk.views.ledger import for_book, shown
from mingbai.exchange import queries, services
from mingbai.exchange.events import Taken
from mingbai.exchange.queries.tables import systems
from mingbai.exchange.rules.layouts import FIELDS, TITLES
from mingbai.exchange.services.taking import KIND_TITLES
from mingbai.kernel import Refused
from mingbai.ledger.rules import period_of, read_span
from mingbai.organisations import queries as organisations

MOST_SHOWN = 200
TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
}


@require_GET
@for_office_holder
def villages(request: HttpRequest) -> HttpResponse:
    """The villages whose files I may see; with one only, its page."""
    mine = [one for one in organisations.villages() if may_read(request.actor, one.code, request.today)]
    if len(mine) == 1:
        return redirect("desk:import", mine[0].code)
    who = opening.describe(request.actor, request.today)
    return render(request, "desk/import_villages.html", {"who": who, "villages": mine})


@require_http_methods(["GET", "POST"])
@for_book
def hand_in(request: HttpRequest) -> HttpResponse:
    """The receipts of a village; hand in a file, which is looked at next and not yet taken."""
    refusal = None
    if request.method == "POST" and request.office:
        try:
            files.keep(request, files.read_upload(request))
            return _to("import-look", request)
        except Refused as problem:
            refusal = problem
    return _page(request, refusal)


def _page(request: HttpRequest, refusal: Refused | None) -> HttpResponse:
    rows = queries.receipts(request.village.code, before=request.GET.get("before", ""))
    return shown(
        request, "desk/import.html", 422 if refusal else 200, refusal=refusal, kinds=_kinds(), values=request.POST,
        receipts=[(one, KIND_TITLES[one.kind]) for one in rows], month=period_of(request.today),
        following=rows[-1].number if len(rows) == queries.A_PAGE else "", systems=systems(request.today),
        exports=KIND_TITLES.items(), waiting=files.kept(request) if request.office else None,
    )  # fmt: skip


def _kinds() -> list[tuple[str, str]]:
    return [(kind, KIND_TITLES[kind]) for kind in FIELDS]


@require_http_methods(["GET", "POST"])
@for_book
def look(request: HttpRequest) -> HttpResponse:
    """What the kept file comes to, every fault by row and column; and, once looked at, taking it."""
    upload = files.kept(request) if request.office else None
    if upload is None:
        return _to("import", request)
    if request.method == "POST" and "map" in request.POST:
        mapping = {one: request.POST.get(f"map-{one}", "").strip()[:40] for one in FIELDS[upload.kind]}
        files.keep(request, replace(upload, mapping={one: said for one, said in mapping.items() if said}))
        return _to("import-look", request)
    return _looked(request, upload, take=request.method == "POST")


def _looked(request: HttpRequest, upload: files.Upload, *, take: bool) -> HttpResponse:
    refusal, taken = None, None
    try:
        asked = upload.asked(request.village.code)
        taken = services.take(asked, by=request.actor, at=request.now, dry_run=not take)
    except Refused as problem:
        refusal = problem
    if take and taken is not None and taken.ok:
        files.drop(request)
        return _to("import-receipt", request, taken.receipt) if taken.receipt else _to("import", request)
    return shown(
        request, "desk/import_look.html", 422 if refusal or (taken and taken.faults) else 200, refusal=refusal,
        upload=upload, taken=taken, kind=KIND_TITLES[upload.kind], faults=taken.faults[:MOST_SHOWN] if taken else (),
        columns=_columns(upload, taken),
    )  # fmt: skip


def _columns(upload: files.Upload, taken: Taken | None) -> list[tuple[str, str, str, str]]:
    """Each field with its title, the header recognised for it, and the one that a person named."""
    known = taken.columns if taken else {}
    return [
        (one, TITLES[one], known.get(one, ""), upload.mapping.get(one, "")) for one in FIELDS[upload.kind]
    ]


@require_POST
@for_book
def give_up(request: HttpRequest) -> HttpResponse:
    """Forget the file."""
    files.drop(request)
    return _to("import", request)


@require_GET
@for_book
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """One receipt (回执), as it is printed."""
    found = queries.receipt(number)
    if found is None or found.village != request.village.code:
        raise Http404("没有这张回执")
    name = organisations.person(found.person).name if found.person else _("命令行")
    office = organisations.office_title(found.office) if found.office else ""
    return shown(
        request,
        "desk/import_receipt.html",
        receipt=found,
        kind=KIND_TITLES[found.kind],
        name=name,
        office=office,
    )


@require_POST
@for_book
def send(request: HttpRequest) -> HttpResponse:
    """A file to take away; one for a mandated system leaves under a receipt, by who keeps the book."""
    kind, _sep, layout = request.POST.get("kind", "").partition("/")
    suffix = f".{request.POST.get('as', 'xlsx')}"
    try:
        if layout and not request.office:
            raise Refused(
                _("报给上级系统的文件由记账的人导出"), remedy=_("请报账员或者镇（街道）代理中心导出")
            )
        content, _rows, _number = services.send(
            kind=kind, village=request.village.code, span=read_span(request.POST.get("period", "")), suffix=suffix,
            by=request.actor, at=request.now, today=request.today, layout=layout,
        )  # fmt: skip
    except Refused as problem:
        return _page(request, problem)
    response = HttpResponse(content, content_type=TYPES[suffix])
    name = quote(f"{request.village.short}{KIND_TITLES[kind]}{request.POST['period']}{suffix}")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{kind}{suffix}\"; filename*=UTF-8''{name}"
    )
    return response


def _to(name: str, request: HttpRequest, *more: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"desk:{name}", args=[request.village.code, *more]))
