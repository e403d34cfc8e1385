"""Moving a running case to the newer version of its chart, by an act that is checked, recorded and disclosed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from mingbai.cases import events
from mingbai.cases.events import CaseMigrated
from mingbai.cases.models import Deadline, StepRun
from mingbai.cases.queries import charts, newer_editions
from mingbai.cases.rules import days
from mingbai.cases.rules.migration import changed_names, moved_state
from mingbai.cases.services import signing
from mingbai.cases.services.rehanging import under_new_edition
from mingbai.cases.services.returning import require_reason
from mingbai.cases.services.running import Running, lock
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.journal.events import TypedField
from mingbai.kernel import FieldKind, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.procedures.rules.graph import Procedure

Names = Mapping[str, str]
_KEPT = "~"
"""Stands before a name while names are exchanged: two steps may swap theirs."""


def migrate_case(
    *,
    case: str,
    to_edition: int,
    reason: str,
    occurred_on: date,
    by: Actor,
    at: datetime,
    mapping: Names | None = None,
) -> CaseMigrated:
    """Let a running case go on under a newer edition that is in force; `mapping` names steps that are called otherwise.

    By the office whose step waits, or a department that compiles the power. Due days follow the new limits; a notice
    that hangs never comes down earlier than it would have.

    Raises:
        Refused: not running, not newer, not in force yet, no reason, not theirs to move, no such chart any more, or
            what `moved_state` refuses: above all a step that the new chart owes by now and that was not done.
    """
    with transaction.atomic():
        running = lock(case, at)
        days.refuse_future(occurred_on, running.today)
        old, edition = running.edition, _newer(running, to_edition, occurred_on)
        office = _moving_office(running, by, occurred_on)
        why = require_reason(reason)
        names = dict(mapping or {})
        _move(running, edition, names, occurred_on)
        running.save()
        running.row.save(update_fields=["edition", "edition_digest", "procedure"])
        running.record(
            events.MIGRATED, node=None, office=office, occurred_on=occurred_on, by=by,
            fields=[why, *_told(old, edition, names, running.chart)],
        )  # fmt: skip
    return CaseMigrated(case, old.number, edition.number)


def _newer(running: Running, number: int, on: date) -> Edition:
    edition = catalogue.edition(number)
    if edition.number <= running.edition.number:
        raise Refused(
            f"本事项已经在第 {running.edition.number} 版上，不能改到第 {number} 版",
            remedy="只能改到更新的版本",
        )
    if on < edition.since:
        raise Refused(f"第 {number} 版{edition.since}起才生效", remedy=f"等到{edition.since}再改")
    return edition


def _moving_office(running: Running, by: Actor, on: date) -> str:
    offices = newer_editions.moving_offices(running.edition, running.row.power, running.here_nodes())
    office = signing.signing_office(offices, running.row.village, by, on, running.today)
    if office is None:
        titles = "、".join(organisations.office_title(one) for one in offices)
        raise Refused("本事项换版本，由当前环节的经办人或者制定单位办理", remedy=f"请{titles}办理")
    return office


def _chart_in(running: Running, edition: Edition) -> str:
    """The id of the chart by which the new edition exercises the power."""
    found = newer_editions.chart_in(edition, running.row.power, running.row.procedure)
    if not found:
        raise Refused(f"第 {edition.number} 版里已经没有这项权力的流程图", remedy="让本事项按原来的版本办完")
    return found


def _move(running: Running, edition: Edition, names: Names, on: date) -> None:
    before, row = running.chart, running.row
    row.edition, row.edition_digest = edition.number, edition.digest
    row.procedure = _chart_in(running, edition)
    _, chart = charts.of(row)
    visited = {run.node for run in running.steps}
    parameters = catalogue.parameter_values(edition, on)
    running.state = moved_state(before, chart, running.state, visited, names, parameters)
    running.edition, running.chart = edition, chart
    _rename(running, names)
    _new_days(running)


def _rename(running: Running, names: Names) -> None:
    """Visits and deadlines under their new names, by way of names that nobody has: two may be exchanged."""
    changed = dict(changed_names(names))
    if not changed:
        return
    for run in running.steps:
        run.node = changed.get(run.node, run.node)
        run.entered_from = changed.get(run.entered_from, run.entered_from)
    for prefix in (_KEPT, ""):
        for run in running.steps:
            StepRun.objects.filter(pk=run.pk).update(node=prefix + run.node, entered_from=run.entered_from)
    for deadline in Deadline.objects.filter(case=running.row, to_step__in=changed):
        Deadline.objects.filter(pk=deadline.pk).update(to_step=changed[deadline.to_step])


def _new_days(running: Running) -> None:
    """Due days of what waits, by the new limits, from the day on which it began to wait."""
    waiting = [run for run in running.steps if run.status == StepRun.Status.open]
    for run in waiting:
        node = running.chart.nodes[run.node]
        run.due = days.due_on(node.limit, running.calendar, run.entered_on)
        under_new_edition(running, run)
    StepRun.objects.bulk_update(waiting, ["due"])


def _told(old: Edition, new: Edition, names: Names, chart: Procedure) -> Sequence[TypedField]:
    exchanged = "；".join(f"{one}→{chart.nodes[to].title}" for one, to in changed_names(names))
    return [
        TypedField("from_edition", "原来的版次", str(FieldKind.integer), str(old.number)),
        TypedField("to_edition", "新的版次", str(FieldKind.integer), str(new.number)),
        *([TypedField("steps", "换了名称的环节", str(FieldKind.text), exchanged)] if exchanged else []),
    ]
