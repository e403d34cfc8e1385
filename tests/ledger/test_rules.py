"""Accounts as data, lines that balance, months in turn, cash below its limit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingbai.kernel import BadFile, Money, Refused
from mingbai.ledger import rules
from mingbai.ledger.rules import Line, Side

pytestmark = pytest.mark.once
TEXT = (Path(__file__).parents[2] / "districts" / "huaishang" / "accounts.yaml").read_text("utf-8")
CHART = rules.read_chart(TEXT)
DAY = date(2026, 9, 10)


def test_the_chart_has_the_42_accounts_and_the_contra_accounts_stand_in_credit():
    assert len(CHART.accounts) == 42
    assert {CHART.account(code).normal for code in ("133", "152", "162")} == {Side.credit}
    assert (CHART.account(CHART.cash).name, CHART.account(CHART.bank).name) == ("库存现金", "银行存款")


@pytest.mark.parametrize(
    "old, new",
    [
        ('cash: "101"', 'cash: "999"'),
        ('code: "102"', 'code: "101"'),
        ("normal: debit }", "normal: left }"),
        ("fen: 100000", "fen: 1000.5"),
        ("fen: 100000", "fen: 0"),
        ("since: 2024-01-01", "started: 2024-01-01"),
    ],
)
def test_a_bad_chart_is_named(old, new):
    with pytest.raises(BadFile, match=r"accounts\.yaml"):
        rules.read_chart(TEXT.replace(old, new, 1))


@given(st.lists(st.tuples(st.integers(1, 10**12), st.booleans()), min_size=1, max_size=12))
def test_any_single_fen_off_is_refused(parts):
    lines = [Line("513", Money(fen), Money(0)) for fen, _ in parts]
    total = sum(fen for fen, _ in parts)
    assert rules.check_balanced([*lines, Line("102", Money(0), Money(total))]) == Money(total)
    for off in (total - 1, total + 1):
        with pytest.raises(Refused):
            rules.check_balanced([*lines, Line("102", Money(0), Money(off))])


@given(st.lists(st.integers(1, 10**12), min_size=2, max_size=8))
def test_a_contra_voucher_undoes(amounts):
    lines = [Line("513", Money(fen), Money(0)) for fen in amounts] + [
        Line("102", Money(0), Money(sum(amounts)))
    ]
    undone = rules.contra_lines(lines)
    assert rules.contra_lines(undone) == tuple(lines)
    assert sum(x.debit.fen - x.credit.fen for x in (*lines, *undone) if x.account == "102") == 0


@pytest.mark.parametrize(
    "line",
    [
        Line("513", Money(0), Money(0)),
        Line("513", Money(5), Money(5)),
        Line("513", Money(-5), Money(0)),
        Line("513", Money(10), Money(-5)),
    ],
)
def test_a_line_with_both_none_or_negative_sides_is_refused(line):
    with pytest.raises(Refused, match="每条分录"):
        rules.check_balanced([line, line])


@pytest.mark.parametrize("fen", [0, -1, -100000, 10**14 + 1])
def test_amounts_below_a_fen_or_absurd_are_refused(fen):
    with pytest.raises(Refused, match="金额"):
        rules.transfer(debit="513", credit="102", amount=Money(fen))


def test_cash_up_to_the_limit_and_not_a_fen_more():
    rules.check_cash(CHART, Money.parse("1000.00"), DAY)
    with pytest.raises(Refused) as refusal:
        rules.check_cash(CHART, Money.parse("1000.01"), DAY)
    assert refusal.value.basis is not None and refusal.value.basis.law == "cash"
    with pytest.raises(Refused, match="没有现金限额"):
        rules.check_cash(CHART, Money(1), date(1980, 1, 1))


def test_opening_puts_the_difference_into_equity_or_must_agree():
    lines = rules.opening_lines(CHART, {"102": Money(900), "211": Money(200)})
    assert Line("311", Money(0), Money(700)) in lines
    assert rules.opening_lines(CHART, {}) == ()
    assert len(rules.opening_lines(CHART, {"102": Money(900), "301": Money(900)})) == 2
    for wrong in (
        {"102": Money(900), "301": Money(800)},
        {"211": Money(200)},
        {"501": Money(10)},
        {"999": Money(10)},
        {"102": Money(-5)},
    ):
        with pytest.raises(Refused):
            rules.opening_lines(CHART, wrong)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_months_follow_one_another(day):
    month = rules.period_of(day)
    following = rules.next_period(month)
    assert month < following
    assert rules.period_ended(month, date.fromisoformat(following + "-01"))
    assert not rules.period_ended(month, day)


@pytest.mark.parametrize(
    "period, occurred_on, closed, reason",
    [
        ("2026-09", date(2026, 9, 21), "", "今天之后"),
        ("2026-07", date(2026, 7, 31), "", "建账日期"),
        ("2026-08", date(2026, 9, 10), "", "不能记入"),
        ("2026-10", date(2026, 9, 10), "", "不能记入"),
        ("2026-08", date(2026, 8, 10), "2026-08", "已经结账"),
    ],
)
def test_days_and_months_a_book_cannot_take(period, occurred_on, closed, reason):
    with pytest.raises(Refused, match=reason):
        rules.check_period(
            period=period,
            occurred_on=occurred_on,
            opened_on=date(2026, 8, 1),
            closed_through=closed,
            today=date(2026, 9, 20),
        )


def test_late_business_of_a_closed_month_goes_into_an_open_one():
    rules.check_period(
        period="2026-09",
        occurred_on=date(2026, 8, 10),
        opened_on=date(2026, 8, 1),
        closed_through="2026-08",
        today=date(2026, 9, 20),
    )
