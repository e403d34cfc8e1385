"""Suspending, resuming and withdrawing a case. A standing clock moves every due day on by as many days."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from mingbai.cases import events
from mingbai.cases.events import CaseMoved
from mingbai.cases.models import Case, StepRun
from mingbai.cases.rules import days
from mingbai.cases.services import signing
from mingbai.cases.services.deadlines import move_deadlines
from mingbai.cases.services.rehanging import move_on
from mingbai.cases.services.returning import require_reason
from mingbai.cases.services.running import Running, lock
from mingbai.journal.events import TypedField
from mingbai.kernel import Refused
from mingbai.organisations.rules import Actor


def suspend_case(*, case: str, reason: str, occurred_on: date, by: Actor, at: datetime) -> CaseMoved:
    """Stop the clock of a case, with a reason; by whoever's step waits.

    Raises:
        Refused: not running, not the person's to stop, no reason, or a day out of order.
    """
    with transaction.atomic():
        running = lock(case, at)
        office = _waiting_office(running, by, occurred_on)
        why = require_reason(reason)
        running.row.status, running.row.suspended_on = Case.Status.suspended, occurred_on
        return _finish(running, events.SUSPENDED, office, occurred_on, by, [why])


def resume_case(*, case: str, occurred_on: date, by: Actor, at: datetime) -> CaseMoved:
    """Start the clock again; due days and hanging notices move on by the days it stood still.

    Raises:
        Refused: not suspended, not the person's to resume, or resumed before it was suspended.
    """
    with transaction.atomic():
        running = lock(case, at, running=False)
        since = running.row.suspended_on
        if running.row.status != Case.Status.suspended or since is None:
            raise Refused("本事项没有中止", remedy="直接办理等待的环节")
        office = _waiting_office(running, by, occurred_on)
        if occurred_on < since:
            raise Refused(f"恢复日期{occurred_on}早于中止日期{since}", remedy="核对日期")
        _move_days(running, since, occurred_on)
        running.row.status, running.row.suspended_on = Case.Status.running, None
        return _finish(running, events.RESUMED, office, occurred_on, by, [])


def withdraw_case(*, case: str, reason: str, occurred_on: date, by: Actor, at: datetime) -> CaseMoved:
    """Give a case up, with a reason; by the office that began it, and only before a contract or payment.

    Raises:
        Refused: not theirs to withdraw, no reason, or a contract or payment exists already.
    """
    with transaction.atomic():
        running = lock(case, at)
        days.refuse_future(occurred_on, running.today)
        _refuse_early_day(running, occurred_on)
        office = signing.require_office(running, running.node(running.chart.start), by, occurred_on)
        why = require_reason(reason)
        _refuse_bound(running)
        StepRun.objects.filter(case=running.row, status=StepRun.Status.open).update(
            status=StepRun.Status.void
        )
        running.steps = [run for run in running.steps if run.status != StepRun.Status.open]
        running.row.status = Case.Status.withdrawn
        return _finish(running, events.WITHDRAWN, office, occurred_on, by, [why])


def _waiting_office(running: Running, by: Actor, on: date) -> str:
    days.refuse_future(on, running.today)
    _refuse_early_day(running, on)
    offices = [office for node in running.here_nodes() for office in node.offices]
    office = signing.signing_office(offices, running.row.village, by, on, running.today)
    if office is None:
        raise Refused("只有正等待办理的经办人才能中止或者恢复本事项", remedy="请当前环节的经办人办理")
    return office


def _refuse_early_day(running: Running, on: date) -> None:
    last = max([running.row.opened_on, *(run.done_on for run in running.done_steps() if run.done_on)])
    if on < last:
        raise Refused(f"日期{on}早于本事项上一步的日期{last}", remedy="核对日期")


def _refuse_bound(running: Running) -> None:
    bound = [run for run in running.done_steps() if days.is_binding(running.chart.nodes[run.node])]
    if bound:
        node = running.chart.nodes[bound[-1].node]
        raise Refused(
            f"“{node.title}”已经办完，本事项不能撤回",
            basis=node.citation,
            remedy="合同的解除、款项的收回另行办理并公开",
        )


def _move_days(running: Running, since: date, resumed_on: date) -> None:
    still = (resumed_on - since).days
    waiting = [run for run in running.steps if run.status == StepRun.Status.open]
    for run in waiting:
        run.due = days.moved(run.due, still, running.calendar)
        move_on(running, run, since, resumed_on)
    StepRun.objects.bulk_update(waiting, ["due"])
    move_deadlines(running, still)


def _finish(
    running: Running, act: str, office: str, on: date, by: Actor, fields: list[TypedField]
) -> CaseMoved:
    running.save()
    running.record(act, node=None, office=office, occurred_on=on, by=by, fields=fields)
    return CaseMoved(running.row.number, str(running.row.status))
