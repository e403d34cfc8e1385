"""Sums due to households: listed, compared with what the bank paid, signed by two. The price is the household's (R52)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mingbai.journal.events import TypedField
from mingbai.journal.numbering import take_number
from mingbai.kernel import Citation, FieldKind, Money, Refused
from mingbai.land import events
from mingbai.land.models import (
    Payment,
    PaymentLine,
    PaymentReturn,
    PaymentReturnLine,
    PaymentSignature,
    Requisition,
    TransferList,
)
from mingbai.land.queries.payments import PaymentView, payment
from mingbai.land.queries.standing import award_of
from mingbai.land.rules.lists import Line, differences
from mingbai.land.rules.requisitions import SHOWN
from mingbai.land.rules.transfers import TO_HOUSEHOLD, due_for, years_of
from mingbai.land.services.moment import act_office, field, legal_day, one_of, record
from mingbai.organisations.rules import Actor

HANDS = Citation("accounting", "第35条")
SIGNERS = 2
SIGNING = ("transfer.payment", "transfer.file", "transfer.list")
TAKEN_SIGNING = ("requisition.list", "requisition.publicise", "requisition.review")


@transaction.atomic
def make_rent_list(*, transfer: str, year: int, by: Actor, at: datetime) -> events.PaymentMade:
    """List what each household of a transfer list is due for a payment year (from 1), under the next number (R52).

    Raises:
        Refused: not an office of the step, no such list, the collective's own land, a year outside the term or after
            the list ended, listed already.
    """
    row = TransferList.objects.filter(number=transfer).select_related("end").first()
    if row is None:
        raise Refused("没有这张流转清单", basis=TO_HOUSEHOLD, remedy="核对编号")
    office = act_office(by, "transfer.payment", row.village, at)
    if row.collective:
        raise Refused("集体地的价款进集体账户，不发给个人", basis=TO_HOUSEHOLD, remedy="按收款登记")
    if Payment.objects.filter(transfer=row, year=year).exists():
        raise Refused("这一年的价款名单已经有了", basis=TO_HOUSEHOLD, remedy="打开那一份")
    end = getattr(row, "end", None)
    until = min(row.until, end.on) if end else row.until
    due: dict[int, int] = {}
    for home, fen in row.lines.order_by("line").values_list("parcel__household_id", "fen"):
        due[home] = due.get(home, 0) + _of_year(row.since, until, fen, year)
    return _keep(row.village, due, by, office, at, transfer=row, year=year)


def _of_year(since: date, until: date, fen: int, year: int) -> int:
    if until < since or year > years_of(since, until):
        raise Refused("这一年流转已经结束", basis=TO_HOUSEHOLD, remedy="核对第几年")
    return due_for(since, until, fen, year)


@transaction.atomic
def make_compensation_list(*, requisition: str, by: Actor, at: datetime) -> events.PaymentMade:
    """List what each household of a requisition is due; the collective's share is never on it (land-admin 第49条).

    Raises:
        Refused: not an office of the step, no such requisition, listed already.
    """
    row = Requisition.objects.filter(number=requisition).first()
    if row is None:
        raise Refused("没有这次征收", basis=SHOWN, remedy="核对编号")
    office = act_office(by, "requisition.list", row.village, at)
    if Payment.objects.filter(requisition=row).exists():
        raise Refused("这次征收的补偿名单已经有了", basis=SHOWN, remedy="打开那一份")
    award, homes = award_of(row)
    due = {homes[one.household].pk: one.total for one in award.shares}
    return _keep(row.village, due, by, office, at, requisition=row, year=0)


def _keep(
    village: str, due: Mapping[int, int], by: Actor, office: str, at: datetime, *, year: int,
    transfer: TransferList | None = None, requisition: Requisition | None = None,
) -> events.PaymentMade:  # fmt: skip
    sums = {home: fen for home, fen in due.items() if fen > 0}
    if not sums:
        raise Refused("没有一户要发", basis=TO_HOUSEHOLD, remedy="核对清单")
    now, total = legal_day(at).year, Money(sum(sums.values()))
    row = Payment.objects.create(
        number=f"JK-{village}-{now}-{take_number(f'land-pay/{village}/{now}'):03d}", village=village,
        transfer=transfer, requisition=requisition, year=year, total_fen=total.fen,
        person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    PaymentLine.objects.bulk_create(
        PaymentLine(payment=row, line=line, household_id=home, fen=fen)
        for line, (home, fen) in enumerate(sums.items(), 1)
    )
    record_payment(events.PAYMENT, row, by, office, at, _fields(row, len(sums)), count=len(sums))
    return events.PaymentMade(row.number, len(sums), total)


@transaction.atomic
def take_return(*, number: str, lines: Sequence[Line], by: Actor, at: datetime) -> PaymentView:
    """Take what the bank says was paid; where it differs stands line by line in the view. The latest return counts.

    Raises:
        Refused: no such list, not an office of the step, nothing in it, a line without name or sum, signed already.
    """
    row = held_payment(number)
    office = act_office(by, "transfer.payment" if row.transfer_id else "requisition.list", row.village, at)
    if row.signatures.exists():
        raise Refused("已经有人签了实发，不能再换", basis=HANDS, remedy="有差错的，按追回、补发办")
    if not lines or any(not one.name.strip() or one.fen <= 0 for one in lines):
        raise Refused("一行也没有，或者有一行没有姓名、金额", basis=TO_HOUSEHOLD, remedy="核对文件")
    differing = len(differences(payment(number).due, lines))
    back = PaymentReturn.objects.create(
        payment=row, count=len(lines), differing=differing, person=by.person, office=office, recorded_at=at
    )
    PaymentReturnLine.objects.bulk_create(
        PaymentReturnLine(back=back, line=one.line, name=one.name.strip()[:60], fen=one.fen) for one in lines
    )
    record_payment(events.RETURNED, row, by, office, at, count=len(lines), differing=differing)
    return payment(number)


@transaction.atomic
def sign_payment(*, number: str, by: Actor, at: datetime) -> int:
    """Sign that it was paid as listed; returns how many have signed. Two persons in two offices, neither the maker.

    Raises:
        Refused: nothing came back, a line differs (R52), signed already by the person or the office, the maker signs.
    """
    row = held_payment(number)
    office = _signing_office(row, by, at)
    view = payment(number)
    if view.differences is None:
        raise Refused(
            "还没有登记银行的回单，不能签", basis=TO_HOUSEHOLD, remedy="先登记银行的回单，核对一致再签"
        )
    if view.differences:
        raise Refused(
            f"有{len(view.differences)}行和名单不一致，不能签",
            basis=TO_HOUSEHOLD,
            remedy="逐行查清，更正以后重新登记",
        )
    signed = list(row.signatures.values_list("person", "office"))
    if len(signed) >= SIGNERS:
        raise Refused("两个人都签过了", basis=HANDS, remedy="不用再签")
    if by.person == row.person or any(by.person == one or office == other for one, other in signed):
        raise Refused(
            "做名单的人、签过的人和同一个职务不能再签", basis=HANDS, remedy="请另一个人、另一个职务签"
        )
    PaymentSignature.objects.create(payment=row, person=by.person, office=office, recorded_at=at)
    count = len(view.due)
    record_payment(
        events.SIGNED, row, by, office, at, _fields(row, count), count=count, signed=len(signed) + 1
    )
    return len(signed) + 1


def _signing_office(row: Payment, by: Actor, at: datetime) -> str:
    """An office of the steps that pay, file or list, one that has not signed yet if there is one."""
    signed = list(row.signatures.values_list("office", flat=True))
    return one_of(by, SIGNING if row.transfer_id else TAKEN_SIGNING, row.village, at, signed)


def held_payment(number: str) -> Payment:
    """A list with what it is of. Raises `Refused` when there is none of that number."""
    row = Payment.objects.filter(number=number).select_related("transfer", "requisition").first()
    if row is None:
        raise Refused("没有这份价款名单", basis=TO_HOUSEHOLD, remedy="核对编号")
    return row


def _fields(row: Payment, count: int) -> list[TypedField]:
    what = f"流转价款，第{row.year}年" if row.transfer_id else "征地补偿"
    return [
        field("what", "发的什么", FieldKind.text, what),
        field("count", "几户", FieldKind.integer, count),
        field("total", "合计", FieldKind.money, Money(row.total_fen).yuan()),
    ]


def record_payment(
    act: str,
    row: Payment,
    by: Actor,
    office: str,
    at: datetime,
    fields: Sequence[TypedField] = (),
    **more: Any,
) -> None:
    """Append an act of a list to the journal."""
    of = row.transfer or row.requisition
    assert of is not None
    record(
        act, row.village, f"land:{row.number}", by, office, at, TO_HOUSEHOLD if row.transfer_id else SHOWN, fields,
        payment=row.number, of=of.number, case=of.case, year=row.year, total_fen=row.total_fen, **more,
    )  # fmt: skip
