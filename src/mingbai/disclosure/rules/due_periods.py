"""Months, quarters and years as periods that are accounted for: label, first and last day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mingbai.kernel import months_later

LENGTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Period:
    """A month (2026-09), a quarter (2026-Q3) or a year (2026); both days belong to it."""

    label: str
    first: date
    last: date

    @property
    def months(self) -> tuple[str, ...]:
        """Its months, as 2026-09."""
        return tuple(month_of(months_later(self.first, n)) for n in range(_span(self.first, self.last)))

    @property
    def title(self) -> str:
        """As it is read: 2026年9月, 2026年第3季度, 2026年."""
        return period_title(self.label)


def month_of(day: date) -> str:
    """The month of a day, as 2026-09."""
    return f"{day:%Y-%m}"


def period_title(label: str) -> str:
    """A period's label as it is read; what is no label stays as it is."""
    year, _, part = label.partition("-")
    if part.startswith("Q"):
        return f"{year}年第{part[1:]}季度"
    return f"{year}年{int(part)}月" if part.isdecimal() else (f"{year}年" if year.isdecimal() else label)


def period_of(day: date, every: str) -> Period:
    """The period of that length in which the day lies."""
    length = LENGTHS[every]
    first = date(day.year, (day.month - 1) // length * length + 1, 1)
    last = months_later(first, length) - timedelta(days=1)
    labels = {
        "month": month_of(first),
        "quarter": f"{first.year}-Q{(first.month + 2) // 3}",
        "year": str(first.year),
    }
    return Period(labels[every], first, last)


def periods(every: str, begin: date, end: date) -> Iterator[Period]:
    """The periods in which the days from `begin` to `end` lie, oldest first."""
    current = period_of(begin, every)
    while current.first <= end:
        yield current
        current = period_of(current.last + timedelta(days=1), every)


def quarter_before(first: date) -> tuple[str, ...]:
    """The three months before the quarter of a day."""
    return period_of(period_of(first, "quarter").first - timedelta(days=1), "quarter").months


def _span(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1
