"""What others may ask: receipts, and the tables that leave."""

from __future__ import annotations

from mingbai.exchange.events import Receipt
from mingbai.exchange.models import ReceiptRow

A_PAGE = 50


def receipts(village: str, *, before: str = "") -> tuple[Receipt, ...]:
    """A page of the receipts of a village, newest first, before a receipt's number."""
    rows = ReceiptRow.objects.filter(village=village)
    if before:
        rows = rows.filter(number__lt=before)
    return tuple(_receipt(row) for row in rows.order_by("-number")[:A_PAGE])


def receipt(number: str) -> Receipt | None:
    """One receipt by its number; None when there is none."""
    row = ReceiptRow.objects.filter(pk=number).first()
    return _receipt(row) if row else None


def _receipt(row: ReceiptRow) -> Receipt:
    return Receipt(
        row.number, row.village, row.kind, row.way, row.name, row.digest, row.rows, row.added, row.first, row.last,
        row.total_fen, row.person, row.office, row.recorded_at,
    )  # fmt: skip
