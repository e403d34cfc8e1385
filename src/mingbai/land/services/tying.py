"""A list of sums due to households and the vouchers whose money paid it: the same sum, to the fen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from mingbai.kernel import FieldKind, Money, Refused
from mingbai.land import events
from mingbai.land.models import PaymentVoucher
from mingbai.land.rules.transfers import TO_HOUSEHOLD
from mingbai.land.services.moment import act_office, field
from mingbai.land.services.paying import held_payment, record_payment
from mingbai.organisations.rules import Actor


@transaction.atomic
def tie_vouchers(*, number: str, paid: Mapping[str, Money], by: Actor, at: datetime) -> None:
    """Say which vouchers paid a list; `paid` is what left the village's bank or cash on each, by voucher.

    Raises:
        Refused: not an office of the step, no such list, tied already, a voucher that paid another list, or sums that
            are not the list's (R52).
    """
    row = held_payment(number)
    office = act_office(by, "transfer.payment" if row.transfer_id else "requisition.list", row.village, at)
    if row.vouchers.exists():
        raise Refused("这份名单已经有付款凭证", basis=TO_HOUSEHOLD, remedy="不用再登记")
    used = (
        PaymentVoucher.objects.filter(village=row.village, voucher__in=list(paid))
        .select_related("payment")
        .first()
    )
    if used is not None:
        raise Refused(
            f"凭证{used.voucher}已经付了名单{used.payment_id}",
            basis=TO_HOUSEHOLD,
            remedy="一张凭证只付一份名单",
        )
    total = sum(one.fen for one in paid.values())
    if total != row.total_fen:
        raise Refused(
            f"凭证付出{Money(total).yuan()}元，名单合计{Money(row.total_fen).yuan()}元，不一致",
            basis=TO_HOUSEHOLD, remedy="核对凭证号；没有付全的，补付以后一起登记",
        )  # fmt: skip
    PaymentVoucher.objects.bulk_create(
        PaymentVoucher(
            payment=row, village=row.village, voucher=voucher, fen=sum_.fen, person=by.person, office=office, recorded_at=at
        )
        for voucher, sum_ in paid.items()
    )  # fmt: skip
    fields = [
        field("vouchers", "付款凭证", FieldKind.text, "、".join(paid)),
        field("total", "付了多少", FieldKind.money, Money(total).yuan()),
    ]
    record_payment(events.PAID, row, by, office, at, fields, vouchers=list(paid))
