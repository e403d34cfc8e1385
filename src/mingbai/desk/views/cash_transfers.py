"""Files of instructions for the bank: made from approved payments, downloaded, answered."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from mingbai.cases.services.instructing import instruct, payables
from mingbai.desk.views.cash import day
from mingbai.desk.views.ledger import XLSX, for_book, shown
from mingbai.evidence.sheets import Bounds, open_csv, open_workbook
from mingbai.kernel import Money, Refused
from mingbai.ledger.queries import handling
from mingbai.ledger.queries import transfers as files
from mingbai.ledger.services.transfers import take_answers

BOUNDS = Bounds(packed=2_000_000, unpacked=20_000_000, rows=2_000, columns=60)


@require_GET
@for_book
def transfers(request: HttpRequest) -> HttpResponse:
    """The files so far, the newest first, a page at a time."""
    found = files.files(request.village.code, request.today, request.GET.get("after", "")[:40])
    return shown(
        request, "desk/cash_transfers.html", page="transfers", files=found,
        following=found[-1].number if len(found) == handling.A_PAGE else "",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_book
def new(request: HttpRequest) -> HttpResponse:
    """What is approved and waits to be paid, and making one file of it."""
    code, refusal = request.village.code, None
    if request.method == "POST":
        if not request.office:
            raise Http404("没有这个村")
        try:
            return redirect("desk:cash-transfer", code, _make(request))
        except Refused as problem:
            refusal = problem
    return shown(
        request, "desk/cash_transfer_new.html", 422 if refusal else 200, refusal=refusal, page="new",
        payables=payables(code, request.today, request.now), own=handling.bank_accounts(code),
        layouts=handling.handling(request.today).layouts,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_book
def transfer(request: HttpRequest, number: str) -> HttpResponse:
    """One file: its instructions, the file itself as CSV or Excel, and reading the bank's answer."""
    code, refusal = request.village.code, None
    rows = files.lines(code, number)
    if not rows:
        raise Http404("没有这个转账文件")
    wanted = request.GET.get("as", "")
    if wanted in ("csv", "xlsx"):
        return _download(request, code, number, wanted)
    if request.method == "POST":
        if not request.office:
            raise Http404("没有这个村")
        try:
            _answer(request, number)
            return redirect("desk:cash-transfer", code, number)
        except Refused as problem:
            refusal = problem
    return shown(
        request, "desk/cash_transfer.html", 422 if refusal else 200, number=number, rows=rows, refusal=refusal,
        total=Money.total(one.amount for one in rows), sound=files.check_file(code, number), page="transfers",
        waiting=sum(not one.answer for one in rows), day=request.POST.get("day") or request.today.isoformat(),
    )  # fmt: skip


def _make(request: HttpRequest) -> str:
    picked: dict[tuple[str, str], Money] = {}
    for key in request.POST.getlist("pick"):
        case, _, step = key.partition(":")
        picked[case, step] = Money.parse(request.POST.get(f"amount-{key}", ""))
    return instruct(
        village=request.village.code, picked=picked, layout=request.POST.get("layout", ""),
        payer_account=request.POST.get("account", ""), by=request.actor, office=request.office, at=request.now,
    ).number  # fmt: skip


def _answer(request: HttpRequest, number: str) -> None:
    file = request.FILES.get("file")
    if file is None:
        raise Refused("没有选银行的回单文件", remedy="选 Excel 或者 CSV 文件")
    content = file.read(BOUNDS.packed + 1)
    sheet = open_workbook(content, BOUNDS)[0] if content.startswith(b"PK") else open_csv(content, BOUNDS)
    take_answers(
        village=request.village.code, number=number, rows=[[_cell(one) for one in line] for line in sheet.lines],
        on=day(request.POST.get("day", "")), by=request.actor, office=request.office, at=request.now,
    )  # fmt: skip


def _cell(value: Any) -> str:
    """A cell as text; a sum that Excel keeps as a number gets its two decimals."""
    if isinstance(value, float):
        return f"{value:.2f}"
    return "" if value is None else str(value)


def _download(request: HttpRequest, village: str, number: str, wanted: str) -> HttpResponse:
    if not request.office:
        raise Http404("没有这个村")
    content = files.as_csv(village, number) if wanted == "csv" else files.as_workbook(village, number)
    response = HttpResponse(content, content_type=XLSX if wanted == "xlsx" else "text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{number}.{wanted}"'
    return response
