"""Requisitions as they stand: land, sums, households, quotas and who stands on their list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Subquery

from mingbai.kernel import Money, Refused
from mingbai.land.models import (
    Candidate,
    Payment,
    QuotaGrant,
    QuotaReport,
    QuotaShown,
    Requisition,
    RequisitionLine,
)
from mingbai.land.queries.access import settings_on
from mingbai.land.rules import Settings
from mingbai.organisations import queries as organisations

A_PAGE = 60


@dataclass(frozen=True)
class CandidateView:
    """Somebody on the list of quotas; `lost` is the household's area in mu."""

    id: int
    name: str
    group: str
    head: str
    lost: str
    reason: str
    digest: str


@dataclass(frozen=True)
class ShareView:
    """One household's line: area in mu, the sums by item, their total."""

    household: int
    head: str
    group: str
    contract: str
    area: str
    sums: tuple[tuple[str, Money], ...]
    total: Money


@dataclass(frozen=True)
class RequisitionView:
    """A requisition. `lands` and `items` by title; an item with its whole and what the collective keeps."""

    number: str
    village: str
    case: str
    title: str
    announced_on: date
    lands: tuple[tuple[str, str], ...]
    items: tuple[tuple[str, Money, Money], ...]
    area: str
    total: Money
    collective_area: str
    shares: tuple[ShareView, ...]
    quotas: int
    candidates: tuple[CandidateView, ...]
    shown_on: date | None
    shown_same: bool
    reported: bool
    payment: str


def granted(number: str) -> int:
    """How many quotas the district gave last; none without."""
    last = QuotaGrant.objects.filter(requisition=number).order_by("-id").first()
    return last.count if last is not None else 0


def standing(number: str) -> tuple[CandidateView, ...]:
    """Who stands on a requisition's list, in the order of entering; three queries."""
    rows = _listed(number)
    lost = dict(RequisitionLine.objects.filter(requisition=number).values_list("household_id", "area"))
    return _candidates(rows, lost, _named(rows, ()))


def _listed(number: str) -> list[Candidate]:
    rows = Candidate.objects.filter(requisition=number, removal__isnull=True)
    return list(rows.select_related("household").order_by("id"))


def _named(rows: Iterable[Candidate], lines: Iterable[RequisitionLine]) -> dict[str, str]:
    """The names of everybody on a list of quotas and of the heads, by person; one query."""
    asked = {one.who for row in rows for one in (row, row.household)} | {one.household.who for one in lines}
    return {one.id: one.name for one in organisations.people(sorted(asked - {""}))}


def _candidates(
    rows: Iterable[Candidate], lost: Mapping[int, int], names: Mapping[str, str]
) -> tuple[CandidateView, ...]:
    return tuple(
        CandidateView(
            one.id, names.get(one.who, ""), one.household.group, names.get(one.household.who, ""),
            _mu(lost.get(one.household_id, 0)), one.reason, one.digest,
        )
        for one in rows
    )  # fmt: skip


def people_digest(people: Iterable[CandidateView]) -> str:
    """One digest of who stands on a list, whatever the order."""
    return hashlib.sha256("\n".join(sorted(one.digest for one in people)).encode()).hexdigest()


def requisitions_in(village: str, limit: int = A_PAGE) -> tuple[Requisition, ...]:
    """The newest requisitions of a village."""
    return tuple(Requisition.objects.filter(village=village).order_by("-announced_on", "-number")[:limit])


def requisition(number: str, on: date, settings: Settings | None = None) -> RequisitionView:
    """One requisition; `settings` when the caller has read them. Raises `Refused` when there is none of that number."""
    shown = QuotaShown.objects.filter(requisition=OuterRef("pk")).order_by("-id")
    grants = QuotaGrant.objects.filter(requisition=OuterRef("pk")).order_by("-id")
    row = (
        Requisition.objects.filter(number=number)
        .annotate(
            shown_on=Subquery(shown.values("on")[:1]), shown_people=Subquery(shown.values("people")[:1]),
            quotas=Subquery(grants.values("count")[:1]),
            paid=Subquery(Payment.objects.filter(requisition=OuterRef("pk")).values("number")[:1]),
            closed=Exists(QuotaReport.objects.filter(requisition=OuterRef("pk"))),
        )
        .first()
    )  # fmt: skip
    if row is None:
        raise Refused("没有这次征收", remedy="核对编号")
    rules, candidates = (settings or settings_on(on)).requisition, _listed(number)
    lines = list(row.lines.select_related("household").prefetch_related("shares").order_by("id"))
    names = _named(candidates, lines)
    on_it = _candidates(candidates, {one.household_id: one.area for one in lines}, names)
    lands = [(rules.land(one.kind).title, one.area) for one in row.lands.order_by("id")]
    sums = list(row.sums.order_by("id"))
    return RequisitionView(
        number, row.village, row.case, row.title, row.announced_on,
        tuple((title, _mu(area)) for title, area in lands),
        tuple((rules.item(one.item).title, Money(one.fen), Money(one.kept_fen)) for one in sums),
        _mu(sum(area for _title, area in lands)), Money(sum(one.fen for one in sums)), _mu(row.collective_area),
        _shares(lines, {one.id: one.title for one in rules.items}, names), row.quotas or 0, on_it, row.shown_on,
        row.shown_people == people_digest(on_it), row.closed, row.paid or "",
    )  # fmt: skip


def _shares(
    lines: Iterable[RequisitionLine], titles: Mapping[str, str], names: Mapping[str, str]
) -> tuple[ShareView, ...]:
    found = []
    for one in lines:
        own = [(titles.get(it.item, it.item), Money(it.fen)) for it in one.shares.all()]
        home = one.household
        found.append(
            ShareView(
                home.id, names.get(home.who, ""), home.group, home.contract, _mu(one.area), tuple(own),
                Money(sum(sum_.fen for _title, sum_ in own)),
            )
        )  # fmt: skip
    return tuple(found)


def _mu(area: int) -> str:
    return f"{area // 100}.{area % 100:02d}"
