"""Accounts of the village and of payees, and what is declared about a payee (R11, R12, R42)."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from mingbai.cases import queries as cases
from mingbai.desk.views.cash import day, papers
from mingbai.desk.views.ledger import for_book, shown
from mingbai.kernel import Refused
from mingbai.ledger import queries as books
from mingbai.ledger.queries import handling
from mingbai.ledger.services import accounts as services
from mingbai.organisations import queries as organisations


@require_http_methods(["GET", "POST"])
@for_book
def accounts(request: HttpRequest) -> HttpResponse:
    """The village's accounts, and the forms to register one, a payee's, a firm of a cadre, a declaration."""
    code, refusal = request.village.code, None
    if books.book(code) is None:
        return redirect("desk:ledger", code)
    if request.method == "POST":
        act = _ACTS.get(request.POST.get("do", ""))
        if not request.office or act is None:
            raise Http404("没有这个村")
        try:
            with transaction.atomic():
                act(request)
            return redirect("desk:cash-accounts", code)
        except Refused as problem:
            refusal = problem
    return shown(
        request, "desk/cash_accounts.html", 422 if refusal else 200, refusal=refusal, values=request.POST,
        rows=handling.bank_accounts(code), page="accounts", day=request.today.isoformat(),
    )  # fmt: skip


def _signed(request: HttpRequest) -> dict[str, object]:
    return {
        "village": request.village.code, "by": request.actor, "office": request.office, "at": request.now,
    }  # fmt: skip


def _text(request: HttpRequest, name: str) -> str:
    return str(request.POST.get(name, "")).strip()


def _own(request: HttpRequest) -> None:
    services.register_bank_account(
        holder=_text(request, "holder"), number=_text(request, "number"), bank=_text(request, "bank"),
        since=day(_text(request, "day")), **_signed(request),
    )  # fmt: skip


def _payee(request: HttpRequest) -> None:
    kept = papers(request)
    if len(kept) != 1:
        raise Refused("登记收款账户要附一份收款人的证明", remedy="拍合同上的账户条款，或者开户证明")
    services.register_payee_account(
        payee=_text(request, "payee"), number=_text(request, "number"), bank=_text(request, "bank"), paper=kept[0],
        since=day(_text(request, "day")), **_signed(request),
    )  # fmt: skip


def _firm(request: HttpRequest) -> None:
    name = _text(request, "name")
    found = organisations.named(request.village.code, name)
    if len(found) != 1:
        raise Refused(
            f"本村登记的人里，“{name[:12]}”{'不止一个' if found else '一个也没有'}", remedy="填登记的姓名"
        )
    services.declare_firm(
        firm=_text(request, "firm"), who=found[0].id, words=_text(request, "words"), **_signed(request)
    )


def _declare(request: HttpRequest) -> None:
    number = _text(request, "case")
    if cases.case(number).village != request.village.code:
        raise Refused("没有这件事", remedy="核对事项编号")
    services.declare_payee(
        case=number, payee=_text(request, "payee"), kind=_text(request, "kind"), words=_text(request, "words"),
        **_signed(request),
    )  # fmt: skip


_ACTS: dict[str, Callable[[HttpRequest], None]] = {
    "own": _own, "payee": _payee, "firm": _firm, "declare": _declare,
}  # fmt: skip
