"""What changed in a village since last month: how much of each kind, on which days, and the newest of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from mingbai.disclosure import queries as disclosure
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView
from mingbai.portal.pages import finding
from mingbai.portal.pages.finding import Recent
from mingbai.search.queries import group_of

NEWEST = 120
FEW = 5
TALLEST = 60
"""Height of the highest bar of the drawing."""


@dataclass(frozen=True)
class Bar:
    """A day of the month in the drawing: place, height, and how it is read out."""

    x: int
    y: int
    height: int
    day: date
    count: int


@dataclass(frozen=True)
class Group:
    """A group of things: how many this month and the month before, the newest, where the rest are."""

    title: str
    count: int
    before: int
    newest: tuple[Recent, ...]
    href: str


@dataclass(frozen=True)
class News:
    """Everything the page shows. `since`: the first day that counts."""

    village: DivisionView
    town: DivisionView
    since: date
    groups: tuple[Group, ...]
    count: int
    before: int
    bars: tuple[Bar, ...]


def news(code: str, today: date) -> News:
    """What was published in the village in the month of `today`, beside the month before.

    Raises:
        Refused: no such village.
    """
    village, town = organisations.village_and_town(code)
    since = today.replace(day=1)
    earlier = (since - timedelta(days=1)).replace(day=1)
    counts = disclosure.published_by_day(code, earlier, today + timedelta(days=1))
    now = {key: count for key, count in counts.items() if key[0] >= since}
    newest = disclosure.publications(village=code, newest_first=True, limit=NEWEST).items
    lines = finding.lines(newest, {code: ""})
    return News(
        village=village,
        town=town,
        since=since,
        groups=_groups(code, counts, since, lines),
        count=sum(now.values()),
        before=sum(counts.values()) - sum(now.values()),
        bars=_bars(now, since, today),
    )


def _groups(
    code: str, counts: Mapping[tuple[date, str], int], since: date, lines: Sequence[Recent]
) -> tuple[Group, ...]:
    now: Counter[str] = Counter()
    before: Counter[str] = Counter()
    for (day, kind), count in counts.items():
        (now if day >= since else before)[group_of(kind)] += count
    return tuple(
        Group(
            title,
            now[one],
            before[one],
            tuple(line for line in lines if group_of(line.publication.kind) == one)[: min(FEW, now[one])],
            finding.address(one, village=code),
        )
        for one, title in [*finding.group_titles().items(), ("", _("别的"))]
        if now[one] or before[one]
    )


def _bars(now: Mapping[tuple[date, str], int], since: date, today: date) -> tuple[Bar, ...]:
    by_day: Counter[date] = Counter()
    for (day, _kind), count in now.items():
        by_day[day] += count
    highest = max(by_day.values(), default=1)
    days = [since + timedelta(days=n) for n in range((today - since).days + 1)]
    return tuple(_bar(day, by_day[day], highest) for day in days)


def _bar(day: date, count: int, highest: int) -> Bar:
    height = max(count * TALLEST // highest, 2) if count else 0
    return Bar((day.day - 1) * 30 + 4, TALLEST - height + 4, height, day, count)
