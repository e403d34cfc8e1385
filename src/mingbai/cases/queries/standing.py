"""Where cases stand, for those who run them. Nothing here reaches a public face: see `disclosure`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from mingbai.cases.models import Case, StepRun
from mingbai.cases.queries import charts
from mingbai.cases.queries.notices import NoticeView, view
from mingbai.cases.rules import days
from mingbai.catalogue.queries import Edition
from mingbai.kernel import Refused
from mingbai.organisations.rules import Actor
from mingbai.procedures.rules.graph import Node, Procedure


@dataclass(frozen=True)
class StepView:
    """One visit to a step."""

    step: str
    title: str
    lane: str
    status: str
    turn: int
    entered_on: date
    due: date | None
    done_on: date | None
    person: str
    office: str
    late_days: int
    reference: str
    notice: NoticeView | None


@dataclass(frozen=True)
class CaseView:
    """A case as its office-holders see it; `laid` is the edition on which its chart runs, `state` where it
    stands, as it is kept.
    """

    number: str
    power: str
    village: str
    title: str
    procedure: str
    edition: int
    status: str
    ended: str | None
    version: int
    opened_on: date
    steps: tuple[StepView, ...]
    laid: Edition = field(repr=False, compare=False)
    chart: Procedure = field(repr=False, compare=False)
    state: Mapping[str, Any] = field(repr=False, compare=False)

    @property
    def here(self) -> tuple[StepView, ...]:
        """The steps that wait."""
        return tuple(step for step in self.steps if step.status == StepRun.Status.open)

    @property
    def done(self) -> tuple[StepView, ...]:
        """The visits that count."""
        return tuple(step for step in self.steps if step.status == StepRun.Status.done)


@dataclass(frozen=True)
class Awaiting:
    """A step that waits for somebody."""

    case: str
    title: str
    step: str
    step_title: str
    due: date | None
    overdue: bool
    village: str
    lane: str


def case(number: str) -> CaseView:
    """A case by number.

    Raises:
        Refused: there is none.
    """
    row = Case.objects.filter(number=number).first()
    if row is None:
        raise Refused("没有这件事", remedy="核对事项编号")
    laid, chart = charts.of(row)
    runs = StepRun.objects.filter(case=row).select_related("notice").order_by("id")
    return CaseView(
        number=row.number,
        power=row.power,
        village=row.village,
        title=row.title,
        procedure=row.procedure,
        edition=row.edition,
        status=row.status,
        ended=row.ended or None,
        version=row.version,
        opened_on=row.opened_on,
        steps=tuple(_step(chart, run) for run in runs),
        laid=laid,
        chart=chart,
        state=row.state,
    )


def _step(chart: Procedure, run: StepRun) -> StepView:
    node = chart.nodes[run.node]
    late = 0
    if run.done_on and run.recorded_at:
        late = days.late_days(run.done_on, days.legal_day(run.recorded_at))
    return StepView(
        run.node, node.title, days.lane_title(chart, node), run.status, run.turn, run.entered_on, run.due,
        run.done_on, run.person, run.office, late, run.reference, view(getattr(run, "notice", None)),
    )  # fmt: skip


def awaiting(actor: Actor, today: date) -> tuple[Awaiting, ...]:
    """What waits for this person today, most pressing first."""
    return _sorted(one for one, mine in _within_reach(actor, today) if mine)


def waiting_for_others(actor: Actor, today: date) -> tuple[Awaiting, ...]:
    """What waits for others within this person's reach."""
    return _sorted(one for one, mine in _within_reach(actor, today) if not mine)


def _within_reach(actor: Actor, today: date) -> Iterable[tuple[Awaiting, bool]]:
    for run, chart in open_runs(actor, today):
        yield _awaiting(run, chart, today), holds_any(actor, chart.nodes[run.node], run.village, today)


def open_runs(actor: Actor, today: date) -> Iterable[tuple[StepRun, Procedure]]:
    """The steps that wait within a person's reach, each with its case's chart, the most pressing first."""
    reach = Q()
    places = {
        m.division for m in actor.mandates if m.since <= today and (m.until is None or today <= m.until)
    }
    for place in places:
        reach |= Q(village=place) if len(place) == 12 else Q(village__startswith=place)
    if not places:
        return
    runs = StepRun.objects.filter(reach, status=StepRun.Status.open, case__status=Case.Status.running)
    for run in runs.select_related("case").order_by("due", "id"):
        yield run, charts.of(run.case)[1]


def holds_any(actor: Actor, node: Node, village: str, on: date) -> bool:
    """Whether a person holds an office that may do this step."""
    return holds_any_of(actor, node.offices, village, on)


def holds_any_of(actor: Actor, offices: Iterable[str], village: str, on: date) -> bool:
    """Whether a person holds one of these offices in the village, or in the town or district above it."""
    return any(actor.holds(office, place, on) for office in offices for place in days.places_of(village))


def _awaiting(run: StepRun, chart: Procedure, today: date) -> Awaiting:
    node, lane = chart.nodes[run.node], days.lane_title(chart, chart.nodes[run.node])
    overdue = run.due is not None and run.due < today
    return Awaiting(run.case_id, run.case.title, run.node, node.title, run.due, overdue, run.village, lane)


def _sorted(found: Iterable[Awaiting]) -> tuple[Awaiting, ...]:
    return tuple(sorted(found, key=lambda one: (one.due or date.max, one.case)))
