"""Terms to the day by kind, schedules that make the price, debts that grow old: the pure part of contracts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingbai.kernel import BadFile, Refused
from mingbai.registers.rules.contract_kinds import check_years, read_contract_kinds
from mingbai.registers.rules.contract_standing import Terms, occupies, overlap, state
from mingbai.registers.rules.schedule import RHYTHMS, Installment, ageing, check_schedule, even, owed, stand

pytestmark = pytest.mark.once
TEXT = (Path(__file__).parents[2] / "districts/huaishang/contracts.yaml").read_text("utf-8")
KINDS = read_contract_kinds(TEXT)
DAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("kind", "starts", "ends", "lawful"),
    [
        ("house-lease", date(2026, 5, 1), date(2046, 4, 30), True),
        ("house-lease", date(2026, 5, 1), date(2046, 5, 1), False),
        ("arable-lease", date(2026, 5, 1), date(2056, 4, 30), True),
        ("arable-lease", date(2026, 5, 1), date(2056, 5, 1), False),
        ("grass-lease", date(2024, 2, 29), date(2074, 2, 27), True),
        ("grass-lease", date(2024, 2, 29), date(2074, 3, 1), False),
        ("forest-lease", date(2026, 1, 1), date(2095, 12, 31), True),
        ("forest-lease", date(2026, 1, 1), date(2096, 1, 1), False),
        ("services", date(2026, 1, 2), date(2026, 1, 1), False),
    ],
)
def test_a_term_is_counted_to_the_day(kind, starts, ends, lawful) -> None:
    try:
        check_years(KINDS.kind(kind), starts, ends)
        assert lawful
    except Refused as refusal:
        assert not lawful and refusal.basis is not None and refusal.remedy


def test_a_bad_file_is_refused_with_its_line() -> None:
    for old, new, words in (
        ("id: sale,", "id: works,", "写了两遍"),
        ("[30, 90, 365]", "[90, 30, 365]", "账龄"),
        ("longest_years: 20", "longest_years: 99", "longest_years"),
    ):
        with pytest.raises(BadFile, match=words) as bad:
            read_contract_kinds(TEXT.replace(old, new, 1))
        assert bad.value.line > 0
    with pytest.raises(Refused, match="没有“gold”"):
        KINDS.kind("gold")


@given(
    price=st.integers(1000, 10**12), months=st.integers(1, 840), rhythm=st.sampled_from(sorted(RHYTHMS)),
    begins=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)  # fmt: skip
def test_parts_make_the_price_and_lie_in_the_term(price, months, rhythm, begins) -> None:
    ends = begins + timedelta(days=30 * months)
    lines = even(price, begins, ends, rhythm)
    check_schedule(lines, price)
    assert lines[0].due_on == (ends if rhythm == "end" else begins) and lines[-1].due_on <= ends
    assert max(one.fen for one in lines) - min(one.fen for one in lines) <= 1


@given(
    fens=st.lists(st.integers(1, 10**9), min_size=1, max_size=30),
    done=st.integers(0, 2 * 10**10), on=st.integers(-10, 900),
)  # fmt: skip
def test_what_is_done_fills_the_oldest_first_and_the_steps_of_age_make_what_is_owed(fens, done, on) -> None:
    schedule = [Installment(DAY + timedelta(days=30 * at), fen) for at, fen in enumerate(fens)]
    today = DAY + timedelta(days=on)
    lines = stand(schedule, done, today)
    assert sum(one.done for one in lines) == min(done, sum(fens))
    assert all(one.done <= one.fen for one in lines)
    assert sum(ageing(lines, KINDS.ageing)) == owed(lines)
    due = sum(one.fen for one in schedule if one.due_on < today)
    assert owed(lines) == max(due - done, 0)
    unfilled = [at for at, one in enumerate(lines) if one.missing]
    assert all(lines[at].done == 0 for at in unfilled[1:])


@pytest.mark.parametrize(("late", "bucket"), [(1, 0), (30, 0), (31, 1), (90, 1), (91, 2), (365, 2), (366, 3)])
def test_steps_of_age(late, bucket) -> None:
    lines = stand([Installment(DAY, 5)], 0, DAY + timedelta(days=late))
    assert ageing(lines, KINDS.ageing)[bucket] == 5


@pytest.mark.parametrize(
    ("lines", "words"),
    [([], "空的"), ([Installment(DAY, 0)], "没有金额"), ([Installment(DAY, 9)], "差0.01元"),
     ([Installment(DAY, 5), Installment(DAY - timedelta(days=1), 5)], "先后")],
)  # fmt: skip
def test_a_schedule_that_is_not_the_price_is_refused(lines, words) -> None:
    with pytest.raises(Refused, match=words):
        check_schedule(lines, 10)
    with pytest.raises(Refused, match="怎么收付"):
        even(10, DAY, DAY, "weekly")
    with pytest.raises(Refused, match="分不成"):
        even(1, DAY, date(2027, 9, 1), "month")


@pytest.mark.parametrize(
    ("on", "ends", "wanted"),
    [
        (date(2025, 12, 31), [], "coming"),
        (date(2026, 1, 1), [], "running"),
        (date(2026, 11, 1), [], "running"),
        (date(2026, 11, 2), [], "expiring"),
        (date(2026, 12, 31), [], "expiring"),
        (date(2027, 1, 1), [], "lapsed"),
        (date(2027, 1, 1), [("noticed", date(2026, 12, 1))], "ended"),
        (date(2027, 1, 1), [("returned", date(2027, 1, 1))], "closed"),
        (date(2027, 1, 1), [("returned", date(2027, 1, 2))], "lapsed"),
        (date(2026, 6, 1), [("terminated", date(2026, 5, 1))], "closed"),
    ],
)
def test_how_a_contract_stands(on, ends, wanted) -> None:
    terms = Terms("甲", 5, date(2026, 1, 1), date(2026, 12, 31))
    assert state(terms, ends, on, 60, lets=True) == wanted
    plain = {"expiring": "running", "lapsed": "ended"}.get(wanted, wanted)
    assert state(terms, ends, on, 60, lets=False) == plain, "works and goods do not lapse"


def test_an_early_return_gives_the_object_back() -> None:
    terms = Terms("甲", 5, date(2026, 1, 1), date(2026, 12, 31))
    assert occupies(terms, [("returned", date(2026, 3, 1))]) == (date(2026, 1, 1), date(2026, 3, 1))
    assert overlap((DAY, DAY), (DAY, DAY)) and not overlap(
        (DAY, DAY), (DAY + timedelta(days=1), DAY + timedelta(days=9))
    )
