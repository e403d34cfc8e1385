"""Statements of a period, from the balances by month: never from the lines, never from earlier months."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Sum

from mingbai.catalogue import queries as catalogue
from mingbai.kernel import Refused
from mingbai.ledger import queries
from mingbai.ledger.models import MonthBalance
from mingbai.ledger.rules import Chart, Span, closing_month
from mingbai.ledger.rules.statements import (
    STATEMENTS_FILE,
    BalanceSheet,
    FlowRow,
    IncomeStatement,
    Layout,
    Moves,
    Sums,
    balance_sheet,
    flow_details,
    income_statement,
    read_layout,
)


@dataclass(frozen=True)
class AccountRow:
    """One account of 科目余额表, in fen: opening, moved on either side, closing. Debit balances are above zero."""

    code: str
    name: str
    opening: int
    debit: int
    credit: int
    closing: int


@dataclass(frozen=True)
class Statements:
    """The four statements of a village's period. Each was tied to the books before it is here."""

    village: str
    span: Span
    accounts: tuple[AccountRow, ...]
    sheet: BalanceSheet
    income: IncomeStatement
    details: tuple[FlowRow, ...]


@lru_cache(maxsize=16)
def _read(text: str) -> Layout:
    return read_layout(text)


def statements(village: str, span: Span) -> Statements:
    """The statements of a period. Raises `Refused` without a book, a layout or before the book was opened."""
    book = queries.book(village)
    if book is None:
        raise Refused("本村还没有建账", remedy="请先录入期初余额建账")
    if span.last < f"{book.opened_on:%Y-%m}":
        raise Refused(f"{span.text}在建账以前", remedy=f"请从{book.opened_on:%Y-%m}以后选")
    chart, layout = queries.newest_chart(village), _layout(village)
    now, before = _sums(village, span.last), _sums(village, closing_month(int(span.first[:4]) - 1))
    period, year = _moves(village, span.first, span.last), _moves(village, span.year_first, span.last)
    return Statements(
        village=village,
        span=span,
        accounts=account_rows(chart, now, period),
        sheet=balance_sheet(layout, chart, now, before),
        income=income_statement(layout, chart, period, year, now, before),
        details=flow_details(chart, period, year),
    )


def account_rows(chart: Chart, closing: Sums, moves: Moves) -> tuple[AccountRow, ...]:
    """科目余额表 from closing balances and what moved in the period."""
    rows = []
    for code in sorted(closing.keys() | moves.keys()):
        debit, credit = moves.get(code, (0, 0))
        end = closing.get(code, 0)
        rows.append(AccountRow(code, chart.account(code).name, end - debit + credit, debit, credit, end))
    return tuple(row for row in rows if (row.opening, row.debit, row.credit) != (0, 0, 0))


def month_accounts(village: str, month: str) -> tuple[AccountRow, ...]:
    """科目余额表 of one month alone."""
    return account_rows(queries.newest_chart(village), _sums(village, month), _moves(village, month, month))


def _layout(village: str) -> Layout:
    text = catalogue.current(queries.newest_day(village)).files.get(STATEMENTS_FILE)
    if text is None:
        raise Refused("本版清单没有会计报表的行次文件", remedy="请由区级补充后再出报表")
    return _read(text)


def _sums(village: str, through: str) -> Sums:
    trial = queries.trial_balance(village, through)
    return {line.account.code: line.debit.fen - line.credit.fen for line in trial.lines}


def _moves(village: str, first: str, last: str) -> Moves:
    rows = MonthBalance.objects.filter(book_id=village, month__gte=first, month__lte=last)
    sums = rows.values("account").order_by("account").annotate(d=Sum("debit_fen"), c=Sum("credit_fen"))
    return {row["account"]: (row["d"], row["c"]) for row in sums}
