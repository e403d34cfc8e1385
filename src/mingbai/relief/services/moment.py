"""The day of an instant where the law is in force, and the first day of its month."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

LEGAL_TIME = ZoneInfo("Asia/Shanghai")


def legal_day(at: datetime) -> date:
    """The day of an instant in China."""
    return at.astimezone(LEGAL_TIME).date()


def first_of(on: date) -> date:
    """The first day of a day's month."""
    return on.replace(day=1)
