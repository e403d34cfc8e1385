"""Tables of the ledger, private to it: the books, and the cash, advances and instructions kept beside them."""

from __future__ import annotations

from mingbai.ledger.models.books import (
    Balance,
    BankLine,
    Book,
    BreakRow,
    Closing,
    LineRow,
    MonthBalance,
    SubAccount,
    Voucher,
    VoucherPaper,
)
from mingbai.ledger.models.handling import (
    Advance,
    BankAccount,
    CashBanked,
    CashIncome,
    Clearing,
    DeclaredPayee,
    PayeeAccount,
    TransferFile,
    TransferLine,
    TransferReturn,
)

__all__ = [
    "Advance",
    "Balance",
    "BankAccount",
    "BankLine",
    "Book",
    "BreakRow",
    "CashBanked",
    "CashIncome",
    "Clearing",
    "Closing",
    "DeclaredPayee",
    "LineRow",
    "MonthBalance",
    "PayeeAccount",
    "SubAccount",
    "TransferFile",
    "TransferLine",
    "TransferReturn",
    "Voucher",
    "VoucherPaper",
]
