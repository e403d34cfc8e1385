"""Acts of the ledger: open a book, post, move money, correct, close a month."""

from __future__ import annotations

from mingbai.ledger.services.closing import close_period
from mingbai.ledger.services.opening import open_book
from mingbai.ledger.services.posting import move_money, post_payment, post_receipt, reverse_voucher

__all__ = ["close_period", "move_money", "open_book", "post_payment", "post_receipt", "reverse_voucher"]
