"""The act of signing in oneself: a member who is in the hall says so with the code on his notice and the room's word.

A door of its own beside that of the offices (noting.py): whoever has a member's code can write one entry only, that this
member is here in person, today, while no vote runs. Taking and keeping the entry is the same code as everywhere.
The code is derived, not stored: nothing is written down that was not there before, and it names nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hmac import compare_digest

from django.db import transaction
from django.utils.crypto import salted_hmac

from mingbai.journal.numbering import hold
from mingbai.kernel import Refused, plain_code, printed_code
from mingbai.meetings import queries
from mingbai.meetings.queries import Meeting
from mingbai.meetings.rules.entries import Came, Way
from mingbai.meetings.rules.floor import Floor, Standing
from mingbai.meetings.rules.taking import take
from mingbai.meetings.services.rolling import LEGAL_TIME
from mingbai.meetings.services.writing import keep

_CODE_BYTES = 10
WORD_HOURS = 2
"""A word of the room holds in its own hour and in the next, so that nobody is turned away when the clock strikes."""


@dataclass(frozen=True)
class SignedIn:
    """A member is here; `again` when that was known before. `body` is the title of what meets."""

    body: str
    name: str
    again: bool = False


def sign_in_codes(now: Meeting) -> Mapping[str, str]:
    """The sign-in code of everyone on the roll of the meeting's day: person → 80 bits as sixteen letters."""
    return {person: _code(now.number, person) for person in now.floor.seats}


def room_word(meeting: str, at: datetime) -> str:
    """The four digits shown on the wall of the hall in this hour; only who is there can read them."""
    hour = at.astimezone(LEGAL_TIME).strftime("%Y-%m-%dT%H")
    digest = salted_hmac("mingbai.meetings.room", f"{meeting}/{hour}", algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10000:04d}"


def member_of_code(meeting: str, code: str) -> str:
    """The member whose code this is.

    Raises:
        Refused: it is nobody's on this meeting's roll, or there is no such meeting, which is not told apart.
    """
    typed = plain_code(code)
    try:
        now = queries.meeting(meeting)
    except Refused:
        raise _unknown() from None
    found = [person for person, own in sign_in_codes(now).items() if compare_digest(plain_code(own), typed)]
    if not found:
        raise _unknown()
    return found[0]


def _unknown() -> Refused:
    return Refused(
        "这次会议没有这个签到码", remedy="照签到卡上自己的签到码逐字输入；不在名册上的，列席不用签到"
    )


def check_word(meeting: str, word: str, at: datetime) -> None:
    """Refuse a word that is not the room's, of this hour or the one before."""
    typed = plain_code(word)
    hours = [at - timedelta(hours=back) for back in range(WORD_HOURS)]
    if not any(compare_digest(room_word(meeting, hour), typed) for hour in hours):
        raise Refused("会场口令不对", remedy="看会场墙上的四个数字，过一小时会换")


def sign_in(*, meeting: str, person: str, at: datetime) -> SignedIn:
    """Write down that a member is here in person, by his own hand; a second time is nothing new.

    Raises:
        Refused: not on the roll, another day, the meeting over, a vote running, his household already here where each
            sends one, or he was struck off as gone before.
    """
    entry = Came(people=(person,), way=Way.in_person, source="qr")
    key = f"qr-{person}"[:64]
    with transaction.atomic():
        hold(f"meeting/{meeting}")
        now = queries.meeting(meeting)
        if _here(now.floor, person):
            return SignedIn(now.body_title, now.floor.seats[person].name, again=True)
        _refuse_other_day(now.floor, at.astimezone(LEGAL_TIME).date())
        if key in now.keys:
            raise Refused("您签到以后又登记过离开", remedy="回来了的，请到签到处登记")
        take(now.floor, entry, now.floor.held_on)
        keep(meeting, now.last + 1, key, entry, person=person, at=at)
    return SignedIn(now.body_title, now.floor.seats[person].name)


def _here(floor: Floor, person: str) -> bool:
    came = floor.came.get(person)
    return came is not None and came.way is Way.in_person


def _refuse_other_day(floor: Floor, today: date) -> None:
    if floor.standing is Standing.cancelled or today == floor.held_on:
        return
    when = "还没有到日子" if today < floor.held_on else "已经过了"
    raise Refused(
        f"会议定在{floor.held_on}，{when}", floor.rule.citation, "开会那天在会场签到；漏签的，请登记的人补登"
    )


def _code(meeting: str, person: str) -> str:
    digest = salted_hmac("mingbai.meetings.sign-in", f"{meeting}/{person}", algorithm="sha256").digest()
    return printed_code(digest[:_CODE_BYTES])
