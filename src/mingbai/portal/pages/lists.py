"""Beside the list of powers: who owes what in each (责任清单), and what nobody may do (负面清单)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.catalogue.rules import Law, Power
from mingbai.catalogue.rules.duties import Duty, Forbidden
from mingbai.kernel import Confidence

Line = TypeVar("Line")


@dataclass(frozen=True)
class Owed:
    """One duty of an office; an unsure one is marked 待确认."""

    does: str
    text: str
    unsure: bool


@dataclass(frozen=True)
class Owing:
    """An office and all it owes here."""

    office: str
    owed: tuple[Owed, ...]


@dataclass(frozen=True)
class Ban:
    """What must not be done, and where that stands."""

    text: str
    basis: str
    unsure: bool


@dataclass(frozen=True)
class Part(Generic[Line]):
    """What holds in one power; without a power, everywhere."""

    power: Power | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ListPage(Generic[Line]):
    """A list in force, what holds everywhere first. `count`: its lines."""

    parts: tuple[Part[Line], ...]
    count: int
    edition: Edition


def duty_page(today: date) -> ListPage[Owing]:
    """The duty table in force; empty in a district that has none."""
    edition = catalogue.current(today)
    held = catalogue.catalogue(edition)
    if held.duties is None:
        return ListPage((), 0, edition)
    found: list[tuple[Power | None, tuple[Duty, ...]]] = [(None, held.duties.everywhere)]
    found += [(power, held.duties.of(power.id)) for power in held.powers]
    parts = tuple(Part(power, _by_office(duties, held.offices)) for power, duties in found if duties)
    return ListPage(parts, sum(len(duties) for _, duties in found), edition)


def _by_office(duties: Iterable[Duty], offices: Mapping[str, str]) -> tuple[Owing, ...]:
    found: dict[str, list[Owed]] = {}
    for one in duties:
        owed = Owed(one.does_title, one.text, one.confidence is Confidence.assumed)
        found.setdefault(offices[one.office], []).append(owed)
    return tuple(Owing(office, tuple(owed)) for office, owed in found.items())


def negative_page(today: date) -> ListPage[Ban]:
    """The negative list in force; empty in a district that has none. A ban on several powers stands with each."""
    edition = catalogue.current(today)
    held = catalogue.catalogue(edition)
    rules = held.negative.rules if held.negative else ()
    found: list[tuple[Power | None, list[Forbidden]]] = [(None, [one for one in rules if not one.powers])]
    found += [(power, [one for one in rules if power.id in one.powers]) for power in held.powers]
    parts = tuple(Part(power, tuple(_ban(one, held.laws) for one in bans)) for power, bans in found if bans)
    return ListPage(parts, len(rules), edition)


def _ban(one: Forbidden, laws: Mapping[str, Law]) -> Ban:
    unsure = one.confidence is Confidence.assumed
    basis = "" if unsure else one.basis().text({id: law.short for id, law in laws.items()})
    return Ban(one.text, basis, unsure)
