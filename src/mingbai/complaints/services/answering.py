"""Answering an objection, by another body than the one complained of."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from mingbai.cases.rules import days
from mingbai.cases.rules.values import read_text
from mingbai.cases.services import settle_objection
from mingbai.complaints import events
from mingbai.complaints.events import Answered
from mingbai.complaints.models import Objection
from mingbai.complaints.queries.bodies import OWN_BODY, answering_office
from mingbai.complaints.queries.targets import Target, of_row
from mingbai.complaints.services import recording
from mingbai.journal.events import TypedField
from mingbai.journal.services import record
from mingbai.kernel import FieldKind, Refused
from mingbai.organisations.rules import Actor


def answer_objection(
    *, objection: str, answer: str, upheld: bool, occurred_on: date, by: Actor, at: datetime
) -> Answered:
    """Answer an objection, by another body than the one complained of.

    Raises:
        Refused: no such objection, answered already, the person belongs to the body complained of, did the
            step, or is kin of somebody who did; it went to a higher office meanwhile; nothing said; or a personal
            number in what is said.
    """
    with transaction.atomic():
        row = locked(objection)
        _refuse_answered(row, occurred_on, at)
        target = of_row(row)
        office = answering_office(target, row, by, occurred_on, days.legal_day(at))
        said = _answer_text(answer)
        _write_answer(row, said, upheld, occurred_on, by, office)
        if row.noted:
            step = target.node.id if target.node else row.step
            settle_objection(case=row.case, step=step, upheld=upheld, at=at)
        _record(target, row, by, at)
    return Answered(row.number, upheld)


def locked(objection: str) -> Objection:
    """An objection by number, locked until the transaction ends.

    Raises:
        Refused: there is none.
    """
    row = Objection.objects.select_for_update().filter(number=objection).first()
    if row is None:
        raise Refused("没有这件异议", remedy="核对异议编号")
    return row


def _refuse_answered(row: Objection, occurred_on: date, at: datetime) -> None:
    days.refuse_future(occurred_on, days.legal_day(at))
    if row.answered_on is not None:
        raise Refused(f"这件异议已经在{row.answered_on}答复", remedy="不服答复的，向上一级反映")
    if occurred_on < row.lodged_on:
        raise Refused(f"答复日期{occurred_on}早于提出日期{row.lodged_on}", remedy="核对日期")


def _answer_text(answer: str) -> str:
    said = read_text("答复", answer)
    if not said:
        raise Refused("还没有写明答复", remedy="写清楚查到什么、怎样处理")
    return said


def _write_answer(row: Objection, said: str, upheld: bool, on: date, by: Actor, office: str) -> None:
    row.answer, row.upheld, row.answered_on = said, upheld, on
    row.answered_by, row.office = by.person, office
    row.joined_told = row.joined
    row.save(update_fields=["answer", "upheld", "answered_on", "answered_by", "office", "joined_told"])


def _record(target: Target, row: Objection, by: Actor, at: datetime) -> None:
    on = row.answered_on
    assert on is not None
    record(
        act=events.ANSWERED,
        village=row.village,
        subject=target.subject,
        actor=by.person,
        office=row.office,
        occurred_on=on,
        at=at,
        fields=[
            TypedField("objection", "异议编号", str(FieldKind.text), row.number),
            TypedField("answer", "答复", str(FieldKind.text), row.answer),
            TypedField("upheld", "结论", str(FieldKind.choice), "异议成立" if row.upheld else "异议不成立"),
        ],
        data=recording.data_of(target, row, on, at),
        citation=OWN_BODY,
    )
