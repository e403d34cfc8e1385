"""Quotes at the desk: call for them, take the opener's code, invite suppliers, open together, end without award."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from mingbai.cases import services as cases
from mingbai.desk import buying, opening
from mingbai.desk.views.access import for_case
from mingbai.kernel import Refused
from mingbai.procurement import services
from mingbai.procurement.queries.calls import CallView, call_of
from mingbai.procurement.queries.suppliers import firm, names_of


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("code")
@sensitive_variables()
@for_case
def quotes(request: HttpRequest, step: str) -> HttpResponse:
    """The quotes of a step. A code is shown on the page that makes it, once, and stands in no address."""
    refusal, given = None, {}
    if request.method == "POST":
        try:
            given = _act(request, step)
            if not given:
                return HttpResponseRedirect(reverse("desk:quotes", args=[request.case.number, step]))
        except Refused as problem:
            refusal = problem
    call = call_of(request.case.number, step)
    context = {
        "call": call,
        "step": step,
        "case": request.case,
        "refusal": refusal,
        **given,
        **_shown(request, call),
    }
    return render(request, "desk/quotes.html", context, status=422 if refusal else 200)


def _shown(request: HttpRequest, call: CallView | None) -> dict[str, Any]:
    invited = set(call.invited) if call else set()
    asked = bool(call) and not call.over if call else False
    return {
        "who": opening.describe(request.actor, request.today),
        "mine": next((one for one in call.openers if one.person == request.actor.person), None)
        if call
        else None,
        "suppliers": [one for one in names_of().items() if one[1] not in invited] if asked else (),
        "deadline_passed": bool(call) and request.now >= call.deadline if call else False,
    }


def _act(request: HttpRequest, step: str) -> dict[str, str]:
    """Do what was asked; a code that was made is shown once.

    Raises:
        Refused: whatever the act itself refuses, or nothing that can be asked.
    """
    call = call_of(request.case.number, step)
    acts: Mapping[str, Callable[[], dict[str, str]]] = {
        "call": lambda: _call(request, step),
        "key": lambda: {"key": services.take_key(call=_number(call), **_by(request))},
        "invite": lambda: _invite(request, call),
        "open": lambda: _none(
            services.sign_opening(call=_number(call), code=request.POST.get("code", ""), **_by(request))
        ),
        "aside": lambda: _none(
            services.set_aside(
                call=_number(call),
                order=_order(request),
                reason=request.POST.get("reason", ""),
                **_by(request),
            )
        ),
        "abandon": lambda: _none(
            services.abandon_call(call=_number(call), reason=request.POST.get("reason", ""), **_by(request))
        ),
    }
    asked = acts.get(request.POST.get("do", ""))
    if asked is None:
        raise Refused("没有这样的办法", remedy="刷新页面再办")
    return asked()


def _call(request: HttpRequest, step: str) -> dict[str, str]:
    deadline = buying.read_instant(request.POST.get("deadline", ""))
    cases.call_for_quotes(case=request.case.number, step=step, deadline=deadline, **_by(request))
    return {}


def _invite(request: HttpRequest, call: CallView | None) -> dict[str, str]:
    uscc = request.POST.get("uscc", "")
    code = services.invite(call=_number(call), uscc=uscc, **_by(request))
    return {
        "code": code,
        "code_of": firm(uscc).name,
        "address": request.build_absolute_uri(reverse("quoting:quote")),
    }


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.actor, "at": request.now}


def _number(call: CallView | None) -> str:
    return call.number if call else ""


def _order(request: HttpRequest) -> int:
    text = request.POST.get("order", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _none(_: object) -> dict[str, str]:
    return {}
