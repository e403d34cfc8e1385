"""One more signature: asked for, outstanding, given by a second person, refused by another."""

from __future__ import annotations

import pytest

from mingbai.cases import queries, services
from mingbai.kernel import Refused


def ask(world, number, office="village_party_secretary", **more):
    step = queries.case(number).here[0].step
    return services.ask_signature(
        **{
            "case": number, "step": step, "office": office, "reason": "金额不小，请书记也看一眼",
            "occurred_on": world.day, "by": world.who("village_committee"), "at": world.at, **more,
        }
    )  # fmt: skip


def sign(world, number, by, **more):
    step = queries.case(number).here[0].step
    return services.give_signature(
        **{
            "case": number, "step": step, "agrees": True, "opinion": "", "occurred_on": world.day, "by": by,
            "at": world.at, **more,
        }
    )  # fmt: skip


def test_a_step_waits_for_the_signature_that_was_asked_for(world) -> None:
    number = world.open()
    ask(world, number)
    secretary = world.who("village_party_secretary")
    assert [one.case for one in queries.signatures_for(secretary, world.day)] == [number]
    with pytest.raises(Refused, match="还等村党组织书记签字"):
        world.do(number)
    assert sign(world, number, secretary).agrees
    assert queries.signatures_for(secretary, world.day) == ()
    world.do(number)
    assert queries.case(number).here[0].step != "request"


def test_a_signature_that_disagrees_stops_the_step_and_says_why(world) -> None:
    number = world.open()
    ask(world, number)
    secretary = world.who("village_party_secretary")
    with pytest.raises(Refused, match="不同意的要写明理由"):
        sign(world, number, secretary, agrees=False)
    sign(world, number, secretary, agrees=False, opinion="预算没有附清单")
    with pytest.raises(Refused, match="预算没有附清单"):
        world.do(number)


def test_the_second_signature_is_a_second_persons(world) -> None:
    number = world.open()
    with pytest.raises(Refused, match="第二个人"):
        ask(world, number, office="village_committee")
        sign(world, number, world.who("village_committee"))


def test_who_signed_cannot_complete_the_step_himself(world) -> None:
    number = world.open()
    other = world.appoint("village_committee", "委员乙")
    ask(world, number, office="village_committee")
    from mingbai.organisations.queries import actor_on

    second = actor_on(other, world.day)
    sign(world, number, second)
    with pytest.raises(Refused, match="不能再自己办"):
        world.do(number, by=second)
    world.do(number, by=world.who("village_committee"))


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"office": "emperor"}, "没有这个职务"),
        ({"reason": ""}, "还没有写明理由"),
    ],
)
def test_what_cannot_be_asked(world, more, reason) -> None:
    number = world.open()
    with pytest.raises(Refused, match=reason):
        ask(world, number, **more)


def test_nobody_signs_who_was_not_asked(world) -> None:
    number = world.open()
    with pytest.raises(Refused, match="没有人请您签"):
        sign(world, number, world.who("village_party_secretary"))
    ask(world, number)
    with pytest.raises(Refused, match="已经请"):
        ask(world, number)
    with pytest.raises(Refused, match="没有人请您签"):
        sign(world, number, world.who("bookkeeper"))
