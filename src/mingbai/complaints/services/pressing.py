"""Time: one extension at most, what is late goes to the next office up, and how many said the same is told."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from mingbai.cases.rules import days
from mingbai.cases.rules.values import read_text
from mingbai.complaints import events, rules
from mingbai.complaints.events import Extended
from mingbai.complaints.models import Objection
from mingbai.complaints.queries.bodies import answering_office
from mingbai.complaints.queries.targets import Target, of_row, working_days_after
from mingbai.complaints.services import answering, recording
from mingbai.complaints.services.recording import day
from mingbai.journal.events import TypedField
from mingbai.journal.services import record
from mingbai.kernel import Citation, Confidence, FieldKind, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor

logger = logging.getLogger(__name__)
BATCH = 200
LONGEST_EXTENSION = 30
"""Days. No article speaks of objections to village affairs; the petition rules' longest is taken (待确认)."""
_EXTENSION = Citation("petition", "第34条", Confidence.assumed)


def extend_objection(
    *, objection: str, until: date, reason: str, occurred_on: date, by: Actor, at: datetime
) -> Extended:
    """Move the last day of an answer, once, with a reason that everybody reads.

    Raises:
        Refused: answered, extended before, the last day has passed, not later than it or more than 30 days, no
            reason, or by nobody who may answer.
    """
    with transaction.atomic():
        row = answering.locked(objection)
        today = days.legal_day(at)
        days.refuse_future(occurred_on, today)
        target = of_row(row)
        office = answering_office(target, row, by, occurred_on, today)
        _refuse_extension(row, until, today)
        why = _reason(reason)
        before, row.due, row.extended_on = row.due, until, occurred_on
        row.save(update_fields=["due", "extended_on"])
        record(
            act=events.EXTENDED, village=row.village, subject=target.subject, actor=by.person, office=office,
            occurred_on=occurred_on, at=at, data=recording.data_of(target, row, occurred_on, at), citation=_EXTENSION,
            fields=[
                TypedField("objection", "异议编号", str(FieldKind.text), row.number), why,
                day("before", "原来最晚", before), day("until", "延到", until),
            ],
        )  # fmt: skip
    return Extended(row.number, until)


def _refuse_extension(row: Objection, until: date, today: date) -> None:
    if row.answered_on is not None:
        raise Refused(f"这件异议已经在{row.answered_on}答复", remedy="不用再延期")
    if row.extended_on is not None:
        raise Refused(
            f"这件异议已经在{row.extended_on}延过一次", _EXTENSION, "只能延一次，请在最晚日期以前答复"
        )
    if today > row.due:
        raise Refused(f"最晚日期{row.due}已经过了", _EXTENSION, "过期不能再延，请马上答复")
    last = row.due + timedelta(days=LONGEST_EXTENSION)
    if not row.due < until <= last:
        raise Refused(f"延到{until}不行：要晚于{row.due}，不能晚于{last}", _EXTENSION, "改一个日期")


def _reason(reason: str) -> TypedField:
    said = read_text("为什么延期", reason, longest=500)
    if not said:
        raise Refused("还没有写为什么要延期", remedy="写清楚还要查什么")
    return TypedField("reason", "为什么延期", str(FieldKind.text), said)


def escalate_objections(*, today: date, at: datetime) -> int:
    """Pass every objection whose last day has passed to the next office up; how many were marked.

    Each time is an act of its own. Above the last office there is none: it is marked late once, and stays there.
    """
    late = Objection.objects.filter(answered_on__isnull=True, due__lt=today, told_on__isnull=True)
    numbers = list(late.order_by("due", "number").values_list("number", flat=True)[:BATCH])
    return sum(_unless_refused(number, today, at) for number in numbers)


def _unless_refused(number: str, today: date, at: datetime) -> int:
    """One that cannot be passed on (a year without calendar) holds up neither the others nor the worker."""
    try:
        return _escalate(number, today, at)
    except Refused as problem:
        logger.warning("objection %s cannot be passed on: %s", number, problem)
        return 0


def _escalate(number: str, today: date, at: datetime) -> int:
    with transaction.atomic():
        row = answering.locked(number)
        if row.answered_on is not None or row.due >= today or row.told_on is not None:
            return 0
        target, missed = of_row(row), row.due
        _pass_up(target, row, today)
        row.save(update_fields=["passed_to", "due", "told_on", "overdue_on"])
        fields = [day("missed", "最晚应在", missed)]
        if row.told_on is None:
            title = organisations.office_title(row.passed_to)
            fields += [
                TypedField("to", "转给", str(FieldKind.office), title),
                day("due", "最晚答复", row.due),
            ]
        recording.by_the_clock(events.OVERDUE, target, row, fields, at)
    return 1


def _pass_up(target: Target, row: Objection, today: date) -> None:
    offices = rules.answering_offices(target.offices, row.village)
    above = rules.next_office(offices, row.passed_to)
    row.overdue_on = row.overdue_on or row.due
    if above:
        row.passed_to, row.due = above, working_days_after(target, today)
    else:
        row.told_on = today


def tell_joined(*, today: date, at: datetime) -> int:
    """Record, once a day, how many more said the same as an objection; how many objections that were."""
    grown = Objection.objects.filter(answered_on__isnull=True, joined__gt=F("joined_told"))
    numbers = list(grown.order_by("number").values_list("number", flat=True)[:BATCH])
    for number in numbers:
        with transaction.atomic():
            row = answering.locked(number)
            if row.answered_on is None and row.joined > row.joined_told:
                row.joined_told = row.joined
                row.save(update_fields=["joined_told"])
                count = TypedField("joined", "一样的还有几件", str(FieldKind.integer), str(row.joined))
                recording.by_the_clock(events.JOINED, of_row(row), row, [count], at)
    return len(numbers)
