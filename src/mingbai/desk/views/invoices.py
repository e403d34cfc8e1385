"""An invoice at the desk: what an electronic one says is proposed, a person confirms it, and once it is used."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mingbai.desk import opening
from mingbai.desk.views.access import for_office_holder
from mingbai.desk.views.papers import back_of, within_reach
from mingbai.evidence import queries as evidence
from mingbai.evidence.invoice import Invoice, invoice_name
from mingbai.evidence.queries import PaperView
from mingbai.evidence.services import free_invoice, use_invoice
from mingbai.kernel import Money, Refused
from mingbai.organisations.rules import may_see

FIELDS = ("number", "code", "seller", "amount", "issued_on")


@require_http_methods(["GET", "POST"])
@for_office_holder
def invoice(request: HttpRequest, paper: str) -> HttpResponse:
    """Enter the invoice of a paper, or take back what was entered in error."""
    view = within_reach(request, paper)
    refusal = None
    if request.method == "POST":
        try:
            _act(request, view)
            return redirect("desk:invoice", paper)
        except Refused as problem:
            refusal = problem
    uses = evidence.invoice_uses(view.village, view.id)
    context = {
        "paper": view, "back": back_of(view), "uses": uses, "refusal": refusal, "image": evidence.size(paper),
        "typed": request.POST if request.method == "POST" or uses else _proposed(view),
        "mine": _may_enter(request, view), "who": opening.describe(request.actor, request.today),
    }  # fmt: skip
    return render(request, "desk/invoice.html", context, status=422 if refusal else 200)


def _may_enter(request: HttpRequest, view: PaperView) -> bool:
    """Whoever holds an office in the village itself: those above look on."""
    return bool(request.actor.offices_in(view.village, request.today))


def _act(request: HttpRequest, view: PaperView) -> None:
    if not _may_enter(request, view):
        raise Refused("发票由本村登记", remedy="请本村的办事人员登记")
    by = {"village": view.village, "actor": request.actor.person, "at": request.now}
    if request.POST.get("do") == "free":
        use = request.POST.get("use", "")
        free_invoice(use=int(use) if use.isdecimal() else 0, reason=request.POST.get("reason", ""), **by)
        return
    use_invoice(
        invoice=_typed(request),
        subject=view.subject or f"village:{view.village}",
        paper=view.id,
        sees=lambda village: may_see(request.actor, village, request.today),
        **by,
    )


def _typed(request: HttpRequest) -> Invoice:
    number, code, seller, amount, day = (request.POST.get(one, "").strip() for one in FIELDS)
    try:
        issued_on = date.fromisoformat(day) if day else None
    except ValueError as wrong:
        raise Refused("开票日期看不懂", remedy="照发票上的日期填") from wrong
    if not amount or not seller:
        raise Refused("金额和销售方没有填全", remedy="照发票上的价税合计和销售方名称填")
    return Invoice(invoice_name(number, code), seller, Money.parse(amount).fen, issued_on)


def _proposed(view: PaperView) -> dict[str, str]:
    """What the file itself says, for a person to check; empty for a photograph."""
    said = evidence.invoice_said(view.id)
    if said is None:
        return {}
    amount = Money(said.amount_fen).yuan() if said.amount_fen is not None else ""
    day = said.issued_on.isoformat() if said.issued_on else ""
    texts = (said.name.number, said.name.code, said.seller, amount, day)
    return {**dict(zip(FIELDS, texts, strict=True)), "read": "1"}
