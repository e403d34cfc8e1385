"""The days of a notice, row by row, as a jurist reads them; and the same by a second, independent count."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mingbai.cases.rules import days, notices
from mingbai.kernel import Citation, Refused, load_calendar
from mingbai.procedures.rules.graph import Limit, Node

pytestmark = pytest.mark.once
ROWS = yaml.safe_load((Path(__file__).parent / "notice_days.yaml").read_text("utf-8"))["rows"]
CALENDAR = load_calendar(
    (Path(__file__).parents[2] / "districts" / "huaishang" / "calendar.yaml").read_text("utf-8"),
    "calendar.yaml",
)
DAY = timedelta(days=1)


def gap(row):
    return notices.days_between([[one.isoformat() for one in row["idle"]]]) if "idle" in row else frozenset()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['posted']} {row['days']} {row['unit']}")
def test_the_last_day(row):
    last = notices.hangs_until(CALENDAR, row["posted"], row["days"], row["unit"], gap(row))
    assert last == row["until"], row["why"]
    node = Node(
        "n", "publicity", "公示", limit=Limit("min", row["days"], row["unit"], Citation("x", "第1条"))
    )
    with pytest.raises(Refused, match="不能缩短"):
        days.refuse_cut_short(node, last, last)
    days.refuse_cut_short(node, last + DAY, last)


def test_the_table_is_long_enough_and_every_row_says_why():
    assert len(ROWS) >= 40
    assert all(row["why"] and row["article"] for row in ROWS)
    assert {row["days"] for row in ROWS} >= {3, 5, 7, 15, 20, 30}


BEGAN = st.dates(date(2025, 1, 1), date(2026, 10, 1))
IDLE = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 9)), max_size=3)


def counted(begin, last, unit, idle):
    """Days that count, one by one: a second way to the same number."""
    every = [begin + n * DAY for n in range(1, (last - begin).days + 1)]
    return [one for one in every if one not in idle and (unit == "calendar_day" or CALENDAR.is_working(one))]


@given(BEGAN, st.sampled_from([3, 5, 7, 15, 20, 30]), st.sampled_from(["calendar_day", "working_day"]), IDLE)
def test_whatever_is_torn_down_it_hangs_at_least_its_days_and_ends_on_a_day_of_work(begin, value, unit, gaps):
    idle = frozenset(begin + (start + n) * DAY for start, length in gaps for n in range(length + 1))
    last = notices.hangs_until(CALENDAR, begin, value, unit, idle)
    assert len(counted(begin, last, unit, idle)) >= value
    assert CALENDAR.is_working(last) and last not in idle
    assert last >= CALENDAR.add(begin, value, unit)
    # Not a day longer than needed: a day less, and either the count or the rest day forbids it.
    shorter = counted(begin, last - DAY, unit, idle)
    resting = all(begin + n * DAY in idle or not CALENDAR.is_working(begin + n * DAY)
                  for n in range((last - begin).days)
                  if len(counted(begin, begin + n * DAY, unit, idle)) >= value)  # fmt: skip
    assert len(shorter) < value or resting


@given(BEGAN, st.integers(0, 40), st.sampled_from(["calendar_day", "working_day", "month"]))
def test_without_a_gap_it_is_the_calendar_s_own_reckoning(begin, value, unit):
    value = min(value, 3) if unit == "month" else value
    assert notices.hangs_until(CALENDAR, begin, value, unit) == CALENDAR.add(begin, value, unit)
