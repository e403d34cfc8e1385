"""Who on a roll must stand aside, because the matter is theirs or their near relative's."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mingbai.meetings.rules.floor import Seat
from mingbai.organisations import queries as organisations


def kin_seats(seats: Mapping[str, Seat], interested: Collection[str]) -> dict[str, str]:
    """Members who are interested (by name or id) or declared near relatives of whoever is; with the reason.

    Near relatives are those of 民法典 第1045条, as declared; nobody's kinship is guessed.
    """
    if not interested:
        return {}
    wanted = set(interested)
    own = {one.person: "是本项的当事人" for one in seats.values() if {one.person, one.name} & wanted}
    kin = {
        person: "是本项当事人的近亲属"
        for person, relatives in organisations.relatives(seats).items()
        if any({one.id, one.name} & wanted for one in relatives)
    }
    return {**kin, **own}
