"""Limits of time on a case: over several steps, extended with a reason, and told upwards when they pass.

A step's own limit stands on its row; a limit over several steps is a `Deadline`, begun when the one step is done and
met when the other is. 村民委员会组织法 and the relief laws set both kinds.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from mingbai.cases import events
from mingbai.cases.events import StepExtended
from mingbai.cases.models import Case, Deadline, StepRun
from mingbai.cases.rules import days
from mingbai.cases.services.returning import require_reason
from mingbai.cases.services.running import Running, lock
from mingbai.catalogue import queries as catalogue
from mingbai.journal.events import TypedField
from mingbai.kernel import Citation, FieldKind, Refused
from mingbai.organisations.rules import Actor, offices_above

END = "end"
BATCH = 200


def keep_deadlines(running: Running, step: str, on: date) -> None:
    """Meet the deadlines that end with this step, and begin those that start with it."""
    limits = [
        one
        for power in catalogue.powers(running.edition)
        if power.id == running.row.power
        for one in power.time_limits
        if one.binds_cases()
    ]
    if not limits:
        return
    ended = [step, END] if running.row.ended else [step]
    Deadline.objects.filter(case=running.row, to_step__in=ended, met_on__isnull=True).update(met_on=on)
    for one in limits:
        if one.from_step == step and not running.row.ended:
            Deadline.objects.filter(case=running.row, to_step=one.to_step, met_on__isnull=True).delete()
            Deadline.objects.create(
                case=running.row, village=running.row.village, title=one.text, to_step=one.to_step, began_on=on,
                due=running.calendar.add(on, one.value or 0, one.unit or "working_day"),
                citation=Citation(one.law, one.article, one.confidence).as_dict(),
            )  # fmt: skip


def move_deadlines(running: Running, still: int) -> None:
    """Move what runs on by the calendar days the case stood still."""
    waiting = list(Deadline.objects.filter(case=running.row, met_on__isnull=True))
    for one in waiting:
        one.due = days.moved(one.due, still, running.calendar) or one.due
    Deadline.objects.bulk_update(waiting, ["due"])


def extend_step(
    *, case: str, step: str, until: date, reason: str, occurred_on: date, by: Actor, at: datetime
) -> StepExtended:
    """Move the last day of a waiting step, with a reason, by an office of the town or district.

    The office that is late cannot grant itself more time: a step of the town or district is extended by another
    person than the one who asks to do it, and everybody sees that it was extended and why.

    Raises:
        Refused: not waiting, without a last day, not later than now, no reason, or by nobody above the village.
    """
    with transaction.atomic():
        running = lock(case, at)
        days.refuse_future(occurred_on, running.today)
        run, node = running.open_step(step), running.node(step)
        office = _extending_office(running, by, occurred_on)
        why = require_reason(reason)
        before = run.due
        if before is None:
            raise Refused(f"“{node.title}”没有最晚日期，不用延期", remedy="直接办理")
        if until <= before:
            raise Refused(f"延到{until}，不晚于原来的{before}", remedy="期限只能往后延，填一个更晚的日期")
        run.due, run.escalated_on = until, None
        run.save(update_fields=["due", "escalated_on"])
        running.save()
        fields = [why, _day("before", "原来最晚", before), _day("until", "延到", until)]
        running.record(
            events.EXTENDED, node=node, office=office, occurred_on=occurred_on, by=by, fields=fields,
            citation=node.limit.citation if node.limit else None,
        )  # fmt: skip
    return StepExtended(case, step, until)


def _day(id: str, label: str, day: date) -> TypedField:
    return TypedField(id, label, str(FieldKind.date), day.isoformat())


def _extending_office(running: Running, by: Actor, on: date) -> str:
    offices = offices_above(by, running.row.village, on)
    if not offices or not offices_above(by, running.row.village, running.today):
        raise Refused(
            "延期要由镇（街道）或者区里批准，办事的村不能自己延",
            remedy="写清楚为什么来不及，请镇（街道）登录批准",
        )
    return offices[0]


def escalate_overdue(*, today: date, at: datetime) -> int:
    """Tell the town of every step and deadline that passed its last day, each once; how many were told.

    Nobody has to notice: the worker calls it every day, and each is an act of its own in the journal.
    """
    told = 0
    steps = StepRun.objects.filter(
        status=StepRun.Status.open, due__lt=today, escalated_on__isnull=True, case__status=Case.Status.running
    )
    for case, node in steps.order_by("due", "id").values_list("case_id", "node")[:BATCH]:
        told += _tell_step(case, node, today, at)
    late = Deadline.objects.filter(
        met_on__isnull=True, due__lt=today, escalated_on__isnull=True, case__status=Case.Status.running
    )
    for pk, case in late.order_by("due", "id").values_list("pk", "case_id")[:BATCH]:
        told += _tell_deadline(pk, case, today, at)
    return told


def _tell_step(case: str, node: str, today: date, at: datetime) -> int:
    with transaction.atomic():
        running = lock(case, at)
        run = next(
            (one for one in running.steps if one.node == node and one.status == StepRun.Status.open), None
        )
        if run is None or run.due is None or run.due >= today or run.escalated_on is not None:
            return 0
        run.escalated_on = today
        run.save(update_fields=["escalated_on"])
        here = running.node(node)
        _tell(running, here.id, here.title, run.due, here.limit.citation if here.limit else None, today)
    return 1


def _tell_deadline(pk: int, case: str, today: date, at: datetime) -> int:
    with transaction.atomic():
        running = lock(case, at)
        row = Deadline.objects.get(pk=pk)
        if row.met_on is not None or row.escalated_on is not None:
            return 0
        row.escalated_on = today
        row.save(update_fields=["escalated_on"])
        _tell(running, None, row.title, row.due, Citation.from_dict(row.citation), today)
    return 1


def _tell(
    running: Running, step: str | None, title: str, due: date, citation: Citation | None, today: date
) -> None:
    fields = [TypedField("what", "什么过期了", str(FieldKind.text), title), _day("due", "最晚应在", due)]
    running.record(
        events.OVERDUE, node=running.node(step) if step else None, office="", occurred_on=today, by=NOBODY,
        fields=fields, citation=citation,
    )  # fmt: skip


NOBODY = Actor("", "")
"""The clock, not a person."""
