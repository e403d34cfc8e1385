"""Who may do what of a village's land: the offices of the two charts' steps, in that village or above it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.kernel import Refused
from mingbai.land.rules import LAND_FILE, Settings, read_land
from mingbai.organisations.rules import Actor, holds_over
from mingbai.procedures.queries import procedure_of
from mingbai.procedures.rules.graph import Node, Procedure


@lru_cache(maxsize=8)
def _read(text: str) -> Settings:
    return read_land(text)


def settings_of(edition: Edition) -> Settings:
    """The district's file in an edition.

    Raises:
        Refused: it has none.
    """
    text = edition.files.get(LAND_FILE)
    if not text:
        raise Refused("这一版目录里没有土地的规矩", remedy=f"在区的目录里补上 {LAND_FILE}")
    return _read(text)


def settings_on(on: date) -> Settings:
    """The district's file as in force on a day.

    Raises:
        Refused: the edition of that day has none.
    """
    return settings_of(catalogue.current(on))


def _charts(edition: Edition) -> tuple[Procedure, Procedure]:
    """The charts of letting and of taking land."""
    rules = settings_of(edition)
    powers = (rules.transfer.power, rules.requisition.power)
    first, second = (procedure_of(edition, catalogue.power(edition, one).procedure) for one in powers)
    return first, second


def node_of(step: str, on: date) -> Node:
    """The node of a step that `land.yaml` names: `transfer.list`, `requisition.review` and so on."""
    edition, (chart, name) = catalogue.current(on), step.split(".")
    rules, (letting, taking) = settings_of(edition), _charts(edition)
    if chart == "transfer":
        return letting.nodes[getattr(rules.transfer.steps, name)]
    return taking.nodes[getattr(rules.requisition.steps, name)]


def land_offices(on: date) -> tuple[str, ...]:
    """Every office that does a step of one of the charts; none without the file."""
    edition = catalogue.current(on)
    if LAND_FILE not in edition.files:
        return ()
    return tuple(
        sorted(
            {office for chart in _charts(edition) for node in chart.nodes.values() for office in node.offices}
        )
    )


def office_for(actor: Actor, village: str, on: date) -> str:
    """The office by which a person may see a village's land; empty: none."""
    return next((one for one in land_offices(on) if holds_over(actor, one, village, on)), "")


def step_office(actor: Actor, step: str, village: str, on: date) -> str:
    """The office by which a person does a step in a village; empty: none."""
    return next((one for one in node_of(step, on).offices if holds_over(actor, one, village, on)), "")
