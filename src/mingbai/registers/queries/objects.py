"""Assets and resources as they stand on a day: one, a page of them, what is idle, what they are worth by account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from mingbai.kernel import Money, Refused
from mingbai.registers.models import ObjectChange, ObjectPhoto, ObjectRow
from mingbai.registers.rules.kinds import ASSET, ObjectKinds
from mingbai.registers.rules.objects import REGISTER, area_text
from mingbai.registers.rules.standing import Standing, stand

A_PAGE = 50


@dataclass(frozen=True)
class ObjectView:
    """An object as it stands."""

    number: str
    village: str
    family: str
    kind: str
    name: str
    place: str
    owner: str
    group: str
    acquired: str
    acquired_on: date | None
    funded_by: str
    account: str
    found_in: str
    registered_on: date
    standing: Standing

    @property
    def short(self) -> str:
        """The number without the village: `ZC-0012`."""
        return self.number.replace(f"-{self.village}", "")

    @property
    def value(self) -> Money:
        """Its cost, or its newest valuation."""
        return Money(self.standing.value_fen)

    @property
    def net(self) -> Money:
        """What is left of the value."""
        return Money(self.standing.net_fen)

    @property
    def area(self) -> str:
        """Its area in mu; empty for an asset."""
        return area_text(self.standing.area) if self.standing.area else ""


@dataclass(frozen=True)
class ObjectPage:
    """Objects by number; `next` is the number to go on after, empty at the end."""

    items: tuple[ObjectView, ...]
    next: str


@dataclass(frozen=True)
class Happening:
    """A line of an object's history: a change or a picture, when it was and when it was entered."""

    kind: str
    on: date
    person: str
    office: str
    change: ObjectChange | None
    paper: str


@dataclass(frozen=True)
class Totals:
    """What a village has: how many of each family, their value and area, and the cost by account."""

    assets: int
    resources: int
    value: Money
    net: Money
    area: int
    idle: int
    by_account: Mapping[str, Money]

    @property
    def mu(self) -> str:
        """The area in mu."""
        return area_text(self.area)


@dataclass(frozen=True)
class Gap:
    """An account of the book beside the register: the difference is what the register has more."""

    account: str
    register: Money
    book: Money

    @property
    def difference(self) -> Money:
        """Register less book."""
        return self.register - self.book


def row_of(number: str) -> ObjectRow:
    """One object's row. Raises `Refused` when there is none of that number."""
    row = ObjectRow.objects.filter(number=number[:40]).first()
    if row is None:
        raise Refused("台账里没有这个编号的资产或者资源", basis=REGISTER, remedy="核对编号")
    return row


def first_standing(row: ObjectRow) -> Standing:
    """How an object was registered."""
    return Standing(
        row.state, row.custodian, row.value_fen or 0, 0, row.area or 0, row.boundaries, row.management
    )


def standing_of(row: ObjectRow, on: date | None = None) -> Standing:
    """How an object stands, now or on a day; what was entered late counts from its own day."""
    return stand(first_standing(row), row.changes.order_by("on", "id"), on)


def object_of(number: str, on: date | None = None) -> ObjectView:
    """One object as it stands now or on a day. Raises `Refused` when there is none of that number."""
    return _views([row_of(number)], on, Q(object=number))[0]


@dataclass(frozen=True)
class ObjectFile:
    """An object with everything that was entered about it, oldest first; `photos` are papers, newest first."""

    one: ObjectView
    history: tuple[Happening, ...]
    photos: tuple[str, ...]


def file_of(number: str) -> ObjectFile:
    """One object with its history; three queries. Raises `Refused` when there is none of that number."""
    row = row_of(number)
    changes = list(ObjectChange.objects.filter(object=row).order_by("on", "id"))
    photos = list(ObjectPhoto.objects.filter(object=row).order_by("id"))
    lines = [Happening("photo", one.on, one.person, one.office, None, one.paper) for one in photos]
    lines += [Happening(one.kind, one.on, one.person, one.office, one, "") for one in changes]
    view = _view(row, stand(first_standing(row), changes))
    history = tuple(sorted(lines, key=lambda one: one.on))
    return ObjectFile(view, history, tuple(one.paper for one in reversed(photos)))


