"""Legal time: working days with make-up workdays, and periods that end on a rest day."""

from __future__ import annotations

import calendar
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from mingbai.kernel.located import validate
from mingbai.kernel.refusal import Refused

_DAY = timedelta(days=1)
_REMEDY = "请管理员把当年的放假通知补录到 calendar.yaml"
_LONGEST = 40_000  # units; no legal period comes near, and no loop runs away


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
            raise Refused(f"{day.year}年的放假安排还没有录入，算不出工作日", remedy=_REMEDY)
        return day in self.workdays or (day.weekday() < 5 and day not in self.holidays)

    def add(self, start: date, n: int, unit: str) -> date:
        """The last day of a period of `n` units after `start`.

        The day of the event is not counted (民法典第201条); a month ends on the same day of the month, or on
        its last (第202条); a period in days, months or years that would end on a rest day ends on the next
        working day (第203条). A period of 0 ends on the day itself.

        Raises:
            Refused: the unit is unknown, the number out of range, or a year without holidays would decide.
        """
        if not 0 <= n <= _LONGEST:
            raise Refused(f"期限不能是 {n}", remedy="请写成从 0 起的整数")
        match unit:
            case "working_day":
                return self._working(start, n)
            case "calendar_day":
                return self._move_on(start, _days(start, n))
            case "month":
                return self._move_on(start, months_later(start, n))
            case "year":
                return self._move_on(start, months_later(start, 12 * n))
        raise Refused(f"不认识的期限单位：{unit}", remedy="只能用工作日、日、月、年")

    def _working(self, start: date, n: int) -> date:
        day = start
        while n:
            day += _DAY
            n -= self.is_working(day)
        return day

    def _move_on(self, start: date, day: date) -> date:
        while day != start and not self.is_working(day):
            day += _DAY
        return day


def _days(start: date, n: int) -> date:
    try:
        return start + n * _DAY
    except OverflowError as error:
        raise Refused(f"{start} 之后 {n} 天已经没有日历", remedy="请核对期限") from error


def months_later(start: date, n: int) -> date:
    """The same day so many calendar months on, or the month's last day where it has none (民法典 第202条)."""
    year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
    if year > date.max.year:
        raise Refused(f"{start} 之后 {n} 个月已经没有日历", remedy="请核对期限")
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


class _Year(BaseModel):
    """One year: `source` names the notice; a `provisional` year has none yet and is shown as 暂定."""

    model_config = ConfigDict(extra="forbid")
    year: int = Field(ge=1949, le=2200)
    status: Literal["announced", "provisional"]
    source: str = Field(min_length=1)
    holidays: list[date] = Field(min_length=1, max_length=366)
    workdays: list[date] = Field(max_length=366)

    @field_validator("holidays", "workdays")
    @classmethod
    def _own(cls, days: list[date], info: ValidationInfo) -> list[date]:
        for day in days:
            if day.year != info.data.get("year", day.year):
                raise ValueError(f"{day} 不在这一年里")
            if days.count(day) > 1:
                raise ValueError(f"{day} 写了两遍")
        return days

    @model_validator(mode="after")
    def _apart(self) -> Self:
        for day in sorted({*self.holidays} & {*self.workdays}):
            raise ValueError(f"{day} 又放假又上班")
        for day in self.workdays:
            if day.weekday() < 5:
                raise ValueError(f"{day} 本来就是工作日，不用写成补班")
        return self


class _Calendar(BaseModel):
    model_config = ConfigDict(extra="forbid")
    years: list[_Year] = Field(min_length=1, max_length=200)

    @field_validator("years")
    @classmethod
    def _once(cls, years: list[_Year]) -> list[_Year]:
        for year, times in Counter(year.year for year in years).items():
            if times > 1:
                raise ValueError(f"{year}年写了两遍")
        return years


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
