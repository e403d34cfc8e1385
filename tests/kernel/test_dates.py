"""Legal days: every day of two announced years against an independent calendar, and the Civil Code's periods."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunar_python import Lunar

from mingbai.kernel import BadFile, Refused, WorkingCalendar, load_calendar

FILE = Path(__file__).parents[2] / "districts" / "huaishang" / "calendar.yaml"
CALENDAR = load_calendar(FILE.read_text("utf-8"), "calendar.yaml")
DAYS_2025_2026 = [date(2025, 1, 1) + timedelta(n) for n in range(730)]


def test_the_district_knows_two_announced_years_and_seven_provisional() -> None:
    assert CALENDAR.years == set(range(2025, 2034))
    assert CALENDAR.provisional == set(range(2027, 2034))


def test_every_announced_day_agrees_with_an_independent_calendar() -> None:
    assert [
        day for day in DAYS_2025_2026 if CALENDAR.is_working(day) != chinese_calendar.is_workday(day)
    ] == []


@pytest.mark.parametrize("year", sorted(CALENDAR.provisional))
def test_a_provisional_year_rests_on_the_statutory_days_and_no_others(year: int) -> None:
    def lunar(month: int, day: int) -> date:
        return date.fromisoformat(Lunar.fromYmd(year, month, day).getSolar().toYmd())

    spring = lunar(1, 1)
    clear_and_bright = date.fromisoformat(Lunar.fromYmd(year, 3, 1).getJieQiTable()["清明"].toYmd())
    statutory = {
        date(year, 1, 1), *(spring + timedelta(n) for n in range(-1, 3)), clear_and_bright, date(year, 5, 1),
        date(year, 5, 2), lunar(5, 5), lunar(8, 15), *(date(year, 10, n) for n in (1, 2, 3)),
    }  # fmt: skip
    days = [date(year, 1, 1) + timedelta(n) for n in range(365)]
    resting = {day for day in days if not CALENDAR.is_working(day)}
    assert resting == statutory | {day for day in days if day.weekday() > 4}


@pytest.mark.parametrize(
    ("start", "n", "unit", "last"),
    [
        # the day of the event is not counted (201)
        (date(2026, 9, 1), 5, "calendar_day", date(2026, 9, 7)),  # ends on Sunday 6th, moves on (203)
        (date(2026, 9, 1), 3, "calendar_day", date(2026, 9, 4)),
        (date(2026, 9, 1), 5, "working_day", date(2026, 9, 8)),
        # over the National Day week, whose make-up workdays are 20 September and 10 October
        (date(2026, 9, 18), 1, "working_day", date(2026, 9, 20)),
        (date(2026, 9, 30), 1, "working_day", date(2026, 10, 8)),
        (date(2026, 9, 30), 3, "working_day", date(2026, 10, 10)),
        (date(2026, 9, 28), 3, "calendar_day", date(2026, 10, 8)),
        # over the Spring Festival: nine days
        (date(2026, 2, 13), 1, "working_day", date(2026, 2, 14)),
        (date(2026, 2, 14), 1, "working_day", date(2026, 2, 24)),
        (date(2026, 2, 10), 7, "calendar_day", date(2026, 2, 24)),
        # months and years: the same day, or the last of a shorter month (202)
        (date(2026, 1, 30), 1, "month", date(2026, 2, 28)),  # Saturday, but a make-up workday
        (date(2026, 5, 31), 1, "month", date(2026, 6, 30)),
        (date(2025, 12, 31), 2, "month", date(2026, 2, 28)),
        (date(2025, 3, 3), 1, "year", date(2026, 3, 3)),
        (date(2025, 10, 1), 1, "year", date(2026, 10, 8)),
        # nothing to wait for
        (date(2026, 9, 6), 0, "calendar_day", date(2026, 9, 6)),
        (date(2026, 9, 6), 0, "working_day", date(2026, 9, 6)),
    ],
)
def test_periods(start: date, n: int, unit: str, last: date) -> None:
    assert CALENDAR.add(start, n, unit) == last


def test_a_leap_day_ends_on_the_28th() -> None:
    calendar = WorkingCalendar(frozenset(), frozenset(), frozenset({2024, 2025}))
    assert calendar.add(date(2024, 2, 29), 1, "year") == date(2025, 2, 28)


@given(
    st.sampled_from(DAYS_2025_2026[:600]),
    st.integers(1, 60),
    st.sampled_from(["working_day", "calendar_day", "month"]),
)
def test_a_period_ends_on_a_working_day_and_never_shrinks(start: date, n: int, unit: str) -> None:
    n = min(n, 3) if unit == "month" else n
    last = CALENDAR.add(start, n, unit)
    assert last > start and CALENDAR.is_working(last)
    assert CALENDAR.add(start, n - 1, unit) <= last
    if unit == "working_day":
        between = [start + timedelta(k) for k in range(1, (last - start).days + 1)]
        assert sum(CALENDAR.is_working(day) for day in between) == n


@pytest.mark.parametrize(
    ("start", "n", "unit"),
    [
        (date(2033, 12, 31), 1, "working_day"), (date(2034, 1, 3), 1, "calendar_day"), (date(2024, 12, 1), 3, "working_day"),
        (date(2026, 9, 1), -1, "working_day"), (date(2026, 9, 1), 10**9, "working_day"), (date(2026, 9, 1), 5, "week"),
        (date(9999, 12, 30), 5, "calendar_day"), (date(9999, 12, 30), 5, "month"),
    ],
)  # fmt: skip
def test_what_cannot_be_known_is_refused(start: date, n: int, unit: str) -> None:
    with pytest.raises(Refused):
        CALENDAR.add(start, n, unit)


YEAR = "years:\n  - year: 2026\n    status: announced\n    source: 通知\n    holidays:\n      - 2026-01-01\n    workdays:\n      - 2026-01-04\n"


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("2026-01-01", "2025-01-01", "不在这一年里"),
        ("2026-01-04", "2026-01-01", "又放假又上班"),
        ("2026-01-04", "2026-01-05", "不用写成补班"),
        ("- 2026-01-01", "- 2026-01-01\n      - 2026-01-01", "写了两遍"),
        ("announced", "maybe", "规定的几个词"),
        ("    source: 通知\n", "", "缺少这一项"),
        ("2026-01-01", "2026-02-30", "2026-02-30"),
    ],
)
def test_a_wrong_calendar_names_line_and_reason(old: str, new: str, word: str) -> None:
    load_calendar(YEAR, "calendar.yaml")
    with pytest.raises(BadFile) as bad:
        load_calendar(YEAR.replace(old, new, 1), "calendar.yaml")
    assert word in bad.value.reason and bad.value.file == "calendar.yaml"


def test_a_year_stands_once() -> None:
    with pytest.raises(BadFile):
        load_calendar(YEAR + YEAR.removeprefix("years:\n"), "calendar.yaml")
