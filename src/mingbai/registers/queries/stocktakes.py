"""Stock-takes: what is to be counted, what was found, who signed, where register and find differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mingbai.kernel import Money, Refused
from mingbai.organisations import queries as organisations
from mingbai.registers.models import StockCount, StockItem, StockSignature, StockTake
from mingbai.registers.rules.objects import area_text
from mingbai.registers.rules.stocktaking import RESULTS, TAKE, Hand, waits_for


@dataclass(frozen=True)
class ItemView:
    """An object to be counted, or a surplus (without number); `result` is empty until it is counted."""

    number: str
    name: str
    place: str
    family: str
    kind: str
    account: str
    value: Money | None
    area: str
    result: str
    note: str
    paper: str
    person: str
    office: str

    @property
    def differs(self) -> bool:
        """Whether what was found is not what the register says."""
        return self.result not in ("", "found")


@dataclass(frozen=True)
class TakeView:
    """A stock-take as it stands. `waits` says what it still needs after everything is counted; empty: nothing."""

    number: str
    village: str
    on: date
    items: tuple[ItemView, ...]
    signed: tuple[tuple[Hand, str], ...]
    newest: int
    closed_on: date | None
    waits: str

    @property
    def left(self) -> tuple[ItemView, ...]:
        """What was not counted yet."""
        return tuple(one for one in self.items if not one.result)

    @property
    def differences(self) -> tuple[ItemView, ...]:
        """What differs, and what nobody had on the list."""
        return tuple(one for one in self.items if one.differs)

    def count(self, result: str) -> int:
        """How many came out so."""
        return sum(one.result == result for one in self.items)

    @property
    def by_account(self) -> Mapping[str, Money]:
        """What the assets on the list cost by account, when the stock-take was opened."""
        return cost_by_account((one.account, one.value) for one in self.items)

    @property
    def results(self) -> Mapping[str, int]:
        """How many came out how."""
        return {result: self.count(result) for result in RESULTS}


@dataclass(frozen=True)
class TakeSummary:
    """A stock-take in a list."""

    number: str
    on: date
    closed_on: date | None
    counted: int
    differing: int


def cost_by_account(values: Iterable[tuple[str, Money | None]]) -> dict[str, Money]:
    """Costs added up by account; what has none is left out."""
    found: dict[str, Money] = {}
    for account, value in values:
        if account and value is not None:
            found[account] = found.get(account, Money(0)) + value
    return found


def listed_cost(village: str, number: str) -> tuple[date, dict[str, Money]]:
    """The day of a village's stock-take, and what the assets on its list cost by account; one query.

    Raises:
        Refused: the village has none of that number.
    """
    rows = StockItem.objects.filter(take=number[:40], take__village=village).select_related("take", "object")
    items = list(rows)
    if not items:
        raise Refused("没有这次盘点", basis=TAKE, remedy="核对盘点编号")
    pairs = ((one.object.account, Money(one.value_fen or 0)) for one in items)
    return items[0].take.on, cost_by_account(pairs)


def take_row(number: str) -> StockTake:
    """One stock-take's row. Raises `Refused` when there is none of that number."""
    row = StockTake.objects.select_related("closing").filter(number=number[:40]).first()
    if row is None:
        raise Refused("没有这次盘点", basis=TAKE, remedy="核对盘点编号")
    return row


def stock_takes(village: str) -> tuple[TakeSummary, ...]:
    """The stock-takes of a village, newest first; one query."""
    rows = StockTake.objects.select_related("closing").filter(village=village).order_by("-on", "-serial")
    return tuple(_summary(row) for row in rows)


def stock_take(number: str) -> TakeView:
    """One stock-take; five queries. Raises `Refused` when there is none of that number."""
    row = take_row(number)
    counts = list(StockCount.objects.filter(take=row).order_by("id"))
    standing = {one.object_id: one for one in counts if one.object_id}
    items = StockItem.objects.filter(take=row).select_related("object").order_by("object")
    views = [_item(one, standing.get(one.object_id)) for one in items]
    views += [_surplus(one) for one in counts if one.result == "surplus"]
    newest = counts[-1].pk if counts else 0
    signed = _signed(row, newest)
    closing = getattr(row, "closing", None)
    counters = {Hand(one.person, one.office) for one in views if one.result}
    waits = waits_for(counters, [hand for hand, _name in signed])
    return TakeView(
        row.number, row.village, row.on, tuple(views), signed, newest, closing.on if closing else None,
        "" if closing else waits,
    )  # fmt: skip


def due_on(village: str, years: int, on: date) -> bool:
    """Whether no stock-take was closed in a village for so many years."""
    newest = StockTake.objects.filter(village=village, closing__isnull=False).order_by("-on").first()
    return newest is None or _years_later(newest.on, years) < on


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 2, 28)


def _signed(row: StockTake, newest: int) -> tuple[tuple[Hand, str], ...]:
    """Who signed what stands now, with the names: a later count asks for new signatures."""
    rows = list(StockSignature.objects.filter(take=row, upto=newest).order_by("id"))
    names = {one.id: one.name for one in organisations.people([row.person for row in rows])}
    return tuple((Hand(one.person, one.office), names.get(one.person, "")) for one in rows)


def _item(item: StockItem, count: StockCount | None) -> ItemView:
    thing = item.object
    return ItemView(
        thing.number, thing.name, thing.place, thing.family, thing.kind, thing.account,
        Money(item.value_fen) if item.value_fen is not None else None, area_text(item.area) if item.area else "",
        count.result if count else "", count.note if count else "", count.paper if count else "",
        count.person if count else "", count.office if count else "",
    )  # fmt: skip


def _surplus(count: StockCount) -> ItemView:
    return ItemView(
        "",
        count.name,
        "",
        "",
        "",
        "",
        None,
        "",
        count.result,
        count.note,
        count.paper,
        count.person,
        count.office,
    )


def _summary(row: StockTake) -> TakeSummary:
    closing = getattr(row, "closing", None)
    if closing is None:
        return TakeSummary(row.number, row.on, None, 0, 0)
    return TakeSummary(row.number, row.on, closing.on, closing.counted, closing.differing)
