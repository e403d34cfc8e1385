"""Lists of sums due to people are tied to the vouchers that paid them: what left the village's money is read off the book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mingbai.kernel import Citation, Money, Refused
from mingbai.land.queries.payments import payment
from mingbai.land.services import tie_vouchers as tie_land
from mingbai.ledger import queries as books
from mingbai.organisations.rules import Actor
from mingbai.relief.queries.payments import payment_list
from mingbai.relief.services import tie_vouchers as tie_relief

BOOKED = Citation("accounting", "第14条")
MOST = 20


@transaction.atomic
def tie_land_payment(*, number: str, vouchers: Sequence[str], by: Actor, at: datetime) -> None:
    """Tie a list of rent or compensation (R52).

    Raises:
        Refused: what `paid_by` and `land.services.tie_vouchers` refuse.
    """
    tie_land(number=number, paid=paid_by(payment(number).village, vouchers), by=by, at=at)


@transaction.atomic
def tie_relief_list(*, number: str, vouchers: Sequence[str], by: Actor, at: datetime) -> None:
    """Tie a list of relief that was paid through the village's book.

    Raises:
        Refused: what `paid_by` and `relief.services.tie_vouchers` refuse.
    """
    tie_relief(number=number, paid=paid_by(payment_list(number).village, vouchers), by=by, at=at)


def paid_by(village: str, vouchers: Sequence[str]) -> dict[str, Money]:
    """What left the village's bank and cash on each of the vouchers.

    Raises:
        Refused: none named or too many, one that the book does not have, one that was reversed or is itself a
            reversal, or on which no money left.
    """
    asked = list(dict.fromkeys(one.strip() for one in vouchers if one.strip()))
    if not 0 < len(asked) <= MOST:
        raise Refused("没有写凭证号，或者写得太多", basis=BOOKED, remedy=f"写 1 到 {MOST} 个凭证号")
    return {one: _left(village, one) for one in asked}


def _left(village: str, number: str) -> Money:
    found = books.voucher(village, number)
    if found.corrects or books.is_corrected(village, number):
        raise Refused(f"凭证{number}已经冲销，或者是冲销凭证", basis=BOOKED, remedy="写付款的那张凭证")
    liquid = books.newest_chart(village).liquid
    left = sum(one.credit.fen - one.debit.fen for one in found.lines if one.account in liquid)
    if left <= 0:
        raise Refused(f"凭证{number}没有付出钱", basis=BOOKED, remedy="写付款的那张凭证")
    return Money(left)
