"""A village's ledger at the desk: the month, one voucher, journals, statements, and closing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingbai.desk import opening
from mingbai.desk.rolling import may_read
from mingbai.desk.views.access import for_office_holder
from mingbai.evidence.services import keep_paper
from mingbai.kernel import Money, Refused
from mingbai.ledger import queries as books
from mingbai.ledger.queries import journals, reconciling
from mingbai.ledger.queries.books import workbook
from mingbai.ledger.queries.statements import month_accounts, statements
from mingbai.ledger.rules import next_period, period_of, read_span
from mingbai.ledger.rules.reconciling import Item
from mingbai.ledger.services import close_period, close_year, reverse_voucher
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor

View = Callable[..., HttpResponse]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def keeper_office(actor: Actor, village: str, on: Any) -> str:
    """The office in which a person keeps a village's book; empty when none: 记账 is not for everybody."""
    if actor.holds("bookkeeper", village, on):
        return "bookkeeper"
    return "town_sanzi_center" if actor.holds("town_sanzi_center", village[:9], on) else ""


def for_book(view: View) -> View:
    """Let in who holds an office of the village or above it; `request.office` is set for who keeps its book.

    A village out of reach answers as one that does not exist.
    """

    @for_office_holder
    @wraps(view)
    def guarded(request: HttpRequest, village: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            request.village = organisations.division(village)
        except Refused as unknown:
            raise Http404("没有这个村") from unknown
        if not may_read(request.actor, village, request.today):
            raise Http404("没有这个村")
        request.office = keeper_office(request.actor, village, request.today)
        return view(request, *args, **kwargs)

    return guarded


def shown(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of the ledger."""
    context = {"village": request.village, "keeps": request.office, "today": request.today, **context}
    who = opening.describe(request.actor, request.today, request.village)
    return render(request, template, {"who": who, **context}, status=status)


@require_GET
@for_office_holder
def villages(request: HttpRequest) -> HttpResponse:
    """The villages whose books I may see; with one only, its book."""
    mine = [one for one in organisations.villages() if may_read(request.actor, one.code, request.today)]
    if len(mine) == 1:
        return redirect("desk:ledger", mine[0].code)
    who = opening.describe(request.actor, request.today)
    return render(request, "desk/ledger_villages.html", {"who": who, "villages": mine})


@require_GET
@for_book
def month(request: HttpRequest) -> HttpResponse:
    """The vouchers of a month, a page at a time."""
    return _month(request)


def _month(request: HttpRequest, refusal: Refused | None = None) -> HttpResponse:
    code = request.village.code
    book = books.book(code)
    if book is None:
        return shown(request, "desk/ledger.html", book=None)
    chosen = _chosen_month(request)
    rows, following = journals.vouchers_page(code, chosen, _number(request.GET.get("after", "")))
    return shown(
        request, "desk/ledger.html", 422 if refusal else 200, book=book, month=chosen, rows=rows,
        following=following, months=journals.months(code), refusal=refusal, left=books.money_left(code),
        due=next_period(book.closed_through) if book.closed_through else period_of(book.opened_on),
        this_month=period_of(request.today), breaks=reconciling.standing_breaks(code).values(),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_book
def voucher(request: HttpRequest, number: str) -> HttpResponse:
    """One voucher, as it is printed and signed; who keeps the book may take it back by a contra-voucher."""
    try:
        found = books.voucher(request.village.code, number)
    except Refused as unknown:
        raise Http404("没有这张凭证") from unknown
    refusal = None
    if request.method == "POST":
        if not request.office:
            raise Http404("没有这张凭证")
        try:
            return redirect("desk:ledger-voucher", request.village.code, _take_back(request, number))
        except Refused as problem:
            refusal = problem
    chart = books.newest_chart(request.village.code)
    names = {one.code: one.name for one in books.subaccounts(request.village.code)}
    lines = [(line, chart.account(line.account).name, names.get(line.sub, "")) for line in found.lines]
    total = Money.total(line.debit for line in found.lines)
    return shown(
        request, "desk/ledger_voucher.html", 422 if refusal else 200, voucher=found, lines=lines, total=total,
        refusal=refusal, contra=journals.contra_of(request.village.code, number),
    )  # fmt: skip


@transaction.atomic
def _take_back(request: HttpRequest, number: str) -> str:
    """Keep the papers and post the contra-voucher, dated today; what it performed on contracts goes back with it."""
    papers = [
        keep_paper(
            content=one.read(), name=one.name, label="更正的依据", village=request.village.code,
            actor=request.actor.person, at=request.now,
        ).id
        for one in request.FILES.getlist("paper")
    ]  # fmt: skip
    return reverse_voucher(
        village=request.village.code, number=number, reason=request.POST.get("reason", ""), papers=papers,
        occurred_on=request.today, by=request.actor, office=request.office, at=request.now,
    ).number  # fmt: skip


@require_GET
@for_book
def journal(request: HttpRequest, kind: str) -> HttpResponse:
    """The cash or bank journal of a month, with the balance after every line."""
    if books.book(request.village.code) is None:
        return redirect("desk:ledger", request.village.code)
    chart, chosen = books.newest_chart(request.village.code), _chosen_month(request)
    account = chart.cash if kind == "cash" else chart.bank
    after = _number(request.GET.get("after", ""))
    page = journals.journal_page(request.village.code, account, chosen, after)
    return shown(
        request, "desk/ledger_journal.html", page=page, kind=kind, month=chosen, after=after,
        months=journals.months(request.village.code),
    )  # fmt: skip


@require_GET
@for_book
def reconciliation(request: HttpRequest) -> HttpResponse:
    """银行存款余额调节表 as of today: book and bank, what is on its way, what does not agree."""
    if books.book(request.village.code) is None:
        return redirect("desk:ledger", request.village.code)
    found = reconciling.reconcile(request.village.code, None, request.today)
    sides = [
        (
            _("账上的银行存款"), found.closing_fen, _("加：银行已收、账上还没有"), _("减：银行已付、账上还没有"),
            *_split(found.pairing.bank_only), found.adjusted[0],
        ),
        (
            _("银行对账单余额"), found.bank_fen, _("加：账上已收、银行还没有"), _("减：账上已付、银行还没有"),
            *_split(found.pairing.book_only), found.adjusted[1],
        ),
    ]  # fmt: skip
    return shown(request, "desk/ledger_reconciliation.html", found=found, sides=sides)


def _split(items: Iterable[Item]) -> tuple[list[Item], list[Item]]:
    """What is on its way in, and what is on its way out."""
    listed = sorted(items, key=lambda one: one.day)
    return [one for one in listed if one.fen > 0], [one for one in listed if one.fen < 0]


@require_GET
@for_book
def report(request: HttpRequest) -> HttpResponse:
    """The statements of a period on the screen, ready for A4; `?as=xlsx` is the workbook."""
    period = request.GET.get("period", "") or period_of(request.today)
    try:
        found = statements(request.village.code, read_span(period))
    except Refused as problem:
        return shown(request, "desk/ledger_statements.html", 422, refusal=problem, period=period)
    if request.GET.get("as") == "xlsx":
        return _download(workbook(found, request.village.name), f"{request.village.short}{period}报表.xlsx")
    sums = [sum(getattr(row, name) for row in found.accounts) for name in ("debit", "credit")]
    return shown(request, "desk/ledger_statements.html", found=found, period=period, sums=sums)


@require_GET
@for_book
def trial(request: HttpRequest) -> HttpResponse:
    """科目余额表 of one month."""
    if books.book(request.village.code) is None:
        return redirect("desk:ledger", request.village.code)
    chosen = _chosen_month(request)
    rows = month_accounts(request.village.code, chosen)
    sums = [sum(getattr(row, name) for row in rows) for name in ("debit", "credit")]
    return shown(
        request, "desk/ledger_trial.html", rows=rows, sums=sums, month=chosen,
        months=journals.months(request.village.code),
    )  # fmt: skip


@require_http_methods(["POST"])
@for_book
def close(request: HttpRequest) -> HttpResponse:
    """Close a month, or carry a year's result over; never undone."""
    if not request.office:
        raise Http404("没有这个村")
    asked = {
        "village": request.village.code, "by": request.actor, "office": request.office, "at": request.now,
    }  # fmt: skip
    try:
        if request.POST.get("what") == "year":
            posted = close_year(year=_number(request.POST.get("year", "")) or 1, **asked)
            return redirect("desk:ledger-voucher", request.village.code, posted.number)
        close_period(month=request.POST.get("month", ""), **asked)
    except Refused as problem:
        return _month(request, problem)
    return redirect("desk:ledger", request.village.code)


def _chosen_month(request: HttpRequest) -> str:
    text = request.GET.get("month", "")
    try:
        span = read_span(text)
    except Refused:
        return period_of(request.today)
    return span.first if span.first == span.last else period_of(request.today)


def _number(text: str) -> int:
    """A number that a page sent; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"statements.xlsx\"; filename*=UTF-8''{quote(name)}"
    )
    return response
