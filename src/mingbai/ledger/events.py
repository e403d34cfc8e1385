"""The facts that `ledger` records and hands back. Amounts are `Money`; months are written `2026-09`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingbai.kernel import Money

BOOK_OPENED = "ledger.book_opened"
VOUCHER_POSTED = "ledger.voucher_posted"
PERIOD_CLOSED = "ledger.period_closed"
SUBACCOUNT_OPENED = "ledger.subaccount_opened"
STATEMENT_TAKEN = "ledger.statement_taken"
BREAK_FOUND = "ledger.break_found"
BREAK_MENDED = "ledger.break_mended"
ADVANCE_ISSUED = "ledger.advance_issued"
ADVANCE_SETTLED = "ledger.advance_settled"
PAYEE_DECLARED = "ledger.payee_declared"
TRANSFER_MADE = "ledger.transfer_made"
TRANSFER_ANSWERED = "ledger.transfer_answered"


@dataclass(frozen=True)
class BookOpened:
    """A village's book begins with this much cash and bank money."""

    village: str
    opened_on: date
    balance: Money


@dataclass(frozen=True)
class VoucherPosted:
    """A voucher stands in the book; `balance_after` is all cash and bank money of the village after it."""

    number: str
    amount: Money
    balance_after: Money


@dataclass(frozen=True)
class PeriodClosed:
    """A month is closed: opening + income - expense = closing, over `count` numbered vouchers."""

    village: str
    month: str
    count: int
    opening: Money
    income: Money
    expense: Money
    closing: Money
