"""Two people at once: one act, one sentence. On SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from mingbai.cases import queries, services
from mingbai.journal.queries import entries_of, verify_chain
from mingbai.kernel import Refused

HANDS = 4


def at_once(act: Callable[[int], object], hands: int = HANDS) -> list[object]:
    """What each of several hands got, all starting at the same moment."""
    gate = Barrier(hands)

    def one(number: int) -> object:
        try:
            gate.wait()
            return act(number)
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(one, range(hands)))


def told(results: list[object]) -> tuple[int, list[Refused]]:
    refused = [one for one in results if isinstance(one, Refused)]
    return len(results) - len(refused), refused


@pytest.fixture
def world(lasting_world):
    return lasting_world


def step(world, number: str, name: str, by: str, **given: str):
    ready = {
        "case": number, "step": name, "values": world.values(number, name, given),
        "papers": world.papers(number, name), "occurred_on": world.day, "by": world.who(by), "at": world.at,
    }  # fmt: skip
    return lambda _: services.complete_step(**ready)


def test_one_step_by_several_hands_is_done_once(world):
    number = world.open()
    done, refused = told(at_once(step(world, number, "request", "village_committee")))
    assert done == 1
    assert all("现在不能办" in one.reason for one in refused)
    assert [entry.act for entry in entries_of(f"case:{number}")] == ["case.opened", "case.step_completed"]


def test_the_same_page_seen_by_two_is_told_so(world):
    number = world.open()
    ready = step(world, number, "request", "village_committee").__closure__[0].cell_contents
    done, refused = told(at_once(lambda _: services.complete_step(**ready, seen=1)))
    assert done == 1
    assert all("页面已经旧了" in one.reason for one in refused)


def test_a_payment_is_made_once(world):
    number = world.open()
    world.forward(number, until="pay")
    done, _ = told(at_once(step(world, number, "pay", "bookkeeper")))
    assert done == 1
    acts = [entry.act for entry in entries_of(f"case:{number}")]
    assert acts.count("ledger.voucher_posted") == 1


def test_numbers_taken_at_once_have_no_gap(world):
    by, at = world.who("village_committee"), world.at
    opened = at_once(
        lambda n: services.open_case(
            power="procurement-small-works", village="340311104201", title=f"修渠{n}",
            occurred_on=world.day, by=by, at=at,
        )
    )  # fmt: skip
    numbers = sorted(one.number for one in opened)
    assert numbers == [f"05-340311104201-2026-{n:03d}" for n in range(1, HANDS + 1)]
    assert verify_chain() == ()


def test_completing_against_withdrawing_leaves_one_final_state(world):
    number = world.open()
    complete = step(world, number, "request", "village_committee")
    withdraw = {
        "case": number, "reason": "不办了", "occurred_on": world.day,
        "by": world.who("village_committee"), "at": world.at,
    }  # fmt: skip

    def act(hand: int):
        return complete(hand) if hand % 2 else services.withdraw_case(**withdraw)

    at_once(act)
    view = queries.case(number)
    assert view.status == "withdrawn" and view.here == ()
    assert [entry.act for entry in entries_of(f"case:{number}")].count("case.withdrawn") == 1
