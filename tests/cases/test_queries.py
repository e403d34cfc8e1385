"""What waits for whom, and the form of a step."""

from __future__ import annotations

import pytest

from mingbai.cases import queries
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations


def test_what_waits_for_me_and_what_waits_for_others(world):
    number = world.open()
    mine = queries.awaiting(world.who("village_committee"), world.day)
    assert [(one.case, one.step, one.overdue) for one in mine] == [(number, "request", False)]
    assert queries.awaiting(world.who("bookkeeper"), world.day) == ()
    assert [one.case for one in queries.waiting_for_others(world.who("bookkeeper"), world.day)] == [number]
    assert [one.case for one in queries.waiting_for_others(world.who("town_government"), world.day)] == [
        number
    ]


def test_another_village_sees_nothing(world):
    world.open()
    stranger = world.appoint("village_committee", "邻村委员", village="340311104202")
    actor = organisations.actor_on(stranger, world.day)
    assert queries.awaiting(actor, world.day) == ()
    assert queries.waiting_for_others(actor, world.day) == ()


def test_overdue_by_working_days(world):
    world.open()
    world.wait(60)
    assert queries.awaiting(world.who("village_committee"), world.day)[0].overdue


def test_the_form_asks_nothing_twice_and_says_who_may(world):
    number = world.open()
    world.do(number, amount="36,800.00")
    form = queries.step_form(number, "decide__party_propose", world.who("village_party_secretary"), world.day)
    assert ("预算", "36,800.00") in form.known
    assert form.refusal is None and form.version == 2
    assert form.may_return_to == (("request", "提出需求和预算"),)
    theirs = queries.step_form(number, "decide__party_propose", world.who("bookkeeper"), world.day)
    assert "村党组织书记" in theirs.refusal.reason


def test_no_form_for_a_step_that_does_not_wait(world):
    with pytest.raises(Refused):
        queries.step_form(world.open(), "pay", world.who("bookkeeper"), world.day)
    with pytest.raises(Refused, match="没有这件事"):
        queries.case("05-340311104201-2026-404")
