"""Closing a month: its count and totals are fixed and go into the log."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum

from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.kernel import Citation, FieldKind, Money, Refused
from mingbai.ledger import queries
from mingbai.ledger.events import PERIOD_CLOSED, PeriodClosed, VoucherPosted
from mingbai.ledger.models import Book, Closing, Voucher
from mingbai.ledger.rules import closing_month, next_period, period_ended, period_of, year_lines
from mingbai.ledger.services import writing
from mingbai.organisations.rules import Actor

MONTHLY = Citation("vcol", "第35条第3款")


@transaction.atomic
def close_period(*, village: str, month: str, by: Actor, office: str, at: datetime) -> PeriodClosed:
    """Close the next open month of a village, for ever. A month without vouchers is closed too.

    Takes the same lock as a posting: a voucher is in the closed month or refused, never lost.
    Raises `Refused` for a month out of turn or one that is not over.
    """
    book = writing.lock_book(village)
    today = at.astimezone(writing.LEGAL_TIME).date()
    due = next_period(book.closed_through) if book.closed_through else period_of(book.opened_on)
    if month != due:
        raise Refused(f"应当先结{due}的账", basis=MONTHLY, remedy="请按月份顺序结账，已结的账不能再结")
    if not period_ended(month, today):
        raise Refused(f"{month}还没有结束，不能结账", basis=MONTHLY, remedy="请在月末之后结账")
    _refuse_uncarried(book, month)
    row = _closing(book, month)
    row.person, row.office, row.recorded_at = by.person, office, at
    row.save(force_insert=True)
    book.closed_through = month
    book.save(update_fields=["closed_through"])
    closed = queries.as_closing(row)
    _record(closed, by, office, at)
    return closed


@transaction.atomic
def close_year(*, village: str, year: int, by: Actor, office: str, at: datetime) -> VoucherPosted:
    """Carry a year's income and expenses to 本年收益 and on to 收益分配, as one voucher of December.

    Later vouchers of December may be carried over once more, until December is closed.
    Raises `Refused`: the year is not over, an earlier month is open, December is closed, nothing to carry.
    """
    book = writing.lock_book(village)
    month = f"{year:04d}-12"
    if not period_ended(month, at.astimezone(writing.LEGAL_TIME).date()):
        raise Refused(f"{year}年还没有结束，不能结转本年收益", remedy="请在年末之后结转")
    if book.closed_through < f"{year:04d}-11" and period_of(book.opened_on) < month:
        raise Refused(f"{year}年12月以前还有月份没有结账", basis=MONTHLY, remedy="先按月结账，再结转本年收益")
    occurred_on = date(year, 12, 31)
    chart = queries.chart(occurred_on)
    lines = year_lines(chart, _to_carry(book, year))
    if not lines:
        raise Refused(f"{year}年没有要结转的收支", basis=chart.citation, remedy="可以直接结12月的账")
    draft = writing.Draft(
        kind=Voucher.Kind.YEAREND,
        occurred_on=occurred_on,
        month=writing.choose_month(book, occurred_on, None, at),
        summary=f"结转{year}年收益",
        lines=lines,
        amount=Money(sum(line.debit.fen for line in lines)),
        citation=chart.citation,
    )
    return writing.write_voucher(book, chart, draft, by=by, office=office, at=at)


def _to_carry(book: Book, year: int) -> dict[str, int]:
    """Debits less credits of every account through a year's closing, in fen."""
    trial = queries.trial_balance(book.village, closing_month(year))
    return {line.account.code: line.debit.fen - line.credit.fen for line in trial.lines}


def _refuse_uncarried(book: Book, month: str) -> None:
    """December is closed after the year's income and expenses were carried over."""
    year, number = (int(part) for part in month.split("-"))
    chart = queries.chart(date(year, 12, 31))
    if number == 12 and year_lines(chart, _to_carry(book, year)):
        raise Refused(
            f"{year}年的收支还没有结转", basis=chart.citation, remedy="先结转本年收益，再结12月的账"
        )


def _closing(book: Book, month: str) -> Closing:
    vouchers = book.vouchers.filter(month=month, serial__gt=0)
    sums = vouchers.aggregate(income=Sum("income_fen"), expense=Sum("expense_fen"))
    income, expense = sums["income"] or 0, sums["expense"] or 0
    opening = _opening_fen(book)
    return Closing(
        book=book,
        month=month,
        count=vouchers.count(),
        opening_fen=opening,
        income_fen=income,
        expense_fen=expense,
        closing_fen=opening + income - expense,
    )


def _opening_fen(book: Book) -> int:
    last = book.closings.order_by("-month").first()
    if last is not None:
        return last.closing_fen
    first = book.vouchers.filter(serial=0).first()
    return first.balance_fen if first else 0


def _record(closed: PeriodClosed, by: Actor, office: str, at: datetime) -> None:
    money = FieldKind.money.value
    journal.record(
        act=PERIOD_CLOSED,
        village=closed.village,
        subject=f"village:{closed.village}",
        actor=by.person,
        office=office,
        occurred_on=at.astimezone(writing.LEGAL_TIME).date(),
        at=at,
        fields=[
            TypedField("month", "会计期间", FieldKind.text.value, closed.month),
            TypedField("count", "凭证张数", FieldKind.integer.value, str(closed.count)),
            TypedField("opening", "期初结余", money, closed.opening.yuan()),
            TypedField("income", "收入合计", money, closed.income.yuan()),
            TypedField("expense", "支出合计", money, closed.expense.yuan()),
            TypedField("closing", "期末结余", money, closed.closing.yuan()),
        ],
        data={
            "month": closed.month,
            "count": closed.count,
            "opening_fen": closed.opening.fen,
            "income_fen": closed.income.fen,
            "expense_fen": closed.expense.fen,
            "closing_fen": closed.closing.fen,
        },
        citation=MONTHLY,
    )
