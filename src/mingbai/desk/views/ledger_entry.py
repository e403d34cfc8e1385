"""记账: a voucher from one plain sentence and one sum, or line by line; by the keyboard alone, without a script."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingbai.desk.views.ledger import for_book, shown
from mingbai.evidence.services import keep_paper
from mingbai.kernel import Money, Refused
from mingbai.ledger import queries as books
from mingbai.ledger.queries import journals
from mingbai.ledger.rules import Chart, Line, Template, period_of
from mingbai.ledger.services import move_money, open_subaccount, post_entry

ROWS = range(8)
NOTHING = Money(0)
_WORDS = ("account", "debit", "credit", "summary", "party")


@require_http_methods(["GET", "POST"])
@for_book
def enter(request: HttpRequest) -> HttpResponse:
    """Choose what happened; type the sum, whom it concerns, and add the paper."""
    if not request.office:
        raise Http404("没有这个村")
    if books.book(request.village.code) is None:
        return redirect("desk:ledger", request.village.code)
    chart, refusal = books.chart(request.today), None
    chosen = _template(chart, request.POST.get("template") or request.GET.get("template", ""))
    mode = request.POST.get("mode") or request.GET.get("mode", "")
    if request.method == "POST":
        try:
            number = _post(request, chart, chosen, mode)
            return redirect("desk:ledger-voucher", request.village.code, number)
        except Refused as problem:
            refusal = problem
    return shown(
        request, "desk/ledger_entry.html", 422 if refusal else 200, chart=chart, chosen=chosen, mode=mode,
        groups=_groups(chart), refusal=refusal, values=request.POST, rows=_rows(request),
        subs=books.subaccounts(request.village.code), accounts=sorted(chart.accounts.items()),
        day=request.POST.get("day") or request.today.isoformat(), sides=_sides(request, chart, chosen),
        parties=journals.recent_parties(request.village.code),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_book
def subaccounts(request: HttpRequest) -> HttpResponse:
    """The village's own accounts below the chart's, and adding one."""
    if books.book(request.village.code) is None:
        return redirect("desk:ledger", request.village.code)
    refusal = None
    if request.method == "POST":
        if not request.office:
            raise Http404("没有这个村")
        try:
            open_subaccount(
                village=request.village.code, account=_code(request.POST.get("account", "")),
                name=request.POST.get("name", ""), since=_day(request.POST.get("since", "")),
                by=request.actor, office=request.office, at=request.now,
            )  # fmt: skip
            return redirect("desk:ledger-subaccounts", request.village.code)
        except Refused as problem:
            refusal = problem
    chart = books.chart(request.today)
    return shown(
        request, "desk/ledger_subaccounts.html", 422 if refusal else 200, refusal=refusal,
        subs=[(one, chart.account(one.code[:3]).name) for one in books.subaccounts(request.village.code)],
        accounts=sorted(chart.accounts.items()), values=request.POST,
    )  # fmt: skip


def _groups(chart: Chart) -> list[tuple[str, list[Template]]]:
    names = {"receipt": _("收款"), "transfer": _("转账")}
    return [(name, [one for one in chart.templates if one.group == id]) for id, name in names.items()]


def _sides(request: HttpRequest, chart: Chart, chosen: Template | None) -> dict[str, str]:
    """The accounts of the sentence with their names, or what was typed instead."""
    if chosen is None:
        return {}
    named = {side: getattr(chosen, side) for side in ("debit", "credit")}
    return {
        side: request.POST.get(side) or f"{code} {chart.account(code[:3]).name}"
        for side, code in named.items()
    }


def _template(chart: Chart, id: str) -> Template | None:
    return next((one for one in chart.templates if one.id == id), None)


def _rows(request: HttpRequest) -> list[tuple[int, dict[str, str]]]:
    """The rows of the long form with what was typed into them."""
    return [(at, {word: request.POST.get(f"{word}-{at}", "") for word in _WORDS}) for at in ROWS]


@transaction.atomic
def _post(request: HttpRequest, chart: Chart, chosen: Template | None, mode: str) -> str:
    """Keep the papers and post; when the voucher is refused, its papers are not kept either."""
    day = _day(request.POST.get("day", ""))
    asked = {
        "village": request.village.code, "papers": _papers(request), "occurred_on": day,
        "by": request.actor, "office": request.office, "at": request.now,
    }  # fmt: skip
    if mode in ("draw", "bank"):
        to = "cash" if mode == "draw" else "bank"
        return move_money(to=to, amount=Money.parse(request.POST.get("amount", "")), **asked).number
    summary = request.POST.get("summary", "").strip()
    if chosen:
        lines = _two_lines(request, chosen)
        summary = summary or chosen.words
    else:
        lines = [line for _at, row in _rows(request) for line in _line(row)]
    return post_entry(summary=summary, lines=lines, into=_into(request, day), **asked).number


def _two_lines(request: HttpRequest, chosen: Template) -> list[Line]:
    amount, party = Money.parse(request.POST.get("amount", "")), request.POST.get("party", "").strip()
    sides = [request.POST.get(side, "") or getattr(chosen, side) for side in ("debit", "credit")]
    (debit, debit_sub), (credit, credit_sub) = (_split(text) for text in sides)
    return [
        Line(debit, amount, NOTHING, debit_sub, "", party),
        Line(credit, NOTHING, amount, credit_sub, "", party),
    ]


def _line(row: dict[str, str]) -> list[Line]:
    """One typed row as a line; an empty row is none."""
    if not any(value.strip() for value in row.values()):
        return []
    account, sub = _split(row["account"])
    debit, credit = (Money.parse(row[side]) if row[side].strip() else NOTHING for side in ("debit", "credit"))
    return [Line(account, debit, credit, sub, row["summary"].strip(), row["party"].strip())]


def _split(text: str) -> tuple[str, str]:
    """Account and sub-account of what was chosen: `112 应收款`, `11201 某合作社`, or the code alone."""
    code = _code(text)
    return (code[:3], code) if len(code) > 3 else (code, "")


def _code(text: str) -> str:
    """The code at the head of what was chosen from the list."""
    return text.strip().split(" ", 1)[0][:8]


def _into(request: HttpRequest, day: date) -> str | None:
    """This month, when the month of the business is closed already; its own day stays."""
    book = books.book(request.village.code)
    late = book is not None and book.closed_through >= period_of(day)
    return period_of(request.today) if late else None


def _papers(request: HttpRequest) -> list[str]:
    return [
        keep_paper(
            content=one.read(), name=one.name, label="原始凭证", village=request.village.code,
            actor=request.actor.person, at=request.now,
        ).id
        for one in request.FILES.getlist("paper")
    ]  # fmt: skip


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(_("没有写业务日期"), remedy=_("写成2026-09-01这样")) from None
