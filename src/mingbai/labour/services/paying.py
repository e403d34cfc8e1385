"""Pay lists: made of the attendance, signed by two, paid by the case's payment, compared with the bank's return."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum

from mingbai.journal.numbering import hold, take_number
from mingbai.kernel import Citation, Confidence, Money, Refused
from mingbai.labour import events
from mingbai.labour.models import (
    Allowance,
    BankLine,
    BankReturn,
    ListPayment,
    ListSignature,
    ListVoid,
    PayLine,
    PayList,
    WorkOrder,
)
from mingbai.labour.queries.attendance import allowances_in, earned, unappraised, unwitnessed
from mingbai.labour.queries.blocking import blocking
from mingbai.labour.queries.lists import ListView, faults_of, pay_list
from mingbai.labour.rules import Earned, PaidLine, bank_faults
from mingbai.labour.services.attending import held_order
from mingbai.labour.services.moment import ORIGINALS, any_office, legal_day, record, step_office
from mingbai.organisations.rules import Actor

HANDS = Citation("accounting", "第35条")
TO_HIM = Citation("migrant-wage", "第11条", Confidence.likely)
APPRAISED = Citation("vcol", "第38条")
SIGNERS = 2


@transaction.atomic
def make_list(*, order: str, month: date, by: Actor, at: datetime) -> events.ListMade:
    """Make the pay list of a month of an order from its attendance; nothing is typed.

    Raises:
        Refused: not the office that makes lists, no attendance, sheets that nobody else confirmed, a day that may
            not be paid (R54 to R56), more than was approved, or the list is there.
    """
    row, month = held_order(order), month.replace(day=1)
    office = step_office(by, "list", row.village, at)
    hold_case(row.case)
    if unwitnessed(row.number, month):
        raise Refused("有考勤还没有别人核实", basis=ORIGINALS, remedy="先核实签字的考勤表")
    stands = blocking(row, month, legal_day(at))
    if stands:
        raise Refused(
            f"有{len(stands)}个半天不能发：{stands[0]}", basis=ORIGINALS, remedy="查清以后撤回记错的考勤"
        )
    due = earned(row, month)
    _refuse_over(row, due)
    made = _create(row.village, row.case, month, due, by, office, at, row)
    return events.ListMade(made.number, len(due), Money(made.total_fen))


@transaction.atomic
def make_allowance_list(*, village: str, case: str, month: date, by: Actor, at: datetime) -> events.ListMade:
    """Make a month's list of fixed allowances of a case; who lacks last year's appraisal stands not on it (R56).

    Raises:
        Refused: not the office that makes lists, nobody to pay, all of them without appraisal, or the list is there.
    """
    office, month = step_office(by, "list", village, at), month.replace(day=1)
    hold_case(case)
    held = unappraised(village, month)
    names, without = tuple(f"{one.name}：{one.reason}" for one in held), {one.worker for one in held}
    rows = list(allowances_in(village, case, month).order_by("worker", "id"))
    due = [Earned(one.worker_id, 0, one.fen) for one in rows if one.worker_id not in without]
    if not due and names:
        raise Refused(f"误工补贴不能发：{'；'.join(names)}", basis=APPRAISED, remedy="先开会民主评议，再发")
    made = _create(village, case, month, due, by, office, at, None)
    return events.ListMade(made.number, len(due), Money(made.total_fen), names)


def hold_case(case: str) -> None:
    """Lock everything about the pay lists of a case until the transaction ends."""
    hold(f"labour/case/{case}"[:60])


def _refuse_over(order: WorkOrder, due: Sequence[Earned]) -> None:
    before = (
        PayList.objects.filter(order=order, void__isnull=True).aggregate(sum=Sum("total_fen"))["sum"] or 0
    )
    total = sum(one.fen for one in due)
    if before + total > order.total_fen:
        raise Refused(
            f"一共{Money(before + total).yuan()}元，超过核定的{Money(order.total_fen).yuan()}元",
            basis=ORIGINALS,
            remedy="超过计划的，先按程序重新定",
        )


def _create(
    village: str, case: str, month: date, due: Sequence[Earned], by: Actor, office: str, at: datetime,
    order: WorkOrder | None,
) -> PayList:  # fmt: skip
    there = PayList.objects.filter(case=case, month=month)
    if there.filter(void__isnull=True).exists():
        raise Refused("这个月的发放表已经有了", basis=ORIGINALS, remedy="打开那一份")
    if not due:
        raise Refused("这个月没有人要发", basis=ORIGINALS, remedy="核对月份和考勤")
    row = PayList.objects.create(
        number=f"GZ-{village}-{month.year}-{take_number(f'labour-pay/{village}/{month.year}'):03d}",
        village=village, order=order, case=case, month=month, turn=there.count(),
        units=sum(one.units for one in due), total_fen=sum(one.fen for one in due),
        person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    PayLine.objects.bulk_create(
        PayLine(
            list=row, line=line, worker_id=one.worker, units=one.units, fen=one.fen,
            rate_fen=order.rate_fen if order else one.fen,
        )
        for line, one in enumerate(due, 1)
    )  # fmt: skip
    _record(events.LIST_MADE, row, by, office, at, count=len(due), total_fen=row.total_fen)
    return row


@transaction.atomic
def sign_list(*, number: str, by: Actor, at: datetime) -> int:
    """Sign that a list is what was worked; returns how many have signed. Two persons in two offices.

    Raises:
        Refused: not an office of the chart, the maker, one who stands on it, the person or office signed already,
            void or paid, or the list is not the attendance.
    """
    row = _held(number)
    office = any_office(by, row.village, at)
    if row.lines.filter(worker__who=by.person).exists():
        raise Refused("发放表上的人不能给自己签", basis=HANDS, remedy="请另一个人签")
    faults = faults_of(row)
    if faults:
        raise Refused(f"发放表有{len(faults)}人和考勤不一致", basis=ORIGINALS, remedy="作废重造")
    signed = list(row.signatures.values_list("person", "office"))
    if by.person == row.person or any(by.person == one or office == other for one, other in signed):
        raise Refused(
            "造表的人、签过的人和同一个职务不能再签", basis=HANDS, remedy="请另一个人、另一个职务签"
        )
    if len(signed) >= SIGNERS:
        raise Refused("两个人都签过了", basis=HANDS, remedy="不用再签")
    ListSignature.objects.create(list=row, person=by.person, office=office, recorded_at=at)
    _record(events.LIST_SIGNED, row, by, office, at, signed=len(signed) + 1)
    return len(signed) + 1


@transaction.atomic
def void_list(*, number: str, reason: str, by: Actor, at: datetime) -> None:
    """A list made wrongly counts no more; its month can be corrected and listed anew.

    Raises:
        Refused: not the office that makes lists, no reason, void or paid already.
    """
    row = _held(number)
    office = step_office(by, "list", row.village, at)
    if not reason.strip():
        raise Refused("没有写为什么作废", basis=ORIGINALS, remedy="写明原因")
    ListVoid.objects.create(
        list=row, reason=reason.strip()[:200], person=by.person, office=office, recorded_at=at
    )
    _record(events.LIST_VOIDED, row, by, office, at)


@transaction.atomic
def settle(*, case: str, amount: Money, voucher: str, by: Actor, office: str, at: datetime) -> int:
    """A payment of a case pays its signed lists, exactly; returns how many. Nothing where the case has no roll.

    Raises:
        Refused: the case has a work order or allowances but no list to pay, a list that two did not sign or that is
            not the attendance any more, or another sum than theirs.
    """
    hold_case(case)
    if not _has_roll(case):
        return 0
    rows = list(PayList.objects.filter(case=case, void__isnull=True, payment__isnull=True).order_by("number"))
    for row in rows:
        if row.signatures.count() < SIGNERS or faults_of(row):
            raise Refused(f"发放表{row.number}还没有两个人签字", basis=HANDS, remedy="签齐了再付款")
    total = sum(row.total_fen for row in rows)
    if not rows or total != amount.fen:
        raise Refused(
            f"付款{amount.yuan()}元，签字的发放表合计{Money(total).yuan()}元，不一致",
            basis=TO_HIM,
            remedy="按发放表付",
        )
    for row in rows:
        ListPayment.objects.create(list=row, voucher=voucher, person=by.person, office=office, recorded_at=at)
        _record(events.LIST_PAID, row, by, office, at, voucher=voucher, total_fen=row.total_fen)
    return len(rows)


def _has_roll(case: str) -> bool:
    ordered = WorkOrder.objects.filter(case=case).exists()
    return ordered or Allowance.objects.filter(case=case).exists()


@transaction.atomic
def take_return(*, number: str, lines: Sequence[PaidLine], by: Actor, at: datetime) -> ListView:
    """Take what the bank says it paid; where it differs stands in the view that is returned. The latest counts.

    Raises:
        Refused: no such list, not the office that makes lists, not paid yet, or nothing in it.
    """
    row = PayList.objects.filter(pk=number).first()
    if row is None or not hasattr(row, "payment"):
        raise Refused("没有这份发放表，或者还没有付款", basis=TO_HIM, remedy="先办付款")
    office = step_office(by, "list", row.village, at)
    if not lines:
        raise Refused("一行也没有", basis=TO_HIM, remedy="核对文件")
    listed = [PaidLine(one.line, one.name, one.amount.fen) for one in pay_list(number).lines]
    differing = len(bank_faults(listed, lines))
    bank = BankReturn.objects.create(
        list=row, count=len(lines), differing=differing, person=by.person, office=office, recorded_at=at
    )
    BankLine.objects.bulk_create(
        BankLine(bank=bank, line=one.line, name=one.name[:60], fen=one.fen) for one in lines
    )
    _record(events.LIST_COMPARED, row, by, office, at, count=len(lines), differing=differing)
    return pay_list(number)


def _held(number: str) -> PayList:
    """A list that still counts and is not paid, locked until the transaction ends."""
    row = PayList.objects.filter(pk=number).first()
    if row is None:
        raise Refused("没有这份发放表", remedy="核对编号")
    hold_case(row.case)
    row.refresh_from_db()
    if hasattr(row, "void") or hasattr(row, "payment"):
        raise Refused("这份发放表已经作废或者付了", basis=ORIGINALS, remedy="不用再办")
    return row


def _record(act: str, row: PayList, by: Actor, office: str, at: datetime, **data: object) -> None:
    data = {"list": row.number, "case": row.case, "month": f"{row.month:%Y-%m}", **data}
    record(act, row.village, f"case:{row.case}", by, office, at, **data)
