"""The public register of a village's assets and resources: every figure is derived from what was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mingbai.disclosure.models import PublicationRow
from mingbai.disclosure.queries.reading import Publication, opened, views
from mingbai.kernel import Money

REGISTERED = {"asset": "register.asset_registered", "resource": "register.resource_registered"}
LATER = ("register.object_changed", "register.object_photographed", "register.object_disposed")
CLOSED = "register.stock_take_closed"
A_PAGE = 60


@dataclass(frozen=True)
class PublicObject:
    """An asset or resource as published. `value` is what it cost or was valued at, `net` what is left of it.

    shown: what is written of it, newest words first counting, by label. picture: publication and digest of its
    newest public picture; empty while it is sealed. changes: how many acts were published of it since.
    """

    publication: str
    number: str
    family: str
    name: str
    state: str
    registered_on: date
    value: Money | None
    net: Money | None
    shown: Mapping[str, str]
    picture: tuple[str, str]
    changes: int
    newest: str
    early: bool


@dataclass(frozen=True)
class PublicObjects:
    """A page of them in the order of registering; `next` is the key to go on after, None at the end."""

    items: tuple[PublicObject, ...]
    counts: Mapping[str, int]
    next: int | None


def objects_in(village: str, family: str = "asset", after: int = 0, limit: int = A_PAGE) -> PublicObjects:
    """The register of a village, one family at a time, what was disposed of too; at most six queries."""
    here = PublicationRow.objects.filter(village=village)
    counts = {name: here.filter(kind=kind).count() for name, kind in REGISTERED.items()}
    rows = list(here.filter(kind=REGISTERED[family], order__gt=after).order_by("order")[: limit + 1])
    items = _objects(village, rows[:limit])
    return PublicObjects(items, counts, rows[limit - 1].order if len(rows) > limit else None)


def objects_named(village: str, numbers: Sequence[str]) -> tuple[PublicObject, ...]:
    """The assets and resources of a village by their numbers, those that were published; at most five queries."""
    here = PublicationRow.objects.filter(village=village, kind__in=REGISTERED.values(), voucher__in=numbers)
    return _objects(village, list(here.order_by("order")))


def _objects(village: str, rows: Sequence[PublicationRow]) -> tuple[PublicObject, ...]:
    """What was registered in these rows, with what became of it since."""
    later = PublicationRow.objects.filter(
        village=village, kind__in=LATER, voucher__in=[row.voucher for row in rows]
    )
    acts = opened(views([*rows, *(later.order_by("order") if rows else ())]))
    found, changes = acts[: len(rows)], acts[len(rows) :]
    return tuple(
        _object(one, [change for change in changes if change.data["number"] == one.data["number"]])
        for one in found
    )


def stock_take_results(village: str, limit: int = 10) -> tuple[Publication, ...]:
    """The newest published results of stock-takes; one query."""
    rows = PublicationRow.objects.filter(village=village, kind=CLOSED).order_by("-order")[:limit]
    return tuple(views(rows))


def _object(one: Publication, changes: Sequence[Publication]) -> PublicObject:
    # What was entered late counts from its own day.
    moved = sorted(changes, key=lambda change: (change.occurred_on, change.order))
    acts = (one, *moved)
    states = [str(act.data["state"]) for act in acts if act.data.get("state")]
    value, net = _worth(one, moved)
    pictures = [(act.id, paper.digest) for act in acts for paper in act.papers if paper.digest]
    return PublicObject(
        publication=one.id,
        number=str(one.data["number"]),
        family=str(one.data["family"]),
        name=one.title,
        state=states[-1] if states else "",
        registered_on=one.occurred_on,
        value=value,
        net=net,
        shown={field.label: field.value for act in acts for field in act.fields if field.value},
        picture=pictures[-1] if pictures else ("", ""),
        changes=len(changes),
        newest=acts[-1].id,
        early=any(bool(act.data.get("before_decision")) for act in acts),
    )


def _worth(one: Publication, changes: Sequence[Publication]) -> tuple[Money | None, Money | None]:
    """Cost or newest valuation, and what is left after what it lost since; nothing for a resource."""
    if "value_fen" not in one.data:
        return None, None
    value, worn = int(one.data["value_fen"]), 0
    for change in changes:
        fen = int(change.data.get("fen") or 0)
        if change.data.get("change") == "revalued":
            value, worn = fen, 0
        elif change.data.get("change") == "depreciated":
            worn += fen
    return Money(value), Money(value - worn)
