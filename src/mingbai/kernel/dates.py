"""Legal time: working days with make-up workdays, and periods that end on a rest day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from mingbai.kernel.citation import Citation
from mingbai.kernel.located import validate
from mingbai.kernel.refusal import Refused

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """Public holidays and make-up workdays of the years that are known; `provisional` years are 暂定."""

    holidays: frozenset[date]
    workdays: frozenset[date]
    years: frozenset[int]
    provisional: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether offices work on that day.

        Raises:
            Refused: the year's holidays have not been entered; nothing is guessed.
        """
        if day.year not in self.years:
            raise Refused(f"{day.year}年的放假安排还没有录入，算不出工作日", remedy="请管理员补录当年的放假通知")
        return day in self.workdays or (day.weekday() < 5 and day not in self.holidays)

    def add(self, start: date, n: int, unit: str) -> date:
        """The last day of a period of `n` units after `start`.

        The day of the event is not counted (民法典第201条); a period in days, months or years that would end on
        a rest day ends on the next working day (民法典第203条).

        Raises:
            Refused: the unit is unknown, or a year without holidays would decide.
        """
        match unit:
            case "working_day":
                return self._working(start, n)
            case "calendar_day":
                return self._move_on(start + n * _DAY) if n else start
            case "month":
                return self._move_on(_months(start, n))
            case "year":
                return self._move_on(_months(start, 12 * n))
        raise Refused(f"不认识的期限单位：{unit}", remedy="只能用工作日、日、月、年")

    def _working(self, start: date, n: int) -> date:
        day = start
        while n:
            day += _DAY
            n -= self.is_working(day)
        return day

    def _move_on(self, day: date) -> date:
        while not self.is_working(day):
            day += _DAY
        return day


def _months(start: date, n: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


class _Year(BaseModel):
    model_config = ConfigDict(extra="forbid")
    year: int
    status: Literal["announced", "provisional"]
    source: str
    holidays: list[date]
    workdays: list[date]


class _Calendar(BaseModel):
    model_config = ConfigDict(extra="forbid")
    years: list[_Year]


def load_calendar(text: str, filename: str) -> WorkingCalendar:
    """The calendar of a district's `calendar.yaml`.

    Raises:
        BadFile: naming the file, line and reason.
    """
    years = validate(_Calendar, text, filename).years
    return WorkingCalendar(
        frozenset(day for year in years for day in year.holidays),
        frozenset(day for year in years for day in year.workdays),
        frozenset(year.year for year in years),
        frozenset(year.year for year in years if year.status == "provisional"),
    )
