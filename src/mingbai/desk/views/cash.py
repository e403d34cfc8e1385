"""现金和转账: cash in hand against the limit, what is undeposited, advances with their age, and settling them."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingbai.desk import opening
from mingbai.desk.rolling import may_read
from mingbai.desk.views.access import for_office_holder
from mingbai.desk.views.ledger import for_book, shown
from mingbai.evidence.services import keep_paper
from mingbai.kernel import Money, Refused
from mingbai.ledger import queries as books
from mingbai.ledger.queries import handling, journals
from mingbai.ledger.queries import transfers as files
from mingbai.ledger.services.advances import settle_advance
from mingbai.organisations import queries as organisations

ROWS = range(4)
NOTHING = Money(0)


@require_GET
@for_office_holder
def villages(request: HttpRequest) -> HttpResponse:
    """The villages whose cash I may see; with one only, its page."""
    mine = [one for one in organisations.villages() if may_read(request.actor, one.code, request.today)]
    if len(mine) == 1:
        return redirect("desk:cash", mine[0].code)
    who = opening.describe(request.actor, request.today)
    return render(request, "desk/cash_villages.html", {"who": who, "villages": mine})


@require_GET
@for_book
def today(request: HttpRequest) -> HttpResponse:
    """Cash in hand today, what is undeposited or overdue, and what is to be looked at."""
    code = request.village.code
    cash = handling.cash_today(code, request.today)
    if cash is None:
        return redirect("desk:ledger", code)
    open_ones = handling.advances(code, request.today, rules=cash.rules)
    return shown(
        request, "desk/cash.html", cash=cash, page="cash", open=open_ones,
        overdue=[one for one in open_ones if one.late_days], unanswered=files.unanswered(code, request.today, cash.rules),
    )  # fmt: skip


@require_GET
@for_book
def look(request: HttpRequest) -> HttpResponse:
    """What the rules can only point at: managers' debts (R46), payees that read like persons (R42)."""
    code = request.village.code
    return shown(
        request, "desk/cash_look.html", page="look", debts=handling.manager_debts(code, request.today),
        private=handling.private_payees(code, journals.months(code)[:3]),
    )  # fmt: skip


@require_GET
@for_book
def advances(request: HttpRequest) -> HttpResponse:
    """Advances and petty cash that are not settled, the longest due first, a page at a time."""
    found = handling.advances(request.village.code, request.today, after=request.GET.get("after", "")[:40])
    return shown(
        request, "desk/cash_advances.html", rows=found, page="advances", petty=handling.petty_limit(request.today),
        total=Money.total(one.left for one in found), following=found[-1].number if len(found) == handling.A_PAGE else "",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_book
def advance(request: HttpRequest, number: str) -> HttpResponse:
    """One advance, and settling it by its papers to the fen."""
    found, refusal = handling.advance(request.village.code, number, request.today), None
    if found is None:
        raise Http404("没有这笔借款")
    if request.method == "POST":
        if not request.office:
            raise Http404("没有这个村")
        try:
            posted = _settle(request, number)
            return redirect("desk:ledger-voucher", request.village.code, posted)
        except Refused as problem:
            refusal = problem
    chart = books.chart(request.today)
    rows = [(at, request.POST.get(f"account-{at}", ""), request.POST.get(f"spent-{at}", "")) for at in ROWS]
    return shown(
        request, "desk/cash_advance.html", 422 if refusal else 200, one=found, refusal=refusal, rows=rows,
        values=request.POST, accounts=sorted(chart.accounts.items()), page="advances",
        day=request.POST.get("day") or request.today.isoformat(),
    )  # fmt: skip


@transaction.atomic
def _settle(request: HttpRequest, number: str) -> str:
    """Keep the papers and settle; when it is refused, the papers are not kept either."""
    spent = [
        (request.POST.get(f"account-{at}", "").split(" ", 1)[0][:8], Money.parse(request.POST[f"spent-{at}"]))
        for at in ROWS
        if request.POST.get(f"spent-{at}", "").strip()
    ]
    returned = request.POST.get("returned", "").strip()
    return settle_advance(
        village=request.village.code, number=number, spent=spent,
        returned=Money.parse(returned) if returned else NOTHING,
        method="bank" if request.POST.get("method") == "bank" else "cash", papers=papers(request),
        occurred_on=day(request.POST.get("day", "")), by=request.actor, office=request.office, at=request.now,
    ).number  # fmt: skip


def papers(request: HttpRequest) -> list[str]:
    """The papers handed in with a form, kept."""
    return [
        keep_paper(
            content=one.read(), name=one.name, label="原始凭证", village=request.village.code,
            actor=request.actor.person, at=request.now,
        ).id
        for one in request.FILES.getlist("paper")
    ]  # fmt: skip


def day(text: str) -> date:
    """A day as a form sends it. Raises `Refused` for none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(_("没有写业务日期"), remedy=_("写成2026-09-01这样")) from None
