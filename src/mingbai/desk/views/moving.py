"""The case as a whole: stop its clock, start it again, give it up, move it to a newer edition."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mingbai.cases import services
from mingbai.desk.views.access import for_case
from mingbai.desk.views.acts import told
from mingbai.kernel import Refused

MOST_DIGITS = 6


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


@require_POST
@for_case
def migrate(request: HttpRequest) -> HttpResponse:
    """Let the case go on under a newer edition, with the reason; `as-STEP` names what a step is called there."""
    wanted = request.POST.get("edition", "")
    if not wanted.isdecimal() or len(wanted) > MOST_DIGITS:
        return told(request, Refused(_("还没有选移到哪一版"), remedy=_("回到事项页面，选一版再办")))
    prefix = "as-"
    mapping = {
        key.removeprefix(prefix): str(to) for key, to in request.POST.items() if key.startswith(prefix) and to
    }
    act = partial(services.migrate_case, mapping=mapping)
    return _move(request, act, to_edition=int(wanted), reason=_reason(request))


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()


def _move(request: HttpRequest, act: Callable[..., object], **more: Any) -> HttpResponse:
    try:
        act(case=request.case.number, occurred_on=request.today, by=request.actor, at=request.now, **more)
    except Refused as problem:
        return told(request, problem)
    return HttpResponseRedirect(reverse("desk:case", args=[request.case.number]))
