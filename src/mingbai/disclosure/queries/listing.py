"""Cases for programs: every one once, by key, with the publication that tells where it stands now."""

from __future__ import annotations

from dataclasses import dataclass

from mingbai.disclosure.models import CaseHead, PublicationRow
from mingbai.disclosure.queries.reading import CaseSummary, summary_of
from mingbai.disclosure.rules.documents import public_id


@dataclass(frozen=True)
class ListedCase:
    """A case; `newest` is the permalink of the last publication of it."""

    case: CaseSummary
    newest: str


@dataclass(frozen=True)
class CasePage:
    """A page of cases in the order of their numbers; `next` is the number to go on after, None at the end."""

    items: tuple[ListedCase, ...]
    next: str | None


def case_page(
    *, after: str = "", village: str = "", power: str = "", running: bool | None = None, limit: int = 50
) -> CasePage:
    """Cases numbered after `after`; two queries."""
    asked = {name: value for name, value in (("village", village), ("power", power)) if value}
    rows = CaseHead.objects.filter(case__gt=after, **asked)
    rows = rows.filter(ended="") if running else rows
    rows = rows.exclude(ended="") if running is False else rows
    found = list(rows.order_by("case")[: limit + 1])
    shown = found[:limit]
    newest = _ids([row.last_order for row in shown])
    items = tuple(ListedCase(summary_of(row), newest[row.last_order]) for row in shown)
    return CasePage(items, shown[-1].case if len(found) > limit else None)


def _ids(orders: list[int]) -> dict[int, str]:
    rows = PublicationRow.objects.filter(order__in=orders).values_list("order", "village", "number")
    return {order: public_id(village, number) for order, village, number in rows}
