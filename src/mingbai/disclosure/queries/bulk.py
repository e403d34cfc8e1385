"""Everything that was published, year by year, for files that carry all of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as day
from datetime import datetime, time

from django.db.models import Max, Min

from mingbai.disclosure.models import PublicationRow
from mingbai.disclosure.queries.reading import Publication, opened, views
from mingbai.disclosure.rules.values import SHANGHAI, legal_day

AT_ONCE = 500
LATER_ACTS = ("paper.released", "publication.withdrawn")
"""Acts that change how earlier publications are shown."""


def years(upto: int) -> tuple[int, ...]:
    """The years in which anything was published, of the publications up to that place in the order; one query."""
    rows = PublicationRow.objects.filter(order__lte=upto)
    found = rows.aggregate(first=Min("published_at"), last=Max("published_at"))
    if found["first"] is None:
        return ()
    return tuple(range(legal_day(found["first"]).year, legal_day(found["last"]).year + 1))


def of_year(year: int, upto: int) -> Iterator[tuple[Publication, ...]]:
    """What was published in a year, in order, in portions of `AT_ONCE`, papers as they are open now.

    At most three queries a portion.
    """
    begins = datetime.combine(day(year, 1, 1), time.min, SHANGHAI)
    ends = datetime.combine(day(year + 1, 1, 1), time.min, SHANGHAI)
    rows = PublicationRow.objects.filter(published_at__gte=begins, published_at__lt=ends, order__lte=upto)
    last = 0
    while found := views(rows.filter(order__gt=last).order_by("order")[:AT_ONCE]):
        yield tuple(opened(found))
        last = found[-1].order


def years_touched(since: int, upto: int) -> tuple[frozenset[int], bool]:
    """The years of what was published after one place up to another, and whether it touches earlier years too."""
    rows = PublicationRow.objects.filter(order__gt=since, order__lte=upto)
    instants = rows.aggregate(first=Min("published_at"), last=Max("published_at"))
    if instants["first"] is None:
        return frozenset(), False
    first, last = legal_day(instants["first"]).year, legal_day(instants["last"]).year
    return frozenset(range(first, last + 1)), rows.filter(kind__in=LATER_ACTS).exists()
