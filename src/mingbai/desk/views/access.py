"""Who is asking, and may they see this case: the one place where the desk checks scope. Default: not found."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from mingbai.cases import queries as cases
from mingbai.kernel import Refused
from mingbai.organisations.queries import actor_on
from mingbai.organisations.rules import Actor, may_see

View = Callable[..., HttpResponse]


def for_office_holder(view: View) -> View:
    """Let in whoever is signed in as a person; `request.actor` is that person with today's offices."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.actor = _actor(request)
        return view(request, *args, **kwargs)

    return guarded


def for_case(view: View) -> View:
    """As above, and only to a case of a village within the person's reach; `request.case` is that case.

    A case out of reach answers exactly as one that does not exist (security Z1).
    """

    @for_office_holder
    @wraps(view)
    def guarded(request: HttpRequest, number: str, *args: Any, **kwargs: Any) -> HttpResponse:
        request.case = _visible_case(request, number)
        return view(request, *args, **kwargs)

    return guarded


def _actor(request: HttpRequest) -> Actor:
    person = request.user.person_id
    if not person:
        raise Http404("这个账号没有对应的人")
    return actor_on(person, request.today)


def _visible_case(request: HttpRequest, number: str) -> Any:
    try:
        case = cases.case(number)
    except Refused as unknown:
        raise Http404("没有这件事") from unknown
    if not may_see(request.actor, case.village, request.today):
        raise Http404("没有这件事")
    return case
