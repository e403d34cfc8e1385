"""R59 by its worked examples, and the soundness of the rule book."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mingbai.kernel import BadFile, WorkingCalendar, load_calendar
from mingbai.supervision.rules import Situation, late_entry, load_rules
from mingbai.supervision.rules.book import Example

DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
TEXT = (DISTRICT / "risk_rules.yaml").read_text("utf-8")
RULE = load_rules(TEXT).rule("R59")
assert RULE is not None
NO_YEARS = WorkingCalendar(frozenset(), frozenset(), frozenset())


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    return load_calendar((DISTRICT / "calendar.yaml").read_text("utf-8"), "calendar.yaml")


@pytest.mark.parametrize("example", RULE.examples, ids=lambda example: example.case)
def test_worked_examples(example: Example, calendar: WorkingCalendar) -> None:
    found = late_entry(RULE, Situation(example.act, example.occurred_on, example.recorded_on), calendar)
    assert bool(found) == example.found
    assert (found.working_days if found else None) == example.working_days


def test_a_meeting_carried_by_a_step_is_looked_at_with_the_step(calendar: WorkingCalendar) -> None:
    days = (date(2026, 8, 3), date(2026, 8, 24))
    assert late_entry(RULE, Situation("meeting.resolved", *days, of_case=True), calendar) is None
    assert late_entry(RULE, Situation("case.step_completed", *days, of_case=True), calendar)


def test_a_year_without_calendar_is_shown_not_guessed() -> None:
    found = late_entry(RULE, Situation("case.opened", date(1999, 1, 4), date(1999, 2, 1)), NO_YEARS)
    assert found is None, "no threshold was in force"
    found = late_entry(RULE, Situation("case.opened", date(1999, 1, 4), date(2030, 2, 1)), NO_YEARS)
    assert found is not None
    assert found.working_days is None
    assert "请核对" in found.sentence


def test_a_few_days_apart_need_no_calendar() -> None:
    assert late_entry(RULE, Situation("case.opened", date(2030, 1, 4), date(2030, 1, 7)), NO_YEARS) is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("- case.opened", "- finding.raised"), "没完没了"),
        (("working_days: 3\n", "working_days: -3\n"), "working_days"),
        (("severity: medium", "severity: awful"), "severity"),
        (("    version: 1\n", "    version: 1\n    shout: true\n"), "shout"),
    ],
)
def test_a_bad_rule_is_refused_with_its_line(change: tuple[str, str], reason: str) -> None:
    with pytest.raises(BadFile) as bad:
        load_rules(TEXT.replace(*change, 1))
    assert reason in str(bad.value)
