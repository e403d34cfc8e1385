"""What came after a place in the order of all publications."""

from __future__ import annotations

from mingbai.disclosure.models import CaseHead, PublicationRow
from mingbai.disclosure.rules.documents import public_id


def places_since(order: int) -> frozenset[str]:
    """The places in which anything was published after that place in the order; one query."""
    rows = PublicationRow.objects.filter(order__gt=order)
    return frozenset(rows.values_list("village", flat=True).distinct())


def ids_since(order: int) -> tuple[str, ...]:
    """The permalinks of what was published after that place in the order, oldest first; one query."""
    rows = PublicationRow.objects.filter(order__gt=order).order_by("order").values_list("village", "number")
    return tuple(public_id(village, number) for village, number in rows)


def ended_cases() -> frozenset[str]:
    """Numbers of the cases that have come to an end; one query."""
    return frozenset(CaseHead.objects.exclude(ended="").values_list("case", flat=True))
