"""Whether a running case may go on under a newer edition: which, by whom, and which of its steps are called otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mingbai.cases.models import Case
from mingbai.cases.queries import charts
from mingbai.cases.queries.standing import CaseView, holds_any_of
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.organisations.rules import Actor
from mingbai.procedures.queries import procedure_of
from mingbai.procedures.rules.graph import Node, Procedure


@dataclass(frozen=True)
class Renamed:
    """A step of the case that the newer chart does not have by that name, and the steps that it may be there."""

    step: str
    title: str
    candidates: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Newer:
    """A newer edition that is in force; `gone` when it has no chart for this power any more."""

    edition: int
    since: date
    gone: bool
    renamed: tuple[Renamed, ...]


def newer(case: CaseView, actor: Actor, today: date) -> tuple[Newer, ...]:
    """The editions in force to which this person may move the case, the latest first; none when it is not theirs.

    Whether it can be moved is found out by moving it (`services.migrate_case`).
    """
    current = catalogue.current(today)
    if case.status != "running" or current.number <= case.edition:
        return ()
    held = catalogue.together(range(case.edition, current.number + 1))
    edition, chart = held[case.edition], _chart(case, held[case.edition])
    here = [chart.nodes[step.step] for step in case.here]
    offices = moving_offices(edition, case.power, here)
    if not holds_any_of(actor, offices, case.village, today):
        return ()
    return tuple(_newer(case, held[number]) for number in sorted(held, reverse=True) if number > case.edition)


def _chart(case: CaseView, edition: Edition) -> Procedure:
    if case.number.startswith(charts.OWN_AFFAIR):
        return charts.of(Case.objects.get(number=case.number))[1]
    return procedure_of(edition, case.procedure)


def moving_offices(edition: Edition, power: str, here: Iterable[Node]) -> tuple[str, ...]:
    """The offices that may move a case: those whose step waits, and the departments that compile the power."""
    waiting = [office for node in here for office in node.offices]
    powers = [one for one in catalogue.powers(edition) if one.id == power]
    return tuple(dict.fromkeys([*waiting, *(one.office for p in powers for one in p.compiling_departments)]))


def chart_in(edition: Edition, power: str, own: str) -> str:
    """The id of the chart by which an edition exercises a power, or `own` for the district's own; empty for none."""
    found = [one.procedure for one in catalogue.powers(edition) if one.id == power]
    if not found and f"procedures/{own}.yaml" in edition.files:
        return own
    return (found[0] or "") if found else ""


def _newer(case: CaseView, edition: Edition) -> Newer:
    id = chart_in(edition, case.power, case.procedure)
    if not id:
        return Newer(edition.number, edition.since, True, ())
    nodes = procedure_of(edition, id).nodes
    titles = {one.step: one.title for one in case.steps if one.step not in nodes}
    free = [one for one in nodes.values() if one.id not in {step.step for step in case.steps}]
    offered = tuple((one.id, one.title) for one in free if one.kind not in ("end", "choice"))
    return Newer(
        edition.number,
        edition.since,
        False,
        tuple(Renamed(step, title, offered) for step, title in titles.items()),
    )
