"""The one place where the server's time is read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This instant in UTC; in a demo data directory, the demo's own time, which runs on from its last act."""
    return datetime.now(UTC) + timedelta(seconds=settings.MINGBAI_CLOCK_OFFSET)


def legal_day(instant: datetime) -> date:
    """The legal date of an instant: the calendar day in Asia/Shanghai."""
    return instant.astimezone(SHANGHAI).date()
