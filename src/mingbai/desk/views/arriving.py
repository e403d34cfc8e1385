"""Signing in oneself: the word on the wall, the cards with everyone's code, and the page that takes both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from mingbai.desk.attending import for_writer, shown
from mingbai.desk.guessing import Bound
from mingbai.desk.views.voting import LONGEST, unremembered
from mingbai.kernel import Refused
from mingbai.meetings.services import arriving
from mingbai.meetings.services.arriving import SignedIn
from mingbai.printing import press

# Four digits can be guessed, so each member's code has few tries; the other members' are not touched by it. A code has
# 80 bits, so wrong codes are bounded only for the work that they make, for all callers together.
_WORDS = Bound(most=6, span=timedelta(hours=1))
_CODES = Bound(most=120, span=timedelta(minutes=1))


@dataclass(frozen=True)
class Card:
    """One member's card: the name, the code, and the square that leads to the page with it."""

    name: str
    code: str
    square: str


@require_GET
@for_writer
def wall(request: HttpRequest) -> HttpResponse:
    """The room's word of this hour, large enough for a wall, with the address where one signs in."""
    number = request.meeting.number
    context = {"word": arriving.room_word(number, request.now), "here": len(request.meeting.floor.came)}
    target = address(number)
    return shown(
        request, "desk/arrive_wall.html", address=target, square=press.code_picture(target), **context
    )


@require_GET
@for_writer
def cards(request: HttpRequest) -> HttpResponse:
    """Everyone's sign-in code, to be handed out with the notice."""
    meeting = request.meeting
    own, seats, target = arriving.sign_in_codes(meeting), meeting.floor.seats, address(meeting.number)
    made = [Card(seats[one].name, code, press.code_picture(f"{target}#{code}")) for one, code in own.items()]
    return shown(request, "desk/arrive_cards.html", cards=made, address=target)


def address(number: str) -> str:
    """Where one signs in to a meeting; one's own code goes behind its #."""
    return f"{settings.MINGBAI_BASE_URL.rstrip('/')}/sign-in/{number}/"


@unremembered
@sensitive_variables()
def sign_in(request: HttpRequest, number: str) -> HttpResponse:
    """One's own code and the room's word; then one is written down as here.

    Before a right code nothing of the meeting is told, not even whether there is one of this number.
    """
    code, word = (request.POST.get(name, "").strip()[:LONGEST] for name in ("code", "word"))
    context: dict[str, Any] = {"code": code}
    status = 200
    if request.method == "POST":
        try:
            context["done"] = _sign_in(number, code, word, request.now)
        except Refused as refusal:
            context["refusal"], status = refusal, 429 if isinstance(refusal, _Enough) else 422
    return render(request, "desk/arrive.html", context, status=status)


class _Enough(Refused):
    """Too many wrong answers; whether this one was right is not said."""


def _sign_in(number: str, code: str, word: str, now: datetime) -> SignedIn:
    """Raises `Refused`: a wrong code or word, tried too often, or the member cannot be written down now."""
    person = _member(number, code, now)
    key = f"{number}/{person}"
    if _WORDS.spent(now, key):
        raise _Enough(_("口令输错的次数太多"), remedy=_("到签到处登记；过一小时也可以再扫码"))
    try:
        arriving.check_word(number, word, now)
    except Refused:
        _WORDS.wrong(now, key)
        raise
    return arriving.sign_in(meeting=number, person=person, at=now)


def _member(number: str, code: str, now: datetime) -> str:
    try:
        return arriving.member_of_code(number, code)
    except Refused:
        if _CODES.spent(now):
            raise _Enough(_("这会儿输错的人太多"), remedy=_("对照签到卡再核一遍，或者到签到处登记")) from None
        _CODES.wrong(now)
        raise
