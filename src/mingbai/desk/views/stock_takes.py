"""A stock-take at the desk: opened, counted fifty at a time on a phone, signed by two offices, closed with its gaps."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingbai.desk import registering
from mingbai.desk.registering import book_balances, for_register, shown, words
from mingbai.kernel import Refused
from mingbai.registers import services
from mingbai.registers.queries import objects as register
from mingbai.registers.queries.stocktakes import TakeView, listed_cost, stock_take, stock_takes
from mingbai.registers.rules.stocktaking import Count

AT_ONCE = 50


@require_http_methods(["GET", "POST"])
@for_register
def takes(request: HttpRequest) -> HttpResponse:
    """The stock-takes of a village, and beginning one."""
    refusal = None
    if request.method == "POST":
        try:
            number = services.open_stock_take(
                village=request.village.code, on=registering.day(request.POST.get("day", "")),
                by=request.actor, at=request.now,
            )  # fmt: skip
            return redirect("desk:stock-take", request.village.code, number)
        except Refused as problem:
            refusal = problem
    found = stock_takes(request.village.code)
    return shown(
        request, "desk/stock_takes.html", 422 if refusal else 200, refusal=refusal, takes=found,
        open=any(one.closed_on is None for one in found),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_register
def take(request: HttpRequest, number: str) -> HttpResponse:
    """One stock-take: what is left to count, what differs, the book beside the register, who signed."""
    found, refusal = _take(request, number), None
    if request.method == "POST":
        if not request.counts:
            raise Http404("没有这次盘点")
        try:
            with transaction.atomic():
                _act(request, found)
            return redirect("desk:stock-take", request.village.code, number)
        except Refused as problem:
            refusal = problem
    titles = registering.titles({hand.office for hand, _name in found.signed})
    return shown(
        request, "desk/stock_take.html", 422 if refusal else 200, take=found, refusal=refusal, words=words(),
        left=[_row(request, one) for one in found.left[:AT_ONCE]], titles=titles, values=request.POST,
        signs=not any(hand.person == request.actor.person for hand, _name in found.signed),
    )  # fmt: skip


@require_http_methods(["GET"])
@for_register
def beside_book(request: HttpRequest, number: str) -> HttpResponse:
    """What the list of a stock-take costs by account, beside the ledger's balance at the end of its month."""
    try:
        on, cost = listed_cost(request.village.code, number)
    except Refused as unknown:
        raise Http404("没有这次盘点") from unknown
    book = book_balances(request.village.code, on)
    gaps = register.gaps(cost, book, request.kinds) if book is not None else None
    return shown(request, "desk/stock_take_book.html", number=number, on=on, gaps=gaps)


def _row(request: HttpRequest, one: object) -> tuple[object, str, str]:
    """What is left to count, with what was ticked and typed before a refusal."""
    number = one.number  # type: ignore[attr-defined]
    return one, request.POST.get(f"result-{number}", ""), request.POST.get(f"note-{number}", "")


def _take(request: HttpRequest, number: str) -> TakeView:
    try:
        found = stock_take(number)
    except Refused as unknown:
        raise Http404("没有这次盘点") from unknown
    if found.village != request.village.code:
        raise Http404("没有这次盘点")
    return found


def _act(request: HttpRequest, found: TakeView) -> None:
    """Carry out what the form asks. Raises `Refused` when it may not be."""
    told = {"number": found.number, "by": request.actor, "at": request.now}
    match request.POST.get("do", ""):
        case "count":
            services.count_objects(**told, counts=_counts(request, found))
        case "again":
            said = [request.POST.get(name, "") for name in ("again", "result", "note")]
            services.count_objects(**told, counts=[Count(*said)])
        case "surplus":
            kept = registering.kept_photos(request)
            name, note = request.POST.get("name", ""), request.POST.get("note", "")
            count = Count("", "surplus", note, name, kept[0] if kept else "")
            services.count_objects(**told, counts=[count])
        case "sign":
            services.sign_stock_take(**told, book=book_balances(request.village.code, found.on))
        case _:
            raise Refused(_("没有写要办什么"), remedy=_("从下面选一样"))


def _counts(request: HttpRequest, found: TakeView) -> list[Count]:
    """The objects for which a result was ticked; a result ticked again takes the earlier one's place."""
    ticked = [
        (one.number, request.POST.get(f"result-{one.number}", ""), request.POST.get(f"note-{one.number}", ""))
        for one in found.items
        if one.number
    ]
    return [Count(number, result, note) for number, result, note in ticked if result]
