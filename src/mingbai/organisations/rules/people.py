"""A village's own numbers of its people, and who has gone by a day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

NUMBER = re.compile(r"[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*")
LONGEST_NUMBER = 32
DEPARTURES = {"died": "去世", "moved_away": "迁出", "left_membership": "不再是集体经济组织成员"}
RETURN = "returned"


def is_number(text: str) -> bool:
    """Whether a village may number a person so: letters and digits of ASCII, groups of them joined by hyphens."""
    return len(text) <= LONGEST_NUMBER and NUMBER.fullmatch(text) is not None


def number_key(text: str) -> str:
    """What makes two spellings one number: Excel drops leading zeros, and case is not meant. 007 is 7, a01 is A01."""
    return (text.lstrip("0") or "0") if text.isdigit() else text.upper()


def last_move(moves: Iterable[tuple[date, str]], on: date) -> tuple[date, str] | None:
    """Whither a person had gone by a day: the last of his moves, each (day, kind) in the order recorded.

    Of one day, what was recorded last stands. None when there is none by then or the last was a return.
    """
    by_then = sorted((one for one in moves if one[0] <= on), key=lambda one: one[0])
    if not by_then or by_then[-1][1] == RETURN:
        return None
    return by_then[-1]
