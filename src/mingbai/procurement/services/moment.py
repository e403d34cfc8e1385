"""The day of an instant where the law is in force, and the office under which somebody acts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor, holds_over

LEGAL_TIME = ZoneInfo("Asia/Shanghai")


def legal_day(at: datetime) -> date:
    """The day of an instant in China."""
    return at.astimezone(LEGAL_TIME).date()


def acting_office(by: Actor, village: str, offices: Iterable[str], at: datetime) -> str:
    """The first of these offices that a person holds over a village that day.

    Raises:
        Refused: none, naming those that may.
    """
    asked = tuple(offices)
    found = next((one for one in asked if holds_over(by, one, village, legal_day(at))), "")
    if not found:
        titles = "、".join(organisations.office_title(one) for one in asked)
        raise Refused(f"这件事由{titles}办", remedy=f"请{titles}登录办理")
    return found
