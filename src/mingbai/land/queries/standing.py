"""A requisition's lines as they stand: as entered, and every correction since."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, CharField, DateField, Value
from django.db.models.functions import Cast

from mingbai.land.models import (
    CorrectionLine,
    Household,
    Requisition,
    RequisitionLand,
    RequisitionLine,
    RequisitionSum,
)
from mingbai.land.rules.requisitions import Award, Share

Deltas = dict[tuple[int | None, str], int]
"""By household (None: the collective) and item (empty: area) what all corrections together add."""


@dataclass(frozen=True)
class Parts:
    """Land by kind; items with the whole and what was entered as kept; corrections with day, reason, lines."""

    lands: tuple[tuple[str, int], ...]
    sums: tuple[tuple[str, int, int], ...]
    deltas: Deltas
    corrections: tuple[tuple[date, str, int], ...]


def parts_of(number: str) -> Parts:
    """What belongs to a requisition besides its households' lines; one query."""
    none, day = Value(0, BigIntegerField()), Cast(Value(None), DateField())
    text = Value("", CharField())
    lands = RequisitionLand.objects.filter(requisition=number).values_list(
        Value(1), "kind", "area", none, "id", day, text
    )
    sums = RequisitionSum.objects.filter(requisition=number).values_list(
        Value(2), "item", "fen", "kept_fen", "id", day, text
    )
    contra = CorrectionLine.objects.filter(correction__requisition=number).values_list(
        Value(3), "item", "delta", "household_id", "correction_id", "correction__on", "correction__reason"
    )
    rows = sorted(lands.union(sums, contra, all=True), key=lambda one: (one[0], one[4]))
    return Parts(
        tuple((one[1], one[2]) for one in rows if one[0] == 1),
        tuple((one[1], one[2], one[3]) for one in rows if one[0] == 2),
        _added((one[3], one[1], one[2]) for one in rows if one[0] == 3),
        _corrections([one for one in rows if one[0] == 3]),
    )


def _corrections(rows: list[tuple]) -> tuple[tuple[date, str, int], ...]:  # type: ignore[type-arg]
    made = Counter((one[4], one[5], one[6]) for one in rows)
    return tuple((on, reason, lines) for (_id, on, reason), lines in made.items())


def _added(rows: Iterable[tuple[int | None, str, int]]) -> Deltas:
    found: Deltas = defaultdict(int)
    for home, item, delta in rows:
        found[home, item] += delta
    return dict(found)


def deltas(number: str) -> Deltas:
    """What all corrections of a requisition together add; one query."""
    rows = CorrectionLine.objects.filter(correction__requisition=number)
    return _added(rows.values_list("household_id", "item", "delta"))


def lost_area(number: str, household: int) -> int:
    """What a household lost in a requisition as it stands, 0.01 mu; two queries."""
    entered = RequisitionLine.objects.filter(requisition=number, household=household).values_list(
        "area", flat=True
    )
    return (entered.first() or 0) + deltas(number).get((household, ""), 0)


def newcomers(added: Deltas, homes: Iterable[Household]) -> list[Household]:
    """The households that only a correction names; no query without one."""
    known = {one.pk for one in homes}
    new = {home for home, _item in added if home is not None} - known
    return list(Household.objects.filter(pk__in=new).order_by("pk")) if new else []


def award_of(row: Requisition) -> tuple[Award, dict[str, Household]]:
    """The award as it stands, households by their contract, and the households; six queries."""
    found = deltas(row.number)
    sums = list(row.sums.order_by("id"))
    lines = list(row.lines.select_related("household").prefetch_related("shares").order_by("id"))
    homes = {one.household_id: one.household for one in lines}
    homes |= {one.pk: one for one in newcomers(found, homes.values())}
    cells: Deltas = {(one.household_id, it.item): it.fen for one in lines for it in one.shares.all()}
    cells |= {(one.household_id, ""): one.area for one in lines}
    for key, delta in found.items():
        cells[key] = cells.get(key, 0) + delta
    shares = [_share(home, id, cells) for id, home in homes.items()]
    kept = {one.item: one.kept_fen + found.get((None, one.item), 0) for one in sums}
    award = Award(
        {one.kind: one.area for one in row.lands.order_by("id")}, {one.item: one.fen for one in sums}, kept,
        row.collective_area + found.get((None, ""), 0), [one for one in shares if one.area or one.total],
    )  # fmt: skip
    return award, {one.contract: one for one in homes.values()}


def _share(home: Household, id: int, cells: Deltas) -> Share:
    sums = {item: fen for (owner, item), fen in cells.items() if owner == id and item and fen}
    return Share(home.contract, cells.get((id, ""), 0), sums)
