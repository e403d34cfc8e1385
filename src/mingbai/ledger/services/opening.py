"""Opening a village's book with the balances it begins with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.kernel import FieldKind, Money, Refused
from mingbai.ledger import queries
from mingbai.ledger.events import BOOK_OPENED, BookOpened
from mingbai.ledger.models import Book, Voucher
from mingbai.ledger.rules import AT_OPENING, opening_lines, period_of
from mingbai.ledger.services import writing
from mingbai.organisations.rules import Actor


@transaction.atomic
def open_book(*, village: str, opening: Mapping[str, Money], on: date, by: Actor, at: datetime) -> BookOpened:
    """Open the book of a village on a day, with balances by account code.

    Without an equity account the difference of assets and liabilities goes to equity.
    Raises `Refused` for a second book, a day in the future, an unknown account or sums that disagree.
    """
    if on > at.astimezone(writing.LEGAL_TIME).date():
        raise Refused("建账日期在今天之后", remedy="请核对日期")
    book, new = Book.objects.get_or_create(village=village, defaults={"opened_on": on})
    if not new:
        raise Refused("本村已经建账，期初余额不能再改", remedy="要更正，请用更正凭证")
    chart = queries.chart(on)
    lines = opening_lines(chart, opening)
    left = writing.apply_lines(book, chart, lines, AT_OPENING)
    office = next(iter(by.offices_in(village, on)), "")
    if lines:
        total = Money(sum(line.debit.fen for line in lines))
        draft = writing.Draft(Voucher.Kind.OPENING, on, period_of(on), "期初余额", lines, total)
        writing.insert(book, f"{period_of(on)}-期初", 0, draft, left, by=by, office=office, at=at)
    journal.record(
        act=BOOK_OPENED,
        village=village,
        subject=f"village:{village}",
        actor=by.person,
        office=office,
        occurred_on=on,
        at=at,
        fields=[TypedField("balance", "期初结余", FieldKind.money.value, left.yuan())],
        data={"balance_fen": left.fen, "month": period_of(on)},
        citation=chart.citation,
    )
    return BookOpened(village, on, left)
