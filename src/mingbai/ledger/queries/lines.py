"""Every line of a period, one after another, for those who take a whole book away."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mingbai.ledger.models import BankLine, LineRow, Voucher
from mingbai.ledger.rules import Span

PORTION = 2_000


@dataclass(frozen=True)
class BookLine:
    """One line with what its voucher says; sums in fen."""

    occurred_on: date
    number: str
    summary: str
    account: str
    party: str
    debit_fen: int
    credit_fen: int


@dataclass(frozen=True)
class BankLineView:
    """One line of a bank statement, in fen; `id` is the bank's own number, empty when it gave none."""

    account: str
    day: date
    fen: int
    balance_fen: int
    party: str
    summary: str
    id: str


def lines_of(village: str, span: Span) -> Iterator[BookLine]:
    """The lines of a village's months in the order of their vouchers, read in portions; without the opening."""
    rows = LineRow.objects.filter(book_id=village, month__gte=span.first, month__lte=span.last)
    rows = rows.exclude(voucher__kind=Voucher.Kind.OPENING).order_by("month", "voucher__serial", "id")
    told = rows.values_list(
        "voucher__occurred_on", "voucher_id", "summary", "voucher__summary", "account", "party", "voucher__party",
        "debit_fen", "credit_fen",
    )  # fmt: skip
    for day, key, own, whole, account, party, payee, debit, credit in told.iterator(chunk_size=PORTION):
        yield BookLine(day, key.split("/", 1)[1], own or whole, account, party or payee, debit, credit)


def bank_lines_of(village: str, span: Span) -> Iterator[BankLineView]:
    """The bank's lines of a village's months, account by account, in the order of the bank."""
    first, last = _day(span.first, 1), _day(span.last, 31)
    rows = BankLine.objects.filter(book_id=village, day__gte=first, day__lte=last).order_by(
        "account", "day", "id"
    )
    for row in rows.iterator(chunk_size=PORTION):
        known = "" if len(row.key) == 56 or "#" in row.key else row.key
        yield BankLineView(
            row.account, row.day, row.amount_fen, row.balance_fen, row.party, row.summary, known
        )


def _day(month: str, day: int) -> date:
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, min(day, monthrange(year, number)[1]))
