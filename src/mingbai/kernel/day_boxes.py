"""A period of days drawn as boxes, one a day: gone, today, still to come, or left out of the count. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

MOST_CELLS, FOLDED = 10, 7


@dataclass(frozen=True)
class DayCell:
    """One day: its day of the month and `gone`, `today`, `open`, `idle`, or `more-days` for days left out."""

    text: str
    state: str
    title: str


@dataclass(frozen=True)
class Period:
    """A period as it is shown: its boxes, how many days are left with today, both ends, how long it is.

    `idle` says how many of its days do not count.
    """

    cells: tuple[DayCell, ...]
    left: int
    since: date
    until: date
    days: int
    idle: int = 0


def period(since: date, until: date, today: date, idle: Collection[date] = ()) -> Period:
    """The boxes of a period. Its first day is not counted (民法典第201条), so it has no box of its own."""
    first = since + timedelta(days=1) if until > since else since
    days = [first + timedelta(days=n) for n in range((until - first).days + 1)]
    cells = [DayCell(_text(day, idle), _state(day, today, idle), f"{day.month}月{day.day}日") for day in days]
    left = max((until - max(today, since)).days + (1 if today > since or until == since else 0), 0)
    return Period(_shortened(cells), left, since, until, len(days), sum(day in idle for day in days))


def _text(day: date, idle: Collection[date]) -> str:
    """Readable without colour: a day that does not count is crossed out in words of its own."""
    return f"×{day.day}" if day in idle else str(day.day)


def _state(day: date, today: date, idle: Collection[date]) -> str:
    if day in idle:
        return "idle"
    if day == today:
        return "today"
    return "gone" if day < today else "open"


def _shortened(cells: list[DayCell]) -> tuple[DayCell, ...]:
    """A long period on one line: the past, then the far future, fold into an ellipsis."""
    if len(cells) <= MOST_CELLS:
        return tuple(cells)
    here = next((i for i, cell in enumerate(cells) if cell.state in ("today", "open")), len(cells) - 1)
    first = max(0, min(here - 2, len(cells) - FOLDED))
    shown = cells[first : first + FOLDED]
    fold = DayCell("…", "more-days", "")
    cut = first + FOLDED < len(cells)
    return (*([fold] if first else []), *(shown[:-1] if cut else shown), *([fold, cells[-1]] if cut else []))
