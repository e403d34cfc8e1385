"""Who may be enrolled, what falls due, what is asked back, and that lists are equal as sets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mingbai.kernel import BadFile, Refused
from mingbai.relief.rules import birthday, read_exclusions
from mingbai.relief.rules.admitting import Applicant, Holding, check_enrolment
from mingbai.relief.rules.changing import Paid, Standing, due_changes, next_month, overpaid
from mingbai.relief.rules.lists import Confirmed, Reported, differences

pytestmark = pytest.mark.once
HERE = Path(__file__).parent
TEXT = (HERE.parents[1] / "districts/huaishang/exclusions.yaml").read_text("utf-8")
MATRIX = read_exclusions(TEXT)
DAY = date(2026, 9, 1)
SITUATIONS = yaml.safe_load((HERE / "situations.yaml").read_text("utf-8"))


@pytest.mark.parametrize("one", SITUATIONS, ids=lambda one: one["say"].replace(" ", "-"))
def test_who_may_be_enrolled(one) -> None:
    holds = tuple(Holding(id, "340311104202") for id in one.get("holds", ()))
    person = Applicant("张三", one["birth"], holds, one.get("gone", ""))
    scheme = MATRIX.scheme(one["scheme"])
    if "refused" not in one:
        warned = check_enrolment(MATRIX, scheme, [person], DAY)
        assert bool(warned) is one.get("warned", False)
        return
    with pytest.raises(Refused) as refusal:
        check_enrolment(MATRIX, scheme, [person], DAY)
    basis = refusal.value.basis
    assert f"{basis.law} {basis.article}" == one["refused"] and refusal.value.remedy


def test_a_rule_does_not_hold_before_its_day() -> None:
    person = Applicant("张三", date(1950, 1, 1), (Holding("tekun", ""),))
    check_enrolment(MATRIX, MATRIX.scheme("dibao"), [person], date(2021, 4, 25))


def standing(scheme: str, birth: date, **more) -> Standing:
    return Standing("BZ-1", MATRIX.scheme(scheme), birth, date(2026, 1, 1), **more)


def test_what_falls_due() -> None:
    orphan = standing("orphan", date(2008, 9, 1))
    assert due_changes(MATRIX, orphan, date(2026, 8, 31)) == ()
    (due,) = due_changes(MATRIX, orphan, DAY)
    assert (due.todo, due.since, due.citation.law) == ("stop", DAY, "orphan-2010")
    (review,) = due_changes(MATRIX, standing("tekun", date(2008, 9, 1)), DAY)
    assert (review.todo, review.citation.article) == ("review", "第16条")
    dead = standing("veteran", date(1940, 1, 1), gone="died", gone_on=date(2026, 7, 3))
    (due,) = due_changes(MATRIX, dead, DAY)
    assert (due.todo, due.since, due.citation.article) == ("stop", date(2026, 7, 3), "第48条")
    household = standing("dibao", date(1940, 1, 1), gone="died", gone_on=date(2026, 7, 3))
    assert [one.todo for one in due_changes(MATRIX, household, DAY)] == ["review"]


def test_what_is_asked_back_is_what_was_paid_after_the_month_of_the_event() -> None:
    paid = [Paid(date(2026, month, 1), 60000) for month in (6, 7, 8, 9)]
    assert overpaid(paid, date(2026, 7, 3)) == 120000
    assert overpaid(paid, date(2026, 7, 31), fen=50000) == 20000
    assert overpaid(paid, date(2026, 9, 30)) == 0
    assert next_month(date(2026, 12, 31)) == date(2027, 1, 1)


@given(st.dates(date(1920, 1, 1), date(2020, 12, 31)), st.integers(1, 100))
def test_a_birthday_is_the_first_day_of_the_age(birth: date, age: int) -> None:
    from mingbai.relief.rules import age_on

    day = birthday(birth, age)
    assert age_on(birth, day) == age and age_on(birth, date.fromordinal(day.toordinal() - 1)) == age - 1


NAMES = st.sampled_from(["甲", "乙", "丙", "丁"])
ROWS = st.lists(st.tuples(NAMES, st.integers(1, 4), st.booleans()), max_size=8)


def confirmed(rows) -> list[Confirmed]:
    return [Confirmed(line, *row) for line, row in enumerate(rows, 1)]


@given(ROWS, st.randoms())
def test_equal_lists_in_any_order_have_no_difference(rows, random) -> None:
    due = confirmed(rows)
    back = [Reported(one.line, one.name, one.fen) for one in due]
    random.shuffle(back)
    assert differences(due, back, "paid") == ()
    grown = [one for one in back if not due[one.line - 1].child]
    assert differences(due, grown, "publicised") == ()
    children = sum(one.child for one in due)
    told = differences(due, back, "publicised")
    assert len(told) == children and {one.fault for one in told} <= {"child"}


@given(ROWS, st.lists(st.tuples(st.integers(0, 9), NAMES, st.integers(1, 4)), max_size=8))
def test_no_difference_means_the_same_set(rows, back) -> None:
    due, reported = confirmed(rows), [Reported(*one) for one in back]
    numbered = {(one.line, one.name, one.fen) for one in due}
    said = differences(due, reported, "paid")
    if not said:
        assert len(reported) == len(due) and sorted((one.name, one.fen) for one in due) == sorted(
            (one.name, one.fen) for one in reported
        )
    if all(one.line for one in reported) and len(reported) == len(due):
        assert bool(said) is ({(one.line, one.name, one.fen) for one in reported} != numbered)


def test_each_difference_is_a_named_line() -> None:
    due = [Confirmed(1, "甲", 100), Confirmed(2, "乙", 100), Confirmed(3, "丙", 100)]
    back = [Reported(1, "甲", 100), Reported(2, "乙", 90), Reported(0, "丁", 100), Reported(1, "甲", 100)]
    told = {(one.fault, one.name) for one in differences(due, back, "paid")}
    assert told == {("amount", "乙"), ("missing", "丙"), ("extra", "丁"), ("extra", "甲")}


@pytest.mark.parametrize(
    "spoilt",
    [
        TEXT.replace("with: [tekun]", "with: [nothing]", 1),
        TEXT.replace("id: veteran,", "id: dibao,", 1),
        TEXT.replace("below: 18, ", "", 1),
        TEXT.replace("refuses: true", "refuses: perhaps", 1),
    ],
)
def test_a_bad_file_names_its_line(spoilt: str) -> None:
    with pytest.raises(BadFile) as bad:
        read_exclusions(spoilt)
    assert bad.value.line > 0
