"""The codes of an electronic ballot: made once, printed as slips in the order of a lot, and never seen again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from mingbai.desk.attending import for_writer, shown
from mingbai.kernel import Refused
from mingbai.meetings import services
from mingbai.meetings.rules.floor import Item
from mingbai.organisations import queries as organisations
from mingbai.printing import press


@dataclass(frozen=True)
class Slip:
    """One slip: the code as it is read, and the square that leads to the page of the ballot with it."""

    code: str
    square: str


@require_http_methods(["GET", "POST"])
@for_writer
@sensitive_variables()
def codes(request: HttpRequest, item: int) -> HttpResponse:
    """How the codes stand; posted, they are made and this one answer shows them."""
    motion = request.meeting.floor.item(item)
    if motion is None:
        raise Http404("没有这一项")
    refusal = None
    if request.method == "POST":
        try:
            return _slips(request, motion)
        except Refused as problem:
            refusal = problem
    return _standing(request, motion, refusal)


def _slips(request: HttpRequest, item: Item) -> HttpResponse:
    made = services.make_codes(
        meeting=request.meeting.number,
        item=item.number,
        by=request.actor,
        at=request.now,
        again=request.POST.get("again") == "yes",
    )
    slips = [Slip(code, press.code_picture(f"{address()}#{code}")) for code in made]
    return shown(request, "desk/codes_slips.html", item=item, slips=slips, address=address())


def _standing(request: HttpRequest, item: Item, refusal: Refused | None) -> HttpResponse:
    issue = services.issue(request.meeting.number, item.number)
    context: dict[str, Any] = {"item": item, "issue": issue, "refusal": refusal}
    if issue and issue.at:
        context |= {"person": organisations.person(issue.person).name, "on": localdate(issue.at)}
    return shown(request, "desk/codes.html", status=422 if refusal else 200, **context)


def address() -> str:
    """Where one votes; the code goes behind its #, which no browser sends to a server."""
    return f"{settings.MINGBAI_BASE_URL.rstrip('/')}/vote/"
