"""What a person may begin, and how the page names the person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.rules import Power
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView
from mingbai.organisations.rules import Actor, holds_over, may_see
from mingbai.procedures import queries as procedures


@dataclass(frozen=True)
class Beginning:
    """A power this person may begin to exercise; `titled` when he says himself what the case is called."""

    power: Power
    titled: bool
    villages: tuple[DivisionView, ...]


def may_open(actor: Actor, today: date) -> tuple[Beginning, ...]:
    """Powers whose first step is in an office the person holds today, with the villages he holds it over."""
    edition = catalogue.current(today)
    reach = tuple(one for one in organisations.villages() if may_see(actor, one.code, today))
    found = (_beginning(actor, edition.number, one, reach, today) for one in catalogue.powers(edition))
    return tuple(one for one in found if one is not None and one.villages)


def _beginning(
    actor: Actor, edition: int, power: Power, reach: Iterable[DivisionView], today: date
) -> Beginning | None:
    if not power.procedure:
        return None
    chart = procedures.procedure(edition, power.procedure)
    offices = chart.nodes[chart.start].offices
    villages = (one for one in reach if any(holds_over(actor, office, one.code, today) for office in offices))
    return Beginning(power, not chart.of_one_person, tuple(villages))


def describe(actor: Actor, today: date, village: DivisionView | None = None) -> str:
    """Name, place and office as the masthead shows them: 张三，大柏村报账员. A village already read is not read again."""
    held = [mandate for mandate in actor.mandates if mandate.since <= today]
    if not held:
        return actor.name
    at = held[0].division
    place = village if village and village.code == at else organisations.division(at)
    return f"{actor.name}，{place.short}{organisations.office_title(held[0].office)}"
