"""Vouchers without an original: every line has its paper, or is listed as lacking it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from mingbai.kernel import Money
from mingbai.ledger.models import Voucher

PAPER_ATTACHED = "ledger.paper_attached"
"""A paper was added to a voucher after it was posted. Data: `number`, `papers` (as every act lists them)."""


@dataclass(frozen=True)
class Lacking:
    """A voucher that stands in the book without any original."""

    number: str
    month: str
    occurred_on: date
    summary: str
    amount: Money


def lacking(village: str, month: str | None = None, most: int = 500) -> tuple[Lacking, ...]:
    """The vouchers of a village (and month, `2026-09`) without any paper, newest first; opening balances need none."""
    rows = _without_papers().filter(book_id=village).order_by("-month", "-serial")
    rows = rows.filter(month=month) if month else rows
    return tuple(
        Lacking(row.id.split("/", 1)[1], row.month, row.occurred_on, row.summary, Money(row.amount_fen))
        for row in rows[:most]
    )


def count_lacking() -> dict[str, int]:
    """How many vouchers lack their paper, by village; villages that lack none are absent."""
    rows = _without_papers().values("book_id").annotate(n=Count("pk")).order_by("book_id")
    return {row["book_id"]: row["n"] for row in rows}


def _without_papers() -> QuerySet[Voucher]:
    # Serial 0 of a month is only the opening balance.
    return Voucher.objects.filter(papers__isnull=True, serial__gt=0)
