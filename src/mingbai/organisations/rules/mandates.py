"""Mandates, what a person may see, and which offices one family may not hold together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mingbai.kernel import Citation


@dataclass(frozen=True)
class Mandate:
    """One office held in one division from `since` to `until`, both days included; None: no end is known."""

    office: str
    division: str
    since: date
    until: date | None = None

    def active(self, on: date) -> bool:
        """Whether the office is held on that day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class Actor:
    """A person with every mandate ever given to him; which of them count depends on the day asked."""

    person: str
    name: str
    mandates: tuple[Mandate, ...] = ()

    def offices_in(self, division: str, on: date) -> tuple[str, ...]:
        """Offices held in exactly that division on that day, each once."""
        held = (one.office for one in self.mandates if one.division == division and one.active(on))
        return tuple(dict.fromkeys(held))

    def holds(self, office: str, division: str, on: date) -> bool:
        """Whether the person holds the office in exactly that division on that day."""
        return office in self.offices_in(division, on)


def holds_over(actor: Actor, office: str, village_code: str, on: date) -> bool:
    """Whether the person holds the office that day in the village, or in the town or district above it."""
    return any(
        one.office == office and village_code.startswith(one.division) and one.active(on)
        for one in actor.mandates
    )


def offices_above(actor: Actor, village_code: str, on: date) -> tuple[str, ...]:
    """The offices the person holds that day in the town or district above the village."""
    held = (
        one.office
        for one in actor.mandates
        if len(one.division) < len(village_code) and village_code.startswith(one.division) and one.active(on)
    )
    return tuple(dict.fromkeys(held))


def may_see(actor: Actor, village_code: str, on: date) -> bool:
    """A village's officers see their village, a town's its villages, a district's all of the district."""
    return any(village_code.startswith(one.division) for one in actor.mandates if one.active(on))


@dataclass(frozen=True)
class Incompatible:
    """Two offices that one person, or with `kin` one family, may not hold in the same division."""

    office: str
    other: str
    kin: bool
    citation: Citation


def find_conflict(
    rules: Iterable[Incompatible], office: str, held: Iterable[str], held_by_kin: Iterable[str]
) -> tuple[Incompatible, str] | None:
    """The rule that giving `office` would break and the office in the way; None when there is none.

    Rules bind in both directions: a member's brother cannot be elected, nor an elected one's be appointed.
    """
    own, kin = set(held), set(held_by_kin)
    for rule in rules:
        for this, that in ((rule.office, rule.other), (rule.other, rule.office)):
            if office == this and (that in own or (rule.kin and that in kin)):
                return rule, that
    return None
