"""The case as a whole: stop its clock, start it again, give it up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from mingbai.cases import services
from mingbai.desk.views.access import for_case
from mingbai.desk.views.acts import told
from mingbai.kernel import Refused


@require_POST
@for_case
def suspend(request: HttpRequest) -> HttpResponse:
    """Stop the clock, with the reason."""
    return _move(request, services.suspend_case, reason=_reason(request))


@require_POST
@for_case
def resume(request: HttpRequest) -> HttpResponse:
    """Start the clock again."""
    return _move(request, services.resume_case)


@require_POST
@for_case
def withdraw(request: HttpRequest) -> HttpResponse:
    """Give up a case, with the reason; what was published stays."""
    return _move(request, services.withdraw_case, reason=_reason(request))


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()


def _move(request: HttpRequest, act: Callable[..., object], **more: Any) -> HttpResponse:
    try:
        act(case=request.case.number, occurred_on=request.today, by=request.actor, at=request.now, **more)
    except Refused as problem:
        return told(request, problem)
    return HttpResponseRedirect(reverse("desk:case", args=[request.case.number]))
