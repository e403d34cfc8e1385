"""Buying at the desk: whose villages, what a quotes page shows, what was typed into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mingbai.desk.views.access import for_office_holder
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView
from mingbai.organisations.rules import Actor, may_see
from mingbai.procurement.rules.suppliers import Held
from mingbai.procurement.services.registering import REGISTER

SHANGHAI = ZoneInfo("Asia/Shanghai")
OWNERS = range(1, 6)
View = Callable[..., HttpResponse]


def villages_of(actor: Actor, on: Any) -> tuple[DivisionView, ...]:
    """The villages whose purchases a person may see: those within reach."""
    return tuple(one for one in organisations.villages() if may_see(actor, one.code, on))


def registers(actor: Actor, village: str, on: Any) -> bool:
    """Whether a person may register suppliers there."""
    places = (village, village[:9], village[:6])
    return any(actor.holds(office, place, on) for office in REGISTER for place in places)


def for_village(view: View) -> View:
    """Let in who may see the village; `request.village` is that village. Otherwise it is not there."""

    @for_office_holder
    @wraps(view)
    def guarded(request: HttpRequest, village: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            request.village = organisations.division(village)
        except Refused as unknown:
            raise Http404("没有这个村") from unknown
        if len(village) != 12 or not may_see(request.actor, village, request.today):
            raise Http404("没有这个村")
        return view(request, *args, **kwargs)

    return guarded


def read_instant(text: str) -> datetime:
    """An instant as a browser's field writes it, in China's time.

    Raises:
        Refused: it is none.
    """
    try:
        return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
    except ValueError as bad:
        raise Refused(_("截止时间看不懂"), remedy=_("选好日期和钟点")) from bad


def read_owners(post: Mapping[str, str]) -> list[Held]:
    """The shareholders of the form; lines without a name are passed over.

    Raises:
        Refused: a share that is no whole number.
    """
    found = []
    for n in OWNERS:
        name, share = post.get(f"owner-{n}", "").strip(), post.get(f"percent-{n}", "").strip()
        if not name:
            continue
        if not (share.isascii() and share.isdigit() and len(share) < 4):
            raise Refused(_("股份要填整数，几就是百分之几"), remedy=_("照着章程填，例如 60"))
        found.append(Held(name, int(share)))
    return found
