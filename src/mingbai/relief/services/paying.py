"""Payment lists: made of what is confirmed, compared with what was publicised and paid, signed, published masked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold, take_number
from mingbai.kernel import Citation, FieldKind, Money, Refused
from mingbai.organisations.rules import Actor
from mingbai.relief import events
from mingbai.relief.models import (
    ListPublication,
    ListSignature,
    PaymentLine,
    PaymentList,
    Report,
    ReportLine,
)
from mingbai.relief.queries.access import matrix_on, office_for
from mingbai.relief.queries.payments import LineView, ListView, payment_list
from mingbai.relief.queries.people import enrolments
from mingbai.relief.rules import Scheme
from mingbai.relief.rules.lists import Confirmed, Reported, Source, differences
from mingbai.relief.services.moment import first_of, legal_day

SHOWN = Citation("social-assistance-law", "第45条")
HANDS = Citation("accounting", "第35条")
CHILDREN = Citation("pipl", "第31条")
SIGNERS = 2


@transaction.atomic
def make_list(*, village: str, scheme: str, month: date, by: Actor, at: datetime) -> events.ListMade:
    """Make the list of a month from everybody who is on the scheme on its first day, under the next number.

    A scheme that pays by the year is listed once, for the month chosen, with the year's amount.

    Raises:
        Refused: not an office of the scheme's chart, nobody to pay, or the list is there (for a yearly scheme: of
            any month of that year).
    """
    kind, month = matrix_on(legal_day(at)).scheme(scheme), first_of(month)
    office = _office(by, village, kind.id, at)
    hold(f"relief-list/{village}/{scheme}"[:60])
    _refuse_again(village, kind, month)
    due = [one for one in enrolments(village, month, scheme) if one.holds_on(month)]
    if not due:
        raise Refused("这个月没有人要发", basis=SHOWN, remedy="核对月份和种类")
    total = sum(one.amount.fen for one in due)
    row = PaymentList.objects.create(
        number=f"FF-{village}-{month.year}-{take_number(f'relief-pay/{village}/{month.year}'):03d}",
        village=village, scheme=scheme, month=month, total_fen=total,
        person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    PaymentLine.objects.bulk_create(
        PaymentLine(list=row, line=line, enrolment_id=one.number, fen=one.amount.fen)
        for line, one in enumerate(due, 1)
    )
    record_list(events.LIST_MADE, row, kind, by, office, at, count=len(due))
    return events.ListMade(row.number, len(due), Money(total))


def _refuse_again(village: str, scheme: Scheme, month: date) -> None:
    rows = PaymentList.objects.filter(village=village, scheme=scheme.id)
    there = rows.filter(month=month) if scheme.per == "month" else rows.filter(month__year=month.year)
    if there.exists():
        raise Refused("这一期的名单已经有了", basis=SHOWN, remedy="打开那一份")


@transaction.atomic
def take_report(
    *, number: str, source: Source, lines: Sequence[Reported], by: Actor, at: datetime
) -> ListView:
    """Take the publicised list or the bank's return; the differences stand line by line in the view that is returned.

    A later return of the same source counts instead of the earlier one, which stays.

    Raises:
        Refused: no such list, not an office of the scheme's chart, nothing in it, or signed as paid already.
    """
    row, kind, office = held_list(number, by, at)
    if row.signatures.exists():
        raise Refused("已经有人签了实发，不能再换", basis=HANDS, remedy="有差错的，按追回、补发办")
    if not lines:
        raise Refused("一行也没有", basis=SHOWN, remedy="核对文件")
    differing = len(differences(_confirmed(payment_list(number).lines), lines, source))
    report = Report.objects.create(
        list=row, source=source, count=len(lines), differing=differing,
        person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    ReportLine.objects.bulk_create(
        ReportLine(report=report, line=one.line, name=one.name[:60], fen=one.fen) for one in lines
    )
    record_list(
        events.LIST_COMPARED, row, kind, by, office, at, count=len(lines), differing=differing, source=source
    )
    return payment_list(number, kind.private)


def _confirmed(lines: Sequence[LineView]) -> list[Confirmed]:
    return [Confirmed(one.line, one.name, one.amount.fen, one.child) for one in lines]


@transaction.atomic
def sign_paid(*, number: str, by: Actor, at: datetime) -> int:
    """Sign that a list was paid as confirmed; returns how many have signed. Two persons in two offices make it paid.

    Raises:
        Refused: something has not come back, a line differs, signed already by the person or the office, or the
            person is the one who made the list.
    """
    row, kind, office = held_list(number, by, at)
    view = payment_list(number, kind.private)
    if not view.equal:
        raise _unequal(view)
    signed = list(row.signatures.values_list("person", "office"))
    if by.person == row.person or any(by.person == one or office == other for one, other in signed):
        raise Refused(
            "做名单的人、签过的人和同一个职务不能再签", basis=HANDS, remedy="请另一个人、另一个职务签"
        )
    if len(signed) >= SIGNERS:
        raise Refused("两个人都签过了", basis=HANDS, remedy="不用再签")
    ListSignature.objects.create(list=row, person=by.person, office=office, recorded_at=at)
    record_list(events.LIST_SIGNED, row, kind, by, office, at, signed=len(signed) + 1)
    return len(signed) + 1


def _unequal(view: ListView) -> Refused:
    if view.publicised is None or view.paid is None:
        what = "公示的名单" if view.publicised is None else "银行的回单"
        return Refused(f"还没有登记{what}，不能签", basis=SHOWN, remedy=f"先登记{what}，核对一致再签")
    return Refused(
        f"有{len(view.found)}行和确认的名单不一致，不能签", basis=SHOWN, remedy="逐行查清，更正以后重新登记"
    )


@transaction.atomic
def publish_list(*, number: str, by: Actor, at: datetime) -> int:
    """Publish a month's list, masked: group, size of household, amount. Returns how many lines went out.

    Children stand on no public list, nor does anybody of a scheme that is private. What is publicised here counts as
    the publicised list. The name goes along as a name, so that the door masks it by the district's rule.

    Raises:
        Refused: not an office of the scheme's chart, a private scheme, published already, nobody but children.
    """
    row, kind, office = held_list(number, by, at)
    if kind.private:
        raise Refused(f"{kind.title}的名单不公开", basis=CHILDREN, remedy="不用公布")
    if hasattr(row, "publication"):
        raise Refused("这份名单已经公布了", basis=SHOWN, remedy="在公开网站上看")
    shown = [one for one in payment_list(number).lines if not one.child]
    if not shown:
        raise Refused("名单上只有未成年人，不公布", basis=CHILDREN, remedy="不用公布")
    take_report(
        number=number, source="publicised", by=by, at=at,
        lines=[Reported(one.line, one.name, one.amount.fen) for one in shown],
    )  # fmt: skip
    ListPublication.objects.create(list=row, person=by.person, office=office, recorded_at=at)
    total = Money(sum(one.amount.fen for one in shown))
    fields = [
        TypedField("month", "月份", FieldKind.text.value, f"{row.month:%Y-%m}"),
        TypedField("scheme", "种类", FieldKind.text.value, kind.title),
        TypedField("count", "几户（人）", FieldKind.integer.value, str(len(shown))),
        TypedField("total", "合计", FieldKind.money.value, total.yuan()),
        *(field for order, one in enumerate(shown, 1) for field in _public_line(order, one)),
    ]
    record_list(
        events.LIST_PUBLISHED, row, kind, by, office, at, fields, count=len(shown), total_fen=total.fen
    )
    return len(shown)


def _public_line(order: int, one: LineView) -> list[TypedField]:
    """One line by its order on the public list; never the number of the enrolment, by which lists could be joined."""
    said = (
        ("name", "姓名", FieldKind.person, one.name),
        ("group", "村民小组", FieldKind.text, one.group or "未分组"),
        ("people", "几口人", FieldKind.integer, str(one.people)),
        ("amount", "金额", FieldKind.money, one.amount.yuan()),
    )
    return [
        TypedField(f"{id}.{order}", f"{order}·{label}", kind.value, value) for id, label, kind, value in said
    ]


def _office(by: Actor, village: str, scheme: str, at: datetime) -> str:
    office = office_for(by, village, legal_day(at), scheme)
    if not office:
        raise Refused("您的职务不办这里的这一种救助", basis=SHOWN, remedy="请办理的人员登记")
    return office


def held_list(number: str, by: Actor, at: datetime) -> tuple[PaymentList, Scheme, str]:
    """The list, locked until the transaction ends, its scheme, and the office of whoever acts on it."""
    row = PaymentList.objects.filter(number=number).first()
    if row is None:
        raise Refused("没有这份发放名单", remedy="核对编号")
    office = _office(by, row.village, row.scheme, at)
    hold(f"relief-list/{row.village}/{row.scheme}"[:60])
    return row, matrix_on(legal_day(at)).scheme(row.scheme), office


def record_list(
    act: str, row: PaymentList, scheme: Scheme, by: Actor, office: str, at: datetime,
    fields: Sequence[TypedField] = (), **more: Any,
) -> None:  # fmt: skip
    """Append an act of a list to the journal."""
    data = {
        "list": row.number, "power": scheme.power, "scheme": row.scheme, "month": f"{row.month:%Y-%m}", **more,
    }  # fmt: skip
    journal.record(
        act=act, village=row.village, subject=f"list:{row.number}", actor=by.person, office=office,
        occurred_on=legal_day(at), at=at, fields=fields, data=data, citation=SHOWN,
    )  # fmt: skip
