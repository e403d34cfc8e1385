"""Several hands at once: one answer, one extension, one number each, one objection a form."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from mingbai.complaints import rules, services
from mingbai.complaints.models import Objection, Queued
from mingbai.journal.queries import entries_of, verify_chain
from mingbai.kernel import Refused

HANDS = 4


def at_once(act: Callable[[int], object], hands: int = HANDS) -> list[object]:
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


@pytest.fixture
def world(lasting_world):
    return lasting_world


@pytest.fixture
def case(world):
    number = world.open()
    world.do(number, "request")
    return number


def said(world, case, at, **more):
    return {"text": "价钱贵一倍", "remedy": "重新询价", "case": case, "step": "request", "occurred_on": world.day,
            "at": at, **more}  # fmt: skip


def test_two_answers_at_once_are_one(world, case):
    at = world.at
    lodged = services.lodge_objection(**said(world, case, at))
    offices = ("village_supervision_committee", "town_government", "town_discipline", "district_discipline")
    people = [world.who(office) for office in offices]
    results = at_once(
        lambda n: services.answer_objection(
            objection=lodged.objection,
            answer=f"答复{n}",
            upheld=bool(n % 2),
            occurred_on=world.day,
            by=people[n],
            at=at,
        )
    )
    refused = [one for one in results if isinstance(one, Refused)]
    assert len(refused) == HANDS - 1 and all("已经在" in one.reason for one in refused)
    assert [one.act for one in entries_of(f"case:{case}")].count("objection.answered") == 1
    assert verify_chain() == ()


def test_two_extensions_at_once_are_one(world, case):
    at = world.at
    lodged = services.lodge_objection(**said(world, case, at))
    by = world.who("town_government")
    results = at_once(
        lambda n: services.extend_objection(
            objection=lodged.objection, until=lodged.due + timedelta(days=1 + n), reason="要看现场",
            occurred_on=world.day, by=by, at=at,
        )
    )  # fmt: skip
    assert sum(isinstance(one, Refused) for one in results) == HANDS - 1


def test_numbers_have_no_gap_and_one_form_is_one_objection(world, case):
    at = world.at
    ticket = services.issue_ticket(at - timedelta(seconds=rules.TICKET_AGE))
    same = at_once(lambda n: services.lodge_from_web(ticket=ticket, work="", **said(world, case, at)))
    assert len(set(same)) == 1 and Objection.objects.count() == 1
    at_once(lambda n: services.lodge_objection(**said(world, case, at, text=f"第{n}件")))
    numbers = sorted(Objection.objects.values_list("number", flat=True))
    assert numbers == [f"Y-340311104201-2026-{n:03d}" for n in range(1, HANDS + 2)]


def test_the_hour_s_bound_holds_and_the_queue_is_emptied_once(world, case):
    at = world.at
    tickets = [services.issue_ticket(at - timedelta(seconds=30)) for _ in range(rules.PER_TARGET_AN_HOUR + 2)]
    for place, ticket in enumerate(tickets[: rules.PER_TARGET_AN_HOUR - 2]):
        services.lodge_from_web(ticket=ticket, work="", **said(world, case, at, text=f"第{place}件"))
    rest = tickets[rules.PER_TARGET_AN_HOUR - 2 :]
    results = at_once(
        lambda n: services.lodge_from_web(ticket=rest[n], work="", **said(world, case, at, text=f"又{n}件"))
    )
    assert sorted(one.waits for one in results) == [False, False, True, True]
    later = at + timedelta(hours=1)
    assert sum(at_once(lambda n: services.take_in_waiting(later))) == 2
    assert not Queued.objects.exists() and Objection.objects.count() == len(tickets)
