"""What an object is on a day: as registered, and every change since. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol


class Changed(Protocol):
    """A change as it is kept; what is empty did not change."""

    @property
    def kind(self) -> str: ...
    @property
    def on(self) -> date: ...
    @property
    def state(self) -> str: ...
    @property
    def custodian(self) -> str: ...
    @property
    def fen(self) -> int | None: ...
    @property
    def area(self) -> int | None: ...
    @property
    def boundaries(self) -> str: ...
    @property
    def management(self) -> str: ...


@dataclass(frozen=True)
class Standing:
    """How an object stands. `value_fen` is its cost or newest valuation, `worn_fen` what it lost since; area as kept."""

    state: str
    custodian: str
    value_fen: int
    worn_fen: int
    area: int
    boundaries: str
    management: str

    @property
    def net_fen(self) -> int:
        """What it is worth in the register."""
        return self.value_fen - self.worn_fen


def stand(first: Standing, changes: Iterable[Changed], on: date | None = None) -> Standing:
    """How an object stands after its changes, in their order; with `on` only after those up to that day."""
    found = first
    for one in changes:
        if on is None or one.on <= on:
            found = _after(found, one)
    return found


@dataclass(frozen=True)
class Worth:
    """A change of value that is about to be entered: only its day, kind and sum count."""

    kind: str
    on: date
    fen: int
    state: str = ""
    custodian: str = ""
    area: int | None = None
    boundaries: str = ""
    management: str = ""


def lowest_net(first: Standing, changes: Iterable[Changed], more: Worth) -> int:
    """The least that an object was ever worth, in fen, if `more` is put among its changes on its own day."""
    standing = list(changes)
    place = sum(one.on <= more.on for one in standing)
    found, least = first, first.net_fen
    for one in (*standing[:place], more, *standing[place:]):
        found = _after(found, one)
        least = min(least, found.net_fen)
    return least


def _after(found: Standing, one: Changed) -> Standing:
    worn = found.worn_fen + (one.fen or 0) if one.kind == "depreciated" else found.worn_fen
    valued = one.kind == "revalued" and one.fen is not None
    return replace(
        found,
        state=one.state or found.state,
        custodian=one.custodian or found.custodian,
        value_fen=one.fen or 0 if valued else found.value_fen,
        worn_fen=0 if valued else worn,
        area=one.area or found.area,
        boundaries=one.boundaries or found.boundaries,
        management=one.management or found.management,
    )
