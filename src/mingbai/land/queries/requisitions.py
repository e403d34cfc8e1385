"""Requisitions as they stand: land, sums, households, quotas and who stands on their list."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Subquery

from mingbai.kernel import Money, Refused
from mingbai.land.models import (
    Approval,
    Candidate,
    Household,
    Payment,
    QuotaGrant,
    QuotaReport,
    QuotaShown,
    Requisition,
    RequisitionLine,
)
from mingbai.land.queries.access import settings_on
from mingbai.land.queries.standing import Deltas, deltas, newcomers, parts_of
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
    """A requisition as it stands. `lands` and `items` by title; an item with its whole and what the collective keeps.

    approval: number, authority and day of the State's approval; corrections: day, reason and how many lines.
    """

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
    approval: tuple[str, str, date] | None = None
    corrections: tuple[tuple[date, str, int], ...] = ()


def granted(number: str) -> int:
    """How many quotas the district gave last; none without."""
    last = QuotaGrant.objects.filter(requisition=number).order_by("-id").first()
    return last.count if last is not None else 0


def standing(number: str) -> tuple[CandidateView, ...]:
    """Who stands on a requisition's list, in the order of entering; four queries."""
    rows, more = _listed(number), deltas(number)
    lost = dict(RequisitionLine.objects.filter(requisition=number).values_list("household_id", "area"))
    homes = {row.household_id for row in rows}
    return _candidates(
        rows, {one: lost.get(one, 0) + more.get((one, ""), 0) for one in homes}, _named(rows, ())
    )


def _listed(number: str) -> list[Candidate]:
    rows = Candidate.objects.filter(requisition=number, removal__isnull=True)
    return list(rows.select_related("household").order_by("id"))


def _named(rows: Iterable[Candidate], homes: Iterable[Household]) -> dict[str, str]:
    """The names of everybody on a list of quotas and of the heads, by person; one query."""
    asked = {one.who for row in rows for one in (row, row.household)} | {one.who for one in homes}
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
    approvals = Approval.objects.filter(requisition=OuterRef("pk")).order_by("-id")
    row = (
        Requisition.objects.filter(number=number)
        .annotate(
            shown_on=Subquery(shown.values("on")[:1]), shown_people=Subquery(shown.values("people")[:1]),
            quotas=Subquery(grants.values("count")[:1]),
            paid=Subquery(Payment.objects.filter(requisition=OuterRef("pk")).values("number")[:1]),
            document=Subquery(approvals.values("document")[:1]), authority=Subquery(approvals.values("authority")[:1]),
            approved_on=Subquery(approvals.values("on")[:1]),
            closed=Exists(QuotaReport.objects.filter(requisition=OuterRef("pk"))),
        )
        .first()
    )  # fmt: skip
    if row is None:
        raise Refused("没有这次征收", remedy="核对编号")
    rules, candidates = (settings or settings_on(on)).requisition, _listed(number)
    parts, lines = (
        parts_of(number),
        list(row.lines.select_related("household").prefetch_related("shares").order_by("id")),
    )
    homes = [one.household for one in lines]
    homes += newcomers(parts.deltas, homes)
    names = _named(candidates, homes)
    areas = {one.household_id: one.area + parts.deltas.get((one.household_id, ""), 0) for one in lines}
    areas |= {home.id: parts.deltas.get((home.id, ""), 0) for home in homes if home.id not in areas}
    on_it = _candidates(candidates, areas, names)
    lands = [(rules.land(kind).title, area) for kind, area in parts.lands]
    kept = {item: stays + parts.deltas.get((None, item), 0) for item, _fen, stays in parts.sums}
    return RequisitionView(
        number, row.village, row.case, row.title, row.announced_on,
        tuple((title, _mu(area)) for title, area in lands),
        tuple((rules.item(item).title, Money(fen), Money(kept[item])) for item, fen, _stays in parts.sums),
        _mu(sum(area for _title, area in lands)), Money(sum(fen for _item, fen, _stays in parts.sums)),
        _mu(row.collective_area + parts.deltas.get((None, ""), 0)),
        _shares(homes, areas, lines, {one.id: one.title for one in rules.items}, names, parts.deltas),
        row.quotas or 0, on_it, row.shown_on,
        row.shown_people == people_digest(on_it), row.closed, row.paid or "",
        (row.document, row.authority, row.approved_on) if row.document else None, parts.corrections,
    )  # fmt: skip


def _shares(
    homes: Iterable[Household],
    areas: Mapping[int, int],
    lines: Iterable[RequisitionLine],
    titles: Mapping[str, str],
    names: Mapping[str, str],
    deltas: Deltas,
) -> tuple[ShareView, ...]:
    entered = {one.household_id: {it.item: it.fen for it in one.shares.all()} for one in lines}
    found = []
    for home in homes:
        sums = Counter(entered.get(home.id, {}))
        sums.update({item: delta for (owner, item), delta in deltas.items() if owner == home.id and item})
        own = [(titles.get(item, item), Money(fen)) for item, fen in sums.items() if fen]
        found.append(
            ShareView(
                home.id, names.get(home.who, ""), home.group, home.contract, _mu(areas[home.id]), tuple(own),
                Money(sum(sums.values())),
            )
        )  # fmt: skip
    return tuple(found)


def _mu(area: int) -> str:
    return f"{area // 100}.{area % 100:02d}"
