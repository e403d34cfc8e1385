"""A supplier quotes, or takes back, with the code it was given: no account, no cookie, no script, nothing remembered.

The code travels only in the body of a form. Nobody of the village sees what is typed: it is sealed on receipt.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from mingbai.desk.guessing import Bound
from mingbai.desk.views.voting import LONGEST, unremembered
from mingbai.kernel import Money, Refused
from mingbai.organisations import queries as organisations
from mingbai.procurement import services

# A code has 80 bits. A right one is always heard; only wrong ones are bounded, for all callers together.
_GUESSES = Bound(most=120, span=timedelta(minutes=1))


@unremembered
@sensitive_variables()
def quote(request: HttpRequest) -> HttpResponse:
    """Type the code, read what is asked for, quote; the last page is the receipt."""
    code = request.POST.get("code", "").strip()[:LONGEST]
    shown: dict[str, Any] = {"code": code, "do": "find"}
    try:
        if request.method == "POST":
            shown |= _told(_invitation(code, request.now), request.now)
            shown |= _act(request, code)
    except Refused as refusal:
        return render(request, "desk/quote.html", {**shown, "refusal": refusal}, status=422)
    return render(request, "desk/quote.html", shown)


def _invitation(code: str, now: datetime) -> services.Invited:
    if not code:
        raise Refused(_("还没有输入报价码"), remedy=_("报价码在给您的邀请上"))
    if _GUESSES.spent(now):
        raise Refused(_("这会儿输错的人太多"), remedy=_("过一分钟再试"))
    try:
        return services.invited(code)
    except Refused:
        _GUESSES.wrong(now)
        raise


def _told(found: services.Invited, now: datetime) -> dict[str, Any]:
    return {
        "invited": found,
        "place": organisations.division(found.village).name,
        "do": "quote",
        "late": now > found.deadline,
    }


def _act(request: HttpRequest, code: str) -> dict[str, Any]:
    asked = request.POST.get("do", "find")
    if asked == "give":
        amount = Money.parse(request.POST.get("amount", ""))
        receipt = services.give_quote(
            code=code, amount=amount, note=request.POST.get("note", ""), at=request.now
        )
        return {
            "do": "done",
            "receipt": receipt,
            "amount": amount.yuan(),
            "note": request.POST.get("note", ""),
        }
    if asked == "withdraw":
        services.withdraw_quote(code=code, at=request.now)
        return {"do": "withdrawn"}
    return {}
