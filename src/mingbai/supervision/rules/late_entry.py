"""R59, late entry: an act recorded more working days after its claimed date than the district allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mingbai.kernel import Refused, WorkingCalendar
from mingbai.supervision.rules.book import RiskRule


@dataclass(frozen=True)
class Situation:
    """One recorded act as the rule looks at it; `recorded_on` is the legal day of recording."""

    act: str
    occurred_on: date
    recorded_on: date
    of_case: bool = False


@dataclass(frozen=True)
class Found:
    """What a rule found. `working_days` is None when the calendar has no data for a year in between."""

    rule: str
    working_days: int | None
    threshold: int
    sentence: str


def late_entry(rule: RiskRule, situation: Situation, calendar: WorkingCalendar) -> Found | None:
    """Find a late entry: working days after `occurred_on`, to the end of `recorded_on`, exceed the threshold.

    The day itself does not count (民法典第201条). Where the calendar lacks a year, days are not guessed: an
    entry that can be late is found with its days unknown, for a person to look at.
    """
    threshold = rule.threshold(situation.recorded_on)
    if threshold is None or not _looks_at(rule, situation):
        return None
    limit = threshold.working_days
    if (situation.recorded_on - situation.occurred_on).days <= limit:
        return None
    days = _working_days(situation, calendar)
    if days is not None and days <= limit:
        return None
    return Found(rule.id, days, limit, _sentence(situation, days, limit))


def _looks_at(rule: RiskRule, situation: Situation) -> bool:
    if situation.act in rule.exemptions or situation.act not in rule.acts:
        return False
    return not (situation.of_case and situation.act in rule.carried)


def _working_days(situation: Situation, calendar: WorkingCalendar) -> int | None:
    gap = (situation.recorded_on - situation.occurred_on).days
    days = (situation.occurred_on + timedelta(days=n) for n in range(1, gap + 1))
    try:
        return sum(calendar.is_working(day) for day in days)
    except Refused:
        return None


def _sentence(situation: Situation, days: int | None, limit: int) -> str:
    occurred, recorded = _chinese(situation.occurred_on), _chinese(situation.recorded_on)
    if days is None:
        return f"写明发生在{occurred}，{recorded}才录入；日历里缺中间的年份，数不出工作日，请核对"
    return f"写明发生在{occurred}，{recorded}才录入，隔了{days}个工作日，超过{limit}个"


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
