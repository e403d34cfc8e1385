"""What presses: signatures asked for, steps and limits past their last day, and the limits a case runs under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from mingbai.cases.models import AskedSignature, Case, Deadline, StepRun
from mingbai.cases.queries import charts
from mingbai.cases.rules import days
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor


@dataclass(frozen=True)
class Signature:
    """A signature that was asked for; `agrees` is nothing while it is outstanding."""

    case: str
    title: str
    village: str
    step: str
    step_title: str
    office: str
    office_title: str
    reason: str
    asked_on: date
    agrees: bool | None
    opinion: str


@dataclass(frozen=True)
class Overdue:
    """A step or a limit over several steps that passed its last day; `step` is empty for the latter."""

    case: str
    title: str
    village: str
    what: str
    step: str
    due: date


@dataclass(frozen=True)
class DeadlineView:
    """A limit over several steps of a case."""

    title: str
    began_on: date
    due: date
    met_on: date | None


def deadlines_of(case: str) -> tuple[DeadlineView, ...]:
    """The limits over several steps of a case, as they began."""
    rows = Deadline.objects.filter(case=case).order_by("pk")
    return tuple(DeadlineView(row.title, row.began_on, row.due, row.met_on) for row in rows)


def signatures_of(case: str, step: str) -> tuple[Signature, ...]:
    """The signatures asked for on the visit that waits at this step."""
    rows = AskedSignature.objects.filter(step__case=case, step__node=step, step__status=StepRun.Status.open)
    return tuple(_signature(row) for row in rows.select_related("step__case").order_by("pk"))


def signatures_for(actor: Actor, today: date) -> tuple[Signature, ...]:
    """What waits for this person's signature today, the longest waiting first."""
    rows = AskedSignature.objects.filter(
        agrees__isnull=True, step__status=StepRun.Status.open, step__case__status=Case.Status.running,
        office__in={one.office for one in actor.mandates if one.active(today)},
    ).exclude(asked_by=actor.person)  # fmt: skip
    found = rows.select_related("step__case").order_by("asked_on", "pk")
    return tuple(_signature(row) for row in found if _is_asked(row, actor, today))


def _is_asked(row: AskedSignature, actor: Actor, today: date) -> bool:
    return any(actor.holds(row.office, place, today) for place in days.places_of(row.village))


def _signature(row: AskedSignature) -> Signature:
    case = row.step.case
    node = charts.of(case)[1].nodes[row.step.node]
    return Signature(
        case.number, case.title, row.village, node.id, node.title, row.office,
        organisations.office_title(row.office), row.reason, row.asked_on, row.agrees, row.opinion,
    )  # fmt: skip


def overdue_below(actor: Actor, today: date) -> tuple[Overdue, ...]:
    """What passed its last day in the villages under this person's town or district, the latest first."""
    places = {one.division for one in actor.mandates if one.active(today) and len(one.division) < 12}
    if not places:
        return ()
    reach = Q(pk__in=[])
    for place in places:
        reach |= Q(village__startswith=place)
    running = Q(case__status=Case.Status.running, due__lt=today)
    steps = StepRun.objects.filter(reach, running, status=StepRun.Status.open).select_related("case")
    limits = Deadline.objects.filter(reach, running, met_on__isnull=True).select_related("case")
    found = [_late_step(run) for run in steps] + [_late_limit(row) for row in limits]
    return tuple(sorted(found, key=lambda one: (one.due, one.case, one.step)))


def _late_step(run: StepRun) -> Overdue:
    node = charts.of(run.case)[1].nodes[run.node]
    return Overdue(run.case_id, run.case.title, run.village, node.title, node.id, run.due or date.max)


def _late_limit(row: Deadline) -> Overdue:
    return Overdue(row.case_id, row.case.title, row.village, row.title, "", row.due)
