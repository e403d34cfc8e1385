"""Acts of the ledger: open a book, post, move money, correct, close a month and a year."""

from __future__ import annotations

from mingbai.ledger.services.closing import close_period, close_year
from mingbai.ledger.services.entries import open_subaccount, post_entry
from mingbai.ledger.services.linking import ContractLink, Linked, hear_vouchers
from mingbai.ledger.services.opening import open_book
from mingbai.ledger.services.posting import move_money, post_payment, post_receipt, reverse_voucher
from mingbai.ledger.services.statements import find_breaks, mark_breaks, take_statement

__all__ = [
    "ContractLink",
    "Linked",
    "close_period",
    "close_year",
    "find_breaks",
    "hear_vouchers",
    "mark_breaks",
    "move_money",
    "open_book",
    "open_subaccount",
    "post_entry",
    "post_payment",
    "post_receipt",
    "reverse_voucher",
    "take_statement",
]
