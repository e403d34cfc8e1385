"""How the ledger's pages write sums."""

from __future__ import annotations

from django import template

from mingbai.kernel import Money

register = template.Library()


@register.filter
def fen(value: int | None) -> str:
    """Whole fen as yuan, `1,250.50`; nothing for none and for zero, as ledgers leave the place empty."""
    return Money(value).yuan() if value else ""


@register.filter
def total(value: int) -> str:
    """Whole fen as yuan, zero written out."""
    return Money(value).yuan()
