"""The statements tie on any book, are laid out by data, and leave as Excel without a formula."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from mingbai.kernel import BadFile, Money, Refused
from mingbai.ledger import queries
from mingbai.ledger.queries.books import workbook
from mingbai.ledger.queries.statements import month_accounts, statements
from mingbai.ledger.rules import read_chart, read_span
from mingbai.ledger.rules.statements import balance_sheet, income_statement, read_layout, uncovered

VILLAGE = "340311104201"
DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
CHART = read_chart((DISTRICT / "accounts.yaml").read_text("utf-8"))
LAYOUT_TEXT = (DISTRICT / "statements.yaml").read_text("utf-8")
LAYOUT = read_layout(LAYOUT_TEXT)
codes = st.sampled_from(sorted(CHART.accounts))
entries = st.lists(st.tuples(codes, codes, st.integers(1, 10**12)), max_size=40)


def moved(some: list[tuple[str, str, int]]) -> dict[str, tuple[int, int]]:
    """Debits and credits by account of entries that each debit one account and credit another."""
    sums: dict[str, tuple[int, int]] = {}
    for debit, credit, fen in some:
        sums[debit] = (sums.get(debit, (0, 0))[0] + fen, sums.get(debit, (0, 0))[1])
        sums[credit] = (sums.get(credit, (0, 0))[0], sums.get(credit, (0, 0))[1] + fen)
    return sums


def balances(sums: dict[str, tuple[int, int]]) -> dict[str, int]:
    return {code: debit - credit for code, (debit, credit) in sums.items()}


def test_every_account_of_the_chart_is_on_exactly_one_line():
    assert uncovered(LAYOUT, CHART) == ()


@given(entries, entries, entries)
def test_statements_tie_on_any_books(earlier, quarter, month):
    stands = [e for e in earlier if not {CHART.account(c).kind.value for c in e[:2]} & {"income", "expense"}]
    before, now = balances(moved(stands)), balances(moved(stands + quarter + month))
    sheet = balance_sheet(LAYOUT, CHART, now, before)
    assert sheet.assets == sheet.claims
    income = income_statement(LAYOUT, CHART, moved(month), moved(quarter + month), now, before)
    flows = [c for c in CHART.accounts if CHART.account(c).kind.value in ("income", "expense")]
    assert income.result[1] == -sum(now.get(c, 0) for c in flows)
    assert income.carried + income.result[1] - income.used == income.undistributed
    last = next(row for row in sheet.rows if row.title == "未分配收益")
    assert (last.now, last.before) == (income.undistributed, income.carried)


def test_unsound_books_make_no_balance_sheet():
    with pytest.raises(ValueError, match="assets"):
        balance_sheet(LAYOUT, CHART, {"102": 1}, {})


@pytest.mark.parametrize(
    "old, new",
    [
        ('accounts: ["111"]', 'accounts: ["101"]'),
        ('accounts: ["111"]', 'accounts: ["111", "111"]'),
        (", result: true", ""),
        ('part: equity, accounts: ["301"]', 'part: nowhere, accounts: ["301"]'),
    ],
)
def test_a_layout_is_refused(old, new):
    assert old in LAYOUT_TEXT
    with pytest.raises(BadFile):
        read_layout(LAYOUT_TEXT.replace(old, new, 1))


def test_the_statements_of_a_village(desk):
    desk.pay("100.00", occurred_on=date(2026, 8, 5))
    desk.receive("700.00")
    desk.pay("30.00")
    month, quarter = (statements(VILLAGE, read_span(text)) for text in ("2026-09", "2026Q3"))
    assert month.sheet.assets == month.sheet.claims == (5_157_000, 5_100_000)
    assert month.income.result == (67_000, 57_000) and quarter.income.result == (57_000, 57_000)
    bank = next(one for one in month.accounts if one.code == "102")
    assert (bank.opening, bank.debit, bank.credit, bank.closing) == (4_990_000, 70_000, 3_000, 5_057_000)
    assert month_accounts(VILLAGE, "2026-09") == month.accounts
    assert [(row.code, row.period, row.year) for row in month.details] == [
        ("504", 70_000, 70_000), ("513", 3_000, 13_000),
    ]  # fmt: skip
    opened = next(one for one in quarter.accounts if one.code == "102")
    assert opened.opening == 5_000_000


def test_no_statements_without_a_book_or_before_it(desk):
    with pytest.raises(Refused, match="没有建账"):
        statements("340311104202", read_span("2026-09"))
    with pytest.raises(Refused, match="建账以前"):
        statements(VILLAGE, read_span("2026-07"))


def test_the_month_is_read_without_lines_and_without_earlier_months(desk, django_assert_max_num_queries):
    for day in (date(2026, 8, 3), date(2026, 8, 4), date(2026, 9, 3)):
        desk.pay("1.00", occurred_on=day)
    with django_assert_max_num_queries(7) as asked:
        month_accounts(VILLAGE, "2026-09")
    assert not any("linerow" in one["sql"] for one in asked.captured_queries)


def test_the_workbook_has_numbers_as_numbers_and_no_formula(desk):
    desk.receive("700.00")
    content = workbook(statements(VILLAGE, read_span("2026-09")), "=1+1")
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["科目余额表", "资产负债表", "收益及收益分配表", "收支明细表"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(str(cell.value).startswith("=1+1") for cell in cells)
    assert {type(cell.value) for cell in cells if cell.data_type == "n"} <= {int, float}
    totals = [cell.value for cell in book["科目余额表"][book["科目余额表"].max_row]]
    assert totals[2:] == [51_000, 51_000, 700, 700, 51_700, 51_700]
    assert queries.money_left(VILLAGE) == Money.parse("51700.00")
