"""What came after a place in the order of all publications."""

from __future__ import annotations

from dataclasses import dataclass

from mingbai.disclosure.events import WITHDRAWN
from mingbai.disclosure.models import CaseHead, PublicationRow
from mingbai.disclosure.queries.reading import views
from mingbai.disclosure.rules.documents import public_id, thaw


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


@dataclass(frozen=True)
class TakenDown:
    """A publication that a statement empties, whole or of one paper; `papers`: digest and media type of the copies."""

    id: str
    order: int
    papers: tuple[tuple[str, str], ...]


def taken_down_since(order: int) -> tuple[TakenDown, ...]:
    """What statements after that place in the order take down. Few there are; a query each."""
    said = views(PublicationRow.objects.filter(kind=WITHDRAWN, order__gt=order).order_by("order"))
    return tuple(_taken_down(str(one.data["publication"]), str(one.data.get("copy") or "")) for one in said)


def _taken_down(id: str, copy: str) -> TakenDown:
    village, _, number = id.rpartition("-")
    row = PublicationRow.objects.get(village=village, number=number)
    papers = thaw(bytes(row.body))["papers"]
    copies = (
        (one["digest"], one["media_type"])
        for one in papers
        if one["digest"] and one["digest"] == (copy or one["digest"])
    )
    return TakenDown(id, row.order, tuple(copies))
