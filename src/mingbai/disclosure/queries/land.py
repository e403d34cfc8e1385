"""Land that is let or taken in a village, as it was published: lists, requisitions, what was paid to households."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingbai.disclosure.models import PublicationRow
from mingbai.disclosure.queries.reading import Publication, views
from mingbai.kernel import Money

LISTED = ("land.transfer_listed", "land.requisition_registered")
LATER = (
    "land.transfer_ended", "land.payment_made", "land.payment_signed", "land.payment_paid",
    "land.requisition_corrected", "land.requisition_approved", "land.quotas_given", "land.quotas_publicised",
    "land.quotas_reported",
)  # fmt: skip
A_PAGE = 30
PAID_BY = 2
"""So many signatures make it paid."""


@dataclass(frozen=True)
class PublicLand:
    """A transfer list or a requisition, and what was published of it since, oldest first; `paid` by signed lists."""

    one: Publication
    taken: bool
    later: tuple[Publication, ...]
    paid: Money


def land_in(village: str, after: int = 0, limit: int = A_PAGE) -> tuple[tuple[PublicLand, ...], int | None]:
    """A page of a village's land, newest first, and the key of the next; at most four queries."""
    here = PublicationRow.objects.filter(village=village)
    rows = here.filter(kind__in=LISTED).order_by("-order")
    found = list((rows.filter(order__lt=after) if after else rows)[: limit + 1])
    page = views(found[:limit])
    later = views(here.filter(kind__in=LATER, order__gt=page[-1].order).order_by("order")) if page else ()
    items = tuple(_land(one, later) for one in page)
    return items, page[-1].order if len(found) > limit else None


def _land(one: Publication, later: Sequence[Publication]) -> PublicLand:
    number = one.data.get("list") or one.data.get("requisition")
    own = [
        it for it in later if number in (it.data.get("of"), it.data.get("list"), it.data.get("requisition"))
    ]
    paid = sum(int(it.data.get("total_fen") or 0) for it in own if it.data.get("signed") == PAID_BY)
    return PublicLand(one, one.kind == LISTED[1], tuple(own), Money(paid))
