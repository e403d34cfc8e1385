"""Who may do what of a village's labour: the offices of the chart's steps, in that village or above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mingbai.catalogue import queries as catalogue
from mingbai.kernel import Refused
from mingbai.labour.rules import LABOUR_FILE, Settings, read_labour
from mingbai.organisations.rules import Actor, holds_over
from mingbai.procedures.queries import procedure_of
from mingbai.procedures.rules.graph import Procedure


@lru_cache(maxsize=8)
def _read(text: str) -> Settings:
    return read_labour(text)


def settings_on(on: date) -> Settings:
    """The district's file as in force on a day.

    Raises:
        Refused: the edition of that day has none.
    """
    text = catalogue.current(on).files.get(LABOUR_FILE)
    if not text:
        raise Refused("这一版目录里没有用工的规矩", remedy=f"在区的目录里补上 {LABOUR_FILE}")
    return _read(text)


@dataclass(frozen=True)
class Rules:
    """The district's file and the chart of a day: read once for a whole page."""

    settings: Settings
    chart: Procedure

    @property
    def offices(self) -> tuple[str, ...]:
        """Every office that does a step of the chart, and those that keep outside states."""
        of_chart = {office for node in self.chart.nodes.values() for office in node.offices}
        return tuple(sorted(of_chart | set(self.settings.states_by)))


def rules_on(on: date) -> Rules:
    """The rules in force on a day. Raises `Refused` when the edition of that day has none."""
    settings = settings_on(on)
    edition = catalogue.current(on)
    return Rules(settings, procedure_of(edition, catalogue.power(edition, settings.power).procedure))


def labour_power(on: date) -> str:
    """The power whose cases pay for village labour."""
    return settings_on(on).power


def chart_on(on: date) -> Procedure:
    """The chart of village labour."""
    return rules_on(on).chart


def labour_offices(on: date) -> tuple[str, ...]:
    """Every office that does a step of the chart, and those that keep outside states."""
    return rules_on(on).offices


def office_for(actor: Actor, village: str, on: date, rules: Rules | None = None) -> str:
    """The office by which a person may see a village's labour; empty: none."""
    offices = (rules or rules_on(on)).offices
    return next((one for one in offices if holds_over(actor, one, village, on)), "")


def step_office(actor: Actor, step: str, village: str, on: date, rules: Rules | None = None) -> str:
    """The office by which a person does a step of the chart in a village; empty: none."""
    offices = (rules or rules_on(on)).chart.nodes[step].offices
    return next((one for one in offices if holds_over(actor, one, village, on)), "")


def states_office(actor: Actor, village: str, on: date) -> str:
    """The office by which a person may enter and see outside states; empty: none."""
    return next((one for one in settings_on(on).states_by if holds_over(actor, one, village, on)), "")