def objects(
    village: str,
    on: date | None = None,
    *,
    family: str = "",
    kind: str = "",
    state: str = "",
    after: str = "",
    limit: int = A_PAGE,
) -> ObjectPage:
    """The register of a village as of a day, by number, at most `limit` at a time; two queries.

    Without `state` what was disposed of by that day is left out; with it only objects that stand so.
    """
    rows = _on(ObjectRow.objects.filter(village=village), on)
    wanted = {"family": family, "kind": kind, "now": state}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    rows = rows if state else rows.exclude(now="disposed")
    rows = rows.filter(number__gt=after) if after else rows
    found = list(rows.order_by("number")[: limit + 1])
    shown = found[:limit]
    views = _views(shown, on, Q(object__in=[row.number for row in shown]))
    return ObjectPage(tuple(views), shown[-1].number if len(found) > limit else "")


def idle(village: str, on: date | None = None, *, after: str = "") -> ObjectPage:
    """What lies idle in a village, by number: to be let or put to use (盘活)."""
    return objects(village, on, state="idle", after=after)


def all_objects(village: str, on: date | None = None, *, family: str = "") -> tuple[ObjectView, ...]:
    """The whole register of a village as of a day, for a file or a print; what was disposed of is left out."""
    rows = _on(ObjectRow.objects.filter(village=village), on).exclude(now="disposed")
    rows = rows.filter(family=family) if family else rows
    return tuple(_views(rows.order_by("number"), on, Q(object__village=village)))


def totals(village: str, on: date | None = None) -> Totals:
    """What a village has as of a day, added up object by object; two queries."""
    found = all_objects(village, on)
    assets = [one for one in found if one.family == ASSET]
    resources = [one for one in found if one.family != ASSET]
    by_account: dict[str, int] = {}
    for one in assets:
        by_account[one.account] = by_account.get(one.account, 0) + one.value.fen
    return Totals(
        assets=len(assets),
        resources=len(resources),
        value=Money.total(one.value for one in assets),
        net=Money.total(one.net for one in assets),
        area=sum(one.standing.area for one in resources),
        idle=sum(one.standing.state == "idle" for one in found),
        by_account={code: Money(fen) for code, fen in sorted(by_account.items())},
    )


def gaps(register: Mapping[str, Money], book: Mapping[str, Money], kinds: ObjectKinds) -> tuple[Gap, ...]:
    """The accounts of assets where register and book do not agree; both give the cost by account."""
    pairs = (Gap(code, register.get(code, Money(0)), book.get(code, Money(0))) for code in kinds.accounts)
    return tuple(one for one in pairs if one.difference != Money(0))


def _on(rows: QuerySet[ObjectRow], on: date | None) -> QuerySet[ObjectRow]:
    """The rows that were registered by a day, with their state then as `now`."""
    changes = ObjectChange.objects.filter(object=OuterRef("pk")).exclude(state="")
    if on is not None:
        rows, changes = rows.filter(on__lte=on), changes.filter(on__lte=on)
    newest = Subquery(changes.order_by("-on", "-id").values("state")[:1], output_field=CharField())
    return rows.annotate(now=Coalesce(newest, "state", Value(""), output_field=CharField()))


def _views(rows: Iterable[ObjectRow], on: date | None, scope: Q) -> list[ObjectView]:
    """The rows as they stand; `scope` picks their changes."""
    changes: dict[str, list[ObjectChange]] = {}
    for one in ObjectChange.objects.filter(scope).order_by("on", "id"):
        changes.setdefault(one.object_id, []).append(one)
    return [_view(row, stand(first_standing(row), changes.get(row.number, ()), on)) for row in rows]


def _view(row: ObjectRow, standing: Standing) -> ObjectView:
    return ObjectView(
        number=row.number,
        village=row.village,
        family=row.family,
        kind=row.kind,
        name=row.name,
        place=row.place,
        owner=row.owner,
        group=row.group,
        acquired=row.acquired,
        acquired_on=row.acquired_on,
        funded_by=row.funded_by,
        account=row.account,
        found_in=row.found_in,
        registered_on=row.on,
        standing=standing,
    )
