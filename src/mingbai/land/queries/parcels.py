"""Households with their parcels, mandates and lettings as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from mingbai.kernel import Money, Refused
from mingbai.land.models import Household, Mandate, MandateParcel, Parcel, TransferLine
from mingbai.land.rules import transfers as rules
from mingbai.organisations import queries as organisations

A_PAGE = 60
COLLECTIVE = "集体"


@dataclass(frozen=True)
class PlotView:
    """A parcel as pages show it; `plot` is what the rules ask."""

    plot: rules.Plot
    household: int
    contract: str
    group: str
    who: str

    @property
    def area(self) -> str:
        """In mu."""
        return f"{self.plot.area // 100}.{self.plot.area % 100:02d}"


@dataclass(frozen=True)
class MandateView:
    """A mandate as pages show it."""

    id: int
    household: str
    contract: str
    parcels: tuple[str, ...]
    since: date
    until: date
    floor: Money
    members_only: bool
    paper: str
    withdrawn: date | None


_BESIDE = (
    Prefetch("mandates", MandateParcel.objects.select_related("mandate__withdrawal")),
    Prefetch("lines", TransferLine.objects.select_related("list__end")),
)


def plots(village: str, numbers: Sequence[str]) -> tuple[PlotView, ...]:
    """Parcels by number, in that order.

    Raises:
        Refused: one that is not entered, or one twice.
    """
    rows = {one.number: one for one in _rows(Parcel.objects.filter(village=village, number__in=numbers))}
    unknown = next((one for one in numbers if one not in rows), "")
    if unknown or len(set(numbers)) != len(numbers):
        raise Refused(
            f"没有登记{unknown[:40]}号地块" if unknown else "同一块地写了两遍",
            basis=rules.MANDATE,
            remedy="先登记承包地；一块地一行",
        )
    views = {one.plot.number: one for one in _views(list(rows.values()))}
    return tuple(views[one] for one in numbers)


def parcels_in(village: str, after: int = 0, limit: int = A_PAGE) -> tuple[tuple[PlotView, ...], int | None]:
    """A page of a village's parcels in the order of entering, and the key of the next; at most six queries."""
    rows = list(_rows(Parcel.objects.filter(village=village, pk__gt=after).order_by("pk"))[: limit + 1])
    views = _views(rows[:limit])
    return views, int(rows[limit - 1].pk) if len(rows) > limit else None


def _rows(found):  # type: ignore[no-untyped-def]
    return found.select_related("household").prefetch_related(*_BESIDE)


def _views(rows: Sequence[Parcel]) -> tuple[PlotView, ...]:
    names = heads([one.household for one in rows])
    return tuple(
        PlotView(
            _plot(one, names[one.household_id]), one.household_id, one.household.contract, one.household.group,
            one.household.who,
        )
        for one in rows
    )  # fmt: skip


def heads(homes: Sequence[Household]) -> dict[int, str]:
    """The name of each household's head; the collective's own word for its own land."""
    found = {one.id: one.name for one in organisations.people(sorted({it.who for it in homes if it.who}))}
    return {one.id: found.get(one.who, COLLECTIVE) for one in homes}


def _plot(one: Parcel, name: str) -> rules.Plot:
    lettings = tuple(
        rules.Letting(line.list_id, line.list.since, _last(line.list))
        for line in one.lines.all()
        if _last(line.list) >= line.list.since
    )
    return rules.Plot(
        one.id, one.number, name, one.area, one.until, not one.household.who,
        tuple(_mandate(it.mandate) for it in one.mandates.all()), lettings,
    )  # fmt: skip


def _last(one) -> date:  # type: ignore[no-untyped-def]
    end = getattr(one, "end", None)
    return min(one.until, end.on) if end is not None else one.until


def _mandate(one: Mandate) -> rules.Mandate:
    back = getattr(one, "withdrawal", None)
    return rules.Mandate(
        one.id, one.since, one.until, one.floor_fen, one.members_only, back.on if back else None
    )


def mandates_in(
    village: str, before: int = 0, limit: int = A_PAGE
) -> tuple[tuple[MandateView, ...], int | None]:
    """A page of a village's mandates, newest first, and the key of the next; at most four queries."""
    found = Mandate.objects.filter(household__village=village).select_related("household", "withdrawal")
    if before:
        found = found.filter(pk__lt=before)
    rows = list(found.prefetch_related("parcels__parcel").order_by("-pk")[: limit + 1])
    names = heads([one.household for one in rows])
    views = tuple(_mandate_view(one, names[one.household_id]) for one in rows[:limit])
    return views, views[-1].id if len(rows) > limit else None


def _mandate_view(one: Mandate, name: str) -> MandateView:
    back = getattr(one, "withdrawal", None)
    return MandateView(
        one.id, name, one.household.contract, tuple(it.parcel.number for it in one.parcels.all()), one.since,
        one.until, Money(one.floor_fen), one.members_only, one.paper, back.on if back else None,
    )  # fmt: skip


def households_in(village: str) -> tuple[tuple[int, str, str, str], ...]:
    """The households of a village: id, contract, head, group; two queries."""
    rows = list(Household.objects.filter(village=village).exclude(Q(who="")).order_by("contract"))
    names = heads(rows)
    return tuple((one.id, one.contract, names[one.id], one.group) for one in rows)


def has_parcels(village: str) -> bool:
    """Whether the village has entered households' contract land."""
    return Parcel.objects.filter(village=village).exclude(household__who="").exists()
