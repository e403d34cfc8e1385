"""收款: money that came in, to which registered account, and on which contract; the register hears of it at once."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingbai.desk import contracting
from mingbai.desk.views.cash import day, papers
from mingbai.desk.views.ledger import for_book, shown
from mingbai.kernel import Money, Refused
from mingbai.ledger import queries as books
from mingbai.ledger.queries import handling, journals
from mingbai.ledger.rules import Chart, period_of
from mingbai.ledger.services import ContractLink, post_receipt
from mingbai.registers.queries.contracts import running
from mingbai.registers.rules.deposits import RECEIVED


@require_http_methods(["GET", "POST"])
@for_book
def receive(request: HttpRequest) -> HttpResponse:
    """Enter money that came in; `?contract=` and `?due=` say on which contract and which installment."""
    if not request.office:
        raise Http404("没有这个村")
    code, refusal = request.village.code, None
    book = books.book(code)
    if book is None:
        return redirect("desk:ledger", code)
    chart = books.chart(request.today)
    if request.method == "POST":
        try:
            return redirect("desk:ledger-voucher", code, _post(request, chart, book.closed_through))
        except Refused as problem:
            refusal = problem
    values = {**request.GET.dict(), **request.POST.dict()}
    return shown(
        request, "desk/ledger_receive.html", 422 if refusal else 200, refusal=refusal, values=values,
        contracts=running(code, request.today), own=handling.bank_accounts(code), parties=journals.recent_parties(code),
        accounts=sorted(chart.accounts.items()), account=values.get("account") or _account(chart, values.get("contract", "")),
        kinds=contracting.words()["kinds"], day=values.get("day") or request.today.isoformat(),
    )  # fmt: skip


@transaction.atomic
def _post(request: HttpRequest, chart: Chart, closed: str) -> str:
    """Keep the papers and post; when it is refused, the papers are not kept either."""
    said, on = request.POST, day(request.POST.get("day", ""))
    number = said.get("contract", "").strip().split(" ", 1)[0][:40]
    link = ContractLink(number, *_part(said.get("what", ""), said.get("due", ""))) if number else None
    return post_receipt(
        village=request.village.code, case="", purpose=said.get("purpose", "").strip() or _purpose(link),
        payer=said.get("payer", ""), payer_kind=contracting.kind_of(said.get("payer_kind", "")),
        method="cash" if said.get("method") == "cash" else "bank", amount=Money.parse(said.get("amount", "")),
        papers=papers(request), occurred_on=on, by=request.actor, office=request.office, at=request.now,
        income_account=said.get("account", "").strip().split(" ", 1)[0][:8] or None,
        into=period_of(request.today) if closed >= period_of(on) else None, into_account=said.get("into_account", ""),
        link=link,
    ).number  # fmt: skip


def _part(what: str, due: str) -> tuple[str, date | None]:
    """What is paid on the contract: its deposit, or its price with the day of the installment if one is named."""
    if what == "deposit":
        return RECEIVED, None
    return "", day(due) if due else None


def _purpose(link: ContractLink | None) -> str:
    if link is None:
        return ""
    words = _("合同%(number)s的押金") if link.part else _("合同%(number)s的价款")
    return words % {"number": link.number}


def _account(chart: Chart, contract: str) -> str:
    """Where money goes when nothing else is chosen: with a contract as the desk's first sentence of receipt says."""
    rent = next((one.credit for one in chart.templates if one.group == "receipt"), chart.income)
    code = rent if contract else chart.income
    return f"{code} {chart.account(code).name}"
