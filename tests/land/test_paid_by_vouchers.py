"""R52: a list is tied to the vouchers of the book that paid it; what left the bank is read off the book, not typed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mingbai.cases.services.tying import paid_by, tie_land_payment
from mingbai.kernel import Money, Refused
from mingbai.land import services
from mingbai.land.queries.payments import payment
from mingbai.ledger.queries import vouchers_of

sys.path.insert(0, str(Path(__file__).parent))
from land_ground import VILLAGE
from test_requisitions import AWARD, BY, take

pytestmark = pytest.mark.django_db


def paid_case(world, yuan: str) -> str:
    """A case that paid a sum from the village's bank; its voucher."""
    made = world.open("代发", power="labor-and-pay")
    said = {
        "plan/work_kind": "adhoc", "plan/task": "代发", "plan/days": "485", "plan/day_rate": "10.00", "plan/amount": "4,850.00",
        "pay_list/amount": yuan, "verify/verdict": "good",
    }  # fmt: skip
    world.forward(made, until="pay", **said)
    world.do(made, "pay", amount=yuan)
    return vouchers_of(made)[0].number


def test_only_the_voucher_with_the_list_s_sum_ties_it(world) -> None:
    by = world.who(BY)
    made = services.make_compensation_list(requisition=take(world, AWARD), by=by, at=world.at)
    short, whole = paid_case(world, "4,849.99"), paid_case(world, "4,850.00")
    assert paid_by(VILLAGE, [whole, whole]) == {whole: Money(485000)}
    for wrong in ([], ["记-2026-09-9999"], [short], [short, whole]):
        with pytest.raises(Refused):
            tie_land_payment(number=made.number, vouchers=wrong, by=by, at=world.at)
    tie_land_payment(number=made.number, vouchers=[whole], by=by, at=world.at)
    assert payment(made.number).vouchers == (whole,)
