"""Closing a month: its count and totals are fixed and go into the log."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.kernel import Citation, FieldKind, Refused
from mingbai.ledger import queries
from mingbai.ledger.events import PERIOD_CLOSED, PeriodClosed
from mingbai.ledger.models import Book, Closing
from mingbai.ledger.rules import next_period, period_ended, period_of
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
    row = _closing(book, month)
    row.person, row.office, row.recorded_at = by.person, office, at
    row.save(force_insert=True)
    book.closed_through = month
    book.save(update_fields=["closed_through"])
    closed = queries.as_closing(row)
    _record(closed, by, office, at)
    return closed


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
