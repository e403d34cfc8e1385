"""Sixteen workers post to one village and to several and are killed at random points: books stay whole."""

from __future__ import annotations

import os
import random
import signal
import time
from datetime import date

from bookkeeping import OTHER, VILLAGE
from django.db import OperationalError, connection, connections

from mingbai.journal.queries import verify_chain
from mingbai.kernel import Money, Refused
from mingbai.ledger import queries, services
from mingbai.ledger.models import Voucher

WORKERS, SECONDS = 16, 3.0


def work(desk, seed: int) -> None:
    """Post until killed: receipts, payments and moves, in one of two villages."""
    chance = random.Random(seed)
    while True:
        village = chance.choice([VILLAGE, OTHER])
        paper = desk.spare[village][seed]
        given = {
            "village": village, "amount": Money(chance.randrange(1, 50_000)), "papers": [paper],
            "occurred_on": date(2026, 9, 10), "by": desk.by, "office": "bookkeeper", "at": desk.at,
        }  # fmt: skip
        try:
            if chance.random() < 0.5:
                services.move_money(to=chance.choice(["cash", "bank"]), **given)
            else:
                services.post_receipt(case="", purpose="租金", payer="某社", method="bank", **given)
        except (Refused, OperationalError):
            connection.close()


def start(desk, seed: int) -> int:
    child = os.fork()
    if child == 0:
        try:
            work(desk, seed)
        finally:
            os._exit(1)
    return child


def test_books_are_whole_after_sixteen_workers_were_killed(many_hands):
    desk = many_hands
    desk.open(OTHER, a101="10.00", a102="500.00")
    desk.spare = {one: [desk.paper(one) for _ in range(WORKERS)] for one in (VILLAGE, OTHER)}
    connections.close_all()
    children = [start(desk, at) for at in range(WORKERS)]
    chance = random.Random(1)
    for child in children:
        time.sleep(chance.random() * 2 * SECONDS / WORKERS)
        os.kill(child, signal.SIGKILL)
    for child in children:
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1]), "a worker ended by itself"
    for village in (VILLAGE, OTHER):
        assert queries.check_book(village) == ()
        assert queries.trial_balance(village).balanced
    assert Voucher.objects.filter(serial__gt=0).count() > 0
    assert verify_chain() == ()
    assert desk.receive("1.00").number.startswith("2026-09-记-")
