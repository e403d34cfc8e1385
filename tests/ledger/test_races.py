"""Many hands at one book, on real threads: numbers without gaps, no payment twice, no overdraft, no lost voucher."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from mingbai.kernel import Money, Refused
from mingbai.ledger import queries

VILLAGE = "340311104201"
pytestmark = pytest.mark.slow


def together(acts: list[Callable[[], Any]]) -> list[Any]:
    """Run acts at the same moment, one thread each; a refusal is returned, anything else raised."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=30)
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_eight_hands_twenty_vouchers_each_leave_no_gap(many_hands):
    papers = [[many_hands.paper() for _ in range(20)] for _ in range(8)]

    def hand(own: list[str]) -> list[str]:
        return [many_hands.pay("1.00", papers=[paper]).number for paper in own]

    numbers = [n for part in together([lambda own=own: hand(own) for own in papers]) for n in part]
    assert sorted(numbers, key=lambda n: int(n.rsplit("-", 1)[1])) == [
        f"2026-09-记-{i}" for i in range(1, 161)
    ]
    assert queries.money_left(VILLAGE) == Money.parse("50840.00")
    assert queries.check_book(VILLAGE) == ()


def test_one_payment_pressed_eight_times_is_paid_once(many_hands):
    paper = many_hands.paper()
    done = together([lambda: many_hands.pay("10.00", papers=[paper])] * 8)
    assert sum(not isinstance(one, Refused) for one in done) == 1
    assert queries.money_left(VILLAGE) == Money.parse("50990.00")


def test_eight_hands_cannot_overdraw(many_hands):
    papers = [many_hands.paper() for _ in range(8)]
    done = together([lambda p=p: many_hands.pay("300.00", method="cash", papers=[p]) for p in papers])
    assert sum(not isinstance(one, Refused) for one in done) == 3
    assert [v.number for v in queries.vouchers(VILLAGE, "2026-09")] == [f"2026-09-记-{i}" for i in (1, 2, 3)]
    assert queries.check_book(VILLAGE) == ()


def test_a_voucher_is_in_the_closed_month_or_refused(many_hands):
    papers = [many_hands.paper() for _ in range(7)]
    day = date(2026, 8, 20)
    acts = [lambda p=p: many_hands.pay("1.00", papers=[p], occurred_on=day) for p in papers]
    done = together([*acts, lambda: many_hands.close("2026-08")])
    posted = sum(not isinstance(one, Refused) for one in done[:-1])
    assert done[-1].count == posted == sum(v.kind == "payment" for v in queries.vouchers(VILLAGE, "2026-08"))
    assert queries.check_book(VILLAGE) == ()


def test_a_book_opened_by_two_hands_is_opened_once(many_hands):
    other = "340311104202"
    done = together([lambda: many_hands.open(other, a102="100.00")] * 4)
    assert sum(not isinstance(one, Refused) for one in done) == 1
    assert queries.money_left(other) == Money.parse("100.00")
