"""A payment list and the vouchers of the village's book whose money paid it: the same sum, to the fen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold
from mingbai.kernel import FieldKind, Money, Refused
from mingbai.organisations.rules import Actor
from mingbai.relief import events
from mingbai.relief.models import ListVoucher
from mingbai.relief.services.paying import SHOWN, held_list, record_list


@transaction.atomic
def tie_vouchers(*, number: str, paid: Mapping[str, Money], by: Actor, at: datetime) -> None:
    """Say which vouchers paid a list; `paid` is what left the village's bank or cash on each, by voucher.

    Only where the money goes through the village's book; what the district pays straight to the card has no voucher.

    Raises:
        Refused: no such list, not an office of the scheme's chart, tied already, a voucher that paid another list,
            or sums that are not the list's.
    """
    row, kind, office = held_list(number, by, at)
    hold(f"relief-paid/{row.village}")
    if row.vouchers.exists():
        raise Refused("这份名单已经有付款凭证", basis=SHOWN, remedy="不用再登记")
    used = ListVoucher.objects.filter(village=row.village, voucher__in=list(paid)).first()
    if used is not None:
        raise Refused(
            f"凭证{used.voucher}已经付了名单{used.list_id}", basis=SHOWN, remedy="一张凭证只付一份名单"
        )
    total = Money(sum(one.fen for one in paid.values()))
    if total.fen != row.total_fen:
        raise Refused(
            f"凭证付出{total.yuan()}元，名单合计{Money(row.total_fen).yuan()}元，不一致", basis=SHOWN,
            remedy="核对凭证号；没有付全的，补付以后一起登记",
        )  # fmt: skip
    ListVoucher.objects.bulk_create(
        ListVoucher(
            list=row, village=row.village, voucher=voucher, fen=sum_.fen, person=by.person, office=office, recorded_at=at
        )
        for voucher, sum_ in paid.items()
    )  # fmt: skip
    fields = [
        TypedField("vouchers", "付款凭证", FieldKind.text.value, "、".join(paid)),
        TypedField("total", "付了多少", FieldKind.money.value, total.yuan()),
    ]
    record_list(events.LIST_PAID, row, kind, by, office, at, fields, vouchers=list(paid), total_fen=total.fen)
