"""Named situations of legal time in Huaishang, each with its weekday written out, so that a slip is seen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mingbai.kernel import BadFile, Refused, WorkingCalendar, load_calendar

pytestmark = pytest.mark.once

FILE = Path(__file__).parents[2] / "districts" / "huaishang" / "calendar.yaml"
WEEKDAYS = "一二三四五六日"

# day, weekday, whether offices work, why
DAYS = [
    ("2026-09-18", "五", True, "an ordinary Friday"),
    ("2026-09-19", "六", False, "an ordinary Saturday"),
    ("2026-09-20", "日", True, "make-up workday before National Day"),
    ("2026-09-25", "五", False, "Mid-Autumn"),
    ("2026-09-27", "日", False, "Mid-Autumn, third day"),
    ("2026-09-30", "三", True, "the eve of National Day"),
    ("2026-10-01", "四", False, "National Day"),
    ("2026-10-07", "三", False, "National Day, seventh day"),
    ("2026-10-08", "四", True, "the first day back"),
    ("2026-10-10", "六", True, "make-up workday after National Day"),
    ("2026-10-11", "日", False, "an ordinary Sunday"),
    ("2026-01-02", "五", False, "New Year, second day"),
    ("2026-01-04", "日", True, "make-up workday after New Year"),
    ("2026-02-14", "六", True, "make-up workday before Spring Festival"),
    ("2026-02-16", "一", False, "the eve of Spring Festival"),
    ("2026-02-23", "一", False, "Spring Festival, ninth day"),
    ("2027-10-01", "五", False, "National Day of the provisional year"),
]

# start, weekday, n, unit, end, weekday, why
PERIODS = [
    ("2026-09-07", "一", 3, "working_day", "2026-09-10", "四", "the day of the event is not counted (201)"),
    ("2026-09-11", "五", 1, "working_day", "2026-09-14", "一", "over a weekend"),
    ("2026-09-18", "五", 1, "working_day", "2026-09-20", "日", "a make-up Sunday counts"),
    ("2026-09-30", "三", 1, "working_day", "2026-10-08", "四", "National Day is stepped over"),
    ("2026-09-30", "三", 3, "working_day", "2026-10-10", "六", "to the make-up Saturday"),
    ("2026-09-30", "三", 5, "working_day", "2026-10-13", "二", "over holiday, make-up day and Sunday"),
    ("2026-10-01", "四", 1, "working_day", "2026-10-08", "四", "an event on a holiday"),
    ("2026-09-01", "二", 7, "calendar_day", "2026-09-08", "二", "seven days of notice"),
    ("2026-09-05", "六", 7, "calendar_day", "2026-09-14", "一", "ends on Saturday, moves to Monday (203)"),
    ("2026-09-13", "日", 7, "calendar_day", "2026-09-20", "日", "ends on a make-up Sunday, stays (203)"),
    (
        "2026-09-24",
        "四",
        7,
        "calendar_day",
        "2026-10-08",
        "四",
        "ends on National Day, moves behind it (203)",
    ),
    ("2026-09-26", "六", 15, "calendar_day", "2026-10-12", "一", "ends on Sunday after the make-up Saturday"),
    ("2026-08-31", "一", 1, "month", "2026-09-30", "三", "no 31st: the last day of the month (202)"),
    ("2026-01-31", "六", 1, "month", "2026-02-28", "六", "the end of February is a make-up Saturday"),
    ("2026-09-01", "二", 1, "month", "2026-10-08", "四", "a month that ends on National Day"),
    ("2025-12-15", "一", 2, "month", "2026-02-24", "二", "over the year, behind Spring Festival"),
    ("2025-06-30", "一", 1, "year", "2026-06-30", "二", "a year"),
    ("2025-12-31", "三", 1, "working_day", "2026-01-04", "日", "over New Year to the make-up Sunday"),
    ("2026-12-31", "四", 1, "working_day", "2027-01-04", "一", "into the provisional year"),
]


@pytest.fixture(name="days", scope="module")
def _days() -> WorkingCalendar:
    return load_calendar(FILE.read_text("utf-8"), "calendar.yaml")


def day(text: str, weekday: str) -> date:
    found = date.fromisoformat(text)
    assert WEEKDAYS[found.weekday()] == weekday, f"{text} is not 星期{weekday}"
    return found


@pytest.mark.parametrize(("text", "weekday", "works", "why"), DAYS, ids=[case[3] for case in DAYS])
def test_working_days(days: WorkingCalendar, text: str, weekday: str, works: bool, why: str) -> None:
    assert days.is_working(day(text, weekday)) is works, why


@pytest.mark.parametrize("case", PERIODS, ids=[case[6] for case in PERIODS])
def test_periods(days: WorkingCalendar, case: tuple[str, str, int, str, str, str, str]) -> None:
    start, from_weekday, n, unit, end, to_weekday, why = case
    assert days.add(day(start, from_weekday), n, unit) == day(end, to_weekday), why


def test_a_year_without_holidays_is_refused_by_name(days: WorkingCalendar) -> None:
    with pytest.raises(Refused, match="2099年") as refused:
        days.is_working(date(2099, 3, 2))
    assert refused.value.remedy


YEAR = "years:\n- year: 2026\n  status: announced\n  source: 通知\n  holidays: [{0}]\n  workdays: [{1}]\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (YEAR.format("2026-10-01, 2026-10-01", ""), 5),
        (YEAR.format("2025-10-01", ""), 5),
        (YEAR.format("2026-10-32", ""), 5),
        (YEAR.format("2026-10-10", "2026-10-10"), 2),
        (YEAR.format("2026-10-01", "").replace("announced", "guessed"), 3),
        (YEAR.format("2026-10-01", "") + "  weather: fine\n", 7),
        ("years: []\n", 1),
    ],
)
def test_a_bad_calendar_names_its_line(text: str, line: int) -> None:
    with pytest.raises(BadFile) as bad:
        load_calendar(text, "calendar.yaml")
    assert (bad.value.file, bad.value.line) == ("calendar.yaml", line)
