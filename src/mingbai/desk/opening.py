"""What a person may begin, and how the page names the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingbai.catalogue import queries as catalogue
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.procedures import queries as procedures


@dataclass(frozen=True)
class Beginning:
    """A power this person may begin to exercise in a village."""

    power: str
    power_name: str
    village: str
    village_name: str


def may_open(actor: Actor, today: date) -> tuple[Beginning, ...]:
    """Powers whose first step is in an office the person holds today, village by village."""
    edition = catalogue.current(today)
    powers = [power for power in catalogue.powers(edition) if power.procedure]
    villages = sorted({mandate.division for mandate in actor.mandates if len(mandate.division) == 12})
    return tuple(
        Beginning(power.id, power.name, village, organisations.division(village).short)
        for village in villages
        for power in powers
        if _may_begin(actor, edition.number, power.procedure, village, today)
    )


def _may_begin(actor: Actor, edition: int, procedure: str, village: str, today: date) -> bool:
    chart = procedures.procedure(edition, procedure)
    return any(actor.holds(office, village, today) for office in chart.nodes[chart.start].offices)


def describe(actor: Actor, today: date) -> str:
    """Name, place and office as the masthead shows them: 张三，大柏村报账员."""
    held = [mandate for mandate in actor.mandates if mandate.since <= today]
    if not held:
        return actor.name
    place = organisations.division(held[0].division).short
    return f"{actor.name}，{place}{organisations.office_title(held[0].office)}"
