"""Two at once on one notice: one wins, and what loses says why. On SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from mingbai.cases import queries, services
from mingbai.journal.queries import entries_of, verify_chain
from mingbai.kernel import Refused

STEP = "award_publicity"


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act got, all starting at the same moment; a refusal is returned."""
    gate = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        try:
            gate.wait()
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


@pytest.fixture
def world(lasting_world):
    return lasting_world


@pytest.fixture
def case(world):
    number = world.open()
    world.forward(number, until=STEP)
    return number


def ready(world, case, **more):
    return {
        "case": case, "step": STEP, "papers": world.papers(case, STEP), "by": world.who("village_committee"),
        "at": world.at, **more,
    }  # fmt: skip


def ending(world, case):
    given = ready(world, case, values=world.values(case, STEP, {"objection": "none"}), occurred_on=world.day)
    return lambda: services.complete_step(**given)


def acts_of(case):
    return [entry.act for entry in entries_of(f"case:{case}")]


def test_posted_by_four_at_once_it_is_posted_once(world, case):
    posts = [ready(world, case, posted_on=world.day) for _ in range(4)]
    results = at_once(*[lambda given=given: services.start_notice(**given) for given in posts])
    refused = [one for one in results if isinstance(one, Refused)]
    assert len(refused) == 3 and all("已经在" in one.reason for one in refused)
    assert queries.case(case).here[0].notice.posting == 1
    assert verify_chain() == ()


def test_ending_against_an_objection_never_ends_over_it(world, case):
    world.go_to(world.post(case).until + timedelta(days=1))
    at = world.at
    ended, noted = at_once(ending(world, case), lambda: services.note_objection(case=case, step=STEP, at=at))
    if noted:
        assert isinstance(ended, Refused) and "还没有答复" in ended.reason
        assert queries.case(case).here[0].notice.unanswered == 1
    else:
        assert ended.entered == ("contract",)


def test_ending_against_posting_again_leaves_one_of_the_two(world, case):
    world.go_to(world.post(case).until + timedelta(days=1))
    again = ready(world, case, posted_on=world.day, changed="价格改正", why="写错了")
    ended, reposted = at_once(ending(world, case), lambda: services.repost_notice(**again))
    assert isinstance(ended, Refused) != isinstance(reposted, Refused)
    if isinstance(ended, Refused):
        assert "不能缩短" in ended.reason and acts_of(case)[-1] == "case.notice_reposted"
    else:
        assert "现在不能办" in reposted.reason and "case.notice_reposted" not in acts_of(case)


def test_many_objections_and_answers_at_once_are_all_counted(world, case):
    world.post(case)
    at = world.at
    at_once(*[lambda: services.note_objection(case=case, step=STEP, at=at)] * 6)
    at_once(*[lambda: services.settle_objection(case=case, step=STEP, upheld=True, at=at)] * 4)
    notice = queries.case(case).here[0].notice
    assert (notice.objections, notice.unanswered, notice.upheld) == (6, 2, 4)


def test_reported_missing_by_three_at_once_it_is_missing_once(world, case):
    world.post(case)
    reports = [ready(world, case, found_on=world.day, reason="刮掉了") for _ in range(3)]
    results = at_once(*[lambda given=given: services.interrupt_notice(**given) for given in reports])
    assert sum(isinstance(one, Refused) for one in results) == 2
    assert acts_of(case).count("case.notice_interrupted") == 1
