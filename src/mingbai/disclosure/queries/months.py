"""How much was published in a village, kind by kind and month by month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.db.models.functions import TruncDay

from mingbai.disclosure.models import PublicationRow

SHANGHAI = ZoneInfo("Asia/Shanghai")


def published_by_day(village: str, since: date, until: date) -> Mapping[tuple[date, str], int]:
    """How many acts of each kind were published on each legal day from `since` to before `until`; one query."""
    begins, ends = (datetime.combine(day, time.min, SHANGHAI) for day in (since, until))
    rows = (
        PublicationRow.objects.filter(village=village, published_at__gte=begins, published_at__lt=ends)
        .annotate(day=TruncDay("published_at", tzinfo=SHANGHAI))
        .values("day", "kind")
        .annotate(count=Count("order"))
        .order_by("day", "kind")
    )
    return {(row["day"].date(), row["kind"]): row["count"] for row in rows}
