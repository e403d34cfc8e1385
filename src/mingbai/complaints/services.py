"""Acts on objections: lodging one, and answering it. Each is one transaction."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.db import transaction

from mingbai.cases import queries as cases
from mingbai.cases.rules import days
from mingbai.cases.rules.values import read_text
from mingbai.cases.services import note_objection, settle_objection
from mingbai.catalogue import queries as catalogue
from mingbai.complaints import events, rules
from mingbai.complaints.events import Answered, Lodged
from mingbai.complaints.models import Objection
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import take_number
from mingbai.journal.services import record
from mingbai.kernel import Citation, FieldKind, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.procedures.queries import procedure
from mingbai.procedures.rules.graph import Node

__all__ = ["Answered", "Lodged", "answer_objection", "lodge_objection"]

_BASIS = Citation("vcol", "第36条")
_OWN_BODY = Citation("vcol", "第37条")
# Where the chart has no step for objections: no article gives the days, “异议处理” takes five (待确认).
_ANSWER_WORKING_DAYS = 5


def lodge_objection(
    *,
    case: str,
    step: str,
    text: str,
    remedy: str,
    contact: str | None,
    occurred_on: date,
    at: datetime,
) -> Lodged:
    """Take in an objection to a step of a case, from anyone, and give a receipt.

    The sender is not recorded; `contact` stays in the table and never enters the journal.

    Raises:
        Refused: no such case or step, nothing said, or a personal number in what is said.
    """
    days.refuse_future(occurred_on, days.legal_day(at))
    said = _said(text, remedy)
    with transaction.atomic():
        view = cases.case(case)
        node = _node(view, step)
        objection, receipt = _row(view, node, said, contact, occurred_on)
        note_objection(case=case, step=step, at=at)
        _record_lodged(view, node, objection, said, occurred_on, at)
    return Lodged(objection.number, receipt, objection.due)


def _said(text: str, remedy: str) -> tuple[str, str]:
    said = read_text("异议内容", text)
    if not said:
        raise Refused("还没有写明异议", remedy="写清楚哪里不对")
    return said, read_text("希望怎样处理", remedy, longest=500)


def _node(view: cases.CaseView, step: str) -> Node:
    chart = procedure(view.edition, view.procedure)
    if step not in chart.nodes:
        raise Refused("这件事没有这个环节", remedy="从事项页面上的“提出异议”进入")
    return chart.nodes[step]


def _row(
    view: cases.CaseView, node: Node, said: tuple[str, str], contact: str | None, on: date
) -> tuple[Objection, str]:
    receipt = rules.receipt_code(secrets.token_bytes(13))
    serial = take_number(f"objection/{view.village}/{on.year}")
    row = Objection.objects.create(
        number=rules.objection_number(view.village, on.year, serial),
        receipt_digest=rules.receipt_digest(receipt),
        village=view.village,
        case=view.number,
        step=node.id,
        text=said[0],
        remedy=said[1],
        contact=(contact or "").strip()[:120],
        lodged_on=on,
        due=_due(view, node, on),
    )
    return row, receipt


def _due(view: cases.CaseView, node: Node, on: date) -> date:
    """The last day for the answer: as long as the chart gives its own handling of objections here."""
    chart = procedure(view.edition, view.procedure)
    calendar = catalogue.calendar(catalogue.edition(view.edition))
    ways = [way.to for name in (way.to for way in node.exits) for way in chart.nodes[name].exits]
    for name in ways:
        limit = chart.nodes[name].limit
        if rules.handles_objections(name) and limit is not None and limit.bound == "max":
            return calendar.add(on, limit.value, limit.unit)
    return calendar.add(on, _ANSWER_WORKING_DAYS, "working_day")


def _record_lodged(
    view: cases.CaseView, node: Node, row: Objection, said: tuple[str, str], on: date, at: datetime
) -> None:
    wish = [TypedField("remedy", "希望怎样处理", str(FieldKind.text), said[1])] if said[1] else []
    record(
        act=events.LODGED,
        village=row.village,
        subject=f"case:{row.case}",
        actor="",
        office="villager",
        occurred_on=on,
        at=at,
        fields=[
            TypedField("objection", "异议编号", str(FieldKind.text), row.number),
            TypedField("text", "异议内容", str(FieldKind.text), said[0]),
            *wish,
        ],
        data=_data(view, node, row, on, at),
        citation=_BASIS,
    )


def _data(view: cases.CaseView, node: Node, row: Objection, on: date, at: datetime) -> dict[str, object]:
    return {
        "case": view.number,
        "power": view.power,
        "title": view.title,
        "step": node.id,
        "step_title": node.title,
        "objection": row.number,
        "due": row.due.isoformat(),
        "upheld": row.upheld,
        "late_days": days.late_days(on, days.legal_day(at)),
    }


def answer_objection(
    *, objection: str, answer: str, upheld: bool, occurred_on: date, by: Actor, at: datetime
) -> Answered:
    """Answer an objection, by another body than the one complained of.

    Raises:
        Refused: no such objection, answered already, the person belongs to the body complained of, did the
            step, or is kin of somebody who did; nothing said; or a personal number in what is said.
    """
    with transaction.atomic():
        row = Objection.objects.select_for_update().filter(number=objection).first()
        if row is None:
            raise Refused("没有这件异议", remedy="核对异议编号")
        _refuse_answered(row, occurred_on, at)
        view = cases.case(row.case)
        node = _node(view, row.step)
        office = _answering_office(view, node, by, occurred_on, days.legal_day(at))
        said = _answer_text(answer)
        _write_answer(row, said, upheld, occurred_on, by, office)
        settle_objection(case=row.case, step=row.step, upheld=upheld, at=at)
        _record_answered(view, node, row, occurred_on, by, at)
    return Answered(row.number, upheld)


def _refuse_answered(row: Objection, occurred_on: date, at: datetime) -> None:
    days.refuse_future(occurred_on, days.legal_day(at))
    if row.answered_on is not None:
        raise Refused(f"这件异议已经在{row.answered_on}答复", remedy="不服答复的，向上一级反映")
    if occurred_on < row.lodged_on:
        raise Refused(f"答复日期{occurred_on}早于提出日期{row.lodged_on}", remedy="核对日期")


def _answering_office(
    view: cases.CaseView, node: Node, by: Actor, occurred_on: date, recorded_on: date
) -> str:
    _refuse_party(view, node, by)
    offices = rules.answering_offices(node.offices)
    for office in offices:
        for place in days.places_of(view.village):
            if by.holds(office, place, occurred_on) and by.holds(office, place, recorded_on):
                return office
    titles = "、".join(organisations.office_title(office) for office in offices)
    raise Refused(
        f"对“{node.title}”的异议由{titles}答复，被提异议的一方不能自己答复",
        basis=_OWN_BODY,
        remedy=f"请{titles}登录答复",
    )


def _refuse_party(view: cases.CaseView, node: Node, by: Actor) -> None:
    signers = {step.person for step in view.done if step.step == node.id}
    if rules.is_party(by.person, signers, organisations.kin_of([by.person])):
        raise Refused(
            f"您是“{node.title}”的经办人或者其近亲属，不能答复对它的异议",
            basis=_OWN_BODY,
            remedy="由没有经办过的人答复",
        )


def _answer_text(answer: str) -> str:
    said = read_text("答复", answer)
    if not said:
        raise Refused("还没有写明答复", remedy="写清楚查到什么、怎样处理")
    return said


def _write_answer(row: Objection, said: str, upheld: bool, on: date, by: Actor, office: str) -> None:
    row.answer, row.upheld, row.answered_on = said, upheld, on
    row.answered_by, row.office = by.person, office
    row.save(update_fields=["answer", "upheld", "answered_on", "answered_by", "office"])


def _record_answered(
    view: cases.CaseView, node: Node, row: Objection, on: date, by: Actor, at: datetime
) -> None:
    record(
        act=events.ANSWERED,
        village=row.village,
        subject=f"case:{row.case}",
        actor=by.person,
        office=row.office,
        occurred_on=on,
        at=at,
        fields=[
            TypedField("objection", "异议编号", str(FieldKind.text), row.number),
            TypedField("answer", "答复", str(FieldKind.text), row.answer),
            TypedField("upheld", "结论", str(FieldKind.choice), "异议成立" if row.upheld else "异议不成立"),
        ],
        data=_data(view, node, row, on, at),
        citation=_OWN_BODY,
    )
