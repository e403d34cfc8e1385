"""Limits of time: extended with a reason by those above, told to the town when they pass, moved by a suspension."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mingbai.cases import queries, services
from mingbai.catalogue import queries as catalogue
from mingbai.journal.queries import entries_of
from mingbai.kernel import Refused
from mingbai.procedures.queries import procedure

REASON = "施工队遇上汛期，进不了场"


def extending(world, number, **more):
    here = queries.case(number).here[0]
    return services.extend_step(
        **{
            "case": number, "step": here.step, "until": here.due + timedelta(days=10), "reason": REASON,
            "occurred_on": world.day, "by": world.who("town_government"), "at": world.at, **more,
        }
    )  # fmt: skip


def acts(number: str) -> list[str]:
    return [entry.act for entry in entries_of(f"case:{number}")]


def test_an_extension_moves_the_last_day_and_says_why(world) -> None:
    number = world.open()
    before = queries.case(number).here[0].due
    extended = extending(world, number)
    assert queries.case(number).here[0].due == extended.due == before + timedelta(days=10)
    said = {one.label: one.value for one in entries_of(f"case:{number}")[-1].fields}
    assert said == {"理由": REASON, "原来最晚": before.isoformat(), "延到": extended.due.isoformat()}


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"reason": " "}, "还没有写明理由"),
        ({"until": None}, "不晚于原来的"),
    ],
)
def test_an_extension_without_reason_or_into_the_past_is_refused(world, more, reason) -> None:
    number = world.open()
    if "until" in more:
        more = {"until": queries.case(number).here[0].due}
    with pytest.raises(Refused, match=reason):
        extending(world, number, **more)
    assert acts(number) == ["case.opened"]


def test_the_village_cannot_extend_its_own_time(world) -> None:
    number = world.open()
    with pytest.raises(Refused, match="由镇（街道）或者区里批准"):
        extending(world, number, by=world.who("village_committee_director"))


def test_what_passed_its_last_day_is_told_to_the_town_once(world) -> None:
    number = world.open()
    due = queries.case(number).here[0].due
    assert services.escalate_overdue(today=due, at=world.at) == 0
    world.go_to(due + timedelta(days=1))
    town = world.who("town_government")
    assert [one.case for one in queries.overdue_below(town, world.day)] == [number]
    assert queries.overdue_below(world.who("bookkeeper"), world.day) == ()
    assert services.escalate_overdue(today=world.day, at=world.at) == 1
    assert services.escalate_overdue(today=world.day, at=world.at) == 0
    assert acts(number) == ["case.opened", "case.overdue"]
    extending(world, number)
    assert queries.overdue_below(town, world.day) == ()
    world.go_to(queries.case(number).here[0].due + timedelta(days=1))
    assert services.escalate_overdue(today=world.day, at=world.at) == 1


def test_a_suspended_case_does_not_run_late(world) -> None:
    number = world.open()
    due = queries.case(number).here[0].due
    services.suspend_case(
        case=number,
        reason="等上级批复",
        occurred_on=world.day,
        by=world.who("village_committee"),
        at=world.at,
    )
    world.go_to(due + timedelta(days=3))
    assert services.escalate_overdue(today=world.day, at=world.at) == 0
    services.resume_case(case=number, occurred_on=world.day, by=world.who("village_committee"), at=world.at)
    assert queries.case(number).here[0].due > world.day


def test_a_limit_over_several_steps_begins_is_told_when_it_passes_and_is_met(world) -> None:
    number = world.open(power="dibao")
    world.forward(number, until="relative_filing")
    (limit,) = queries.deadlines_of(number)
    assert (limit.title, limit.met_on) == ("受理到确认：不超过30个工作日", None)
    world.forward(number, until="publicize")
    world.go_to(limit.due + timedelta(days=1))
    late = [one for one in queries.overdue_below(world.who("town_government"), world.day) if not one.step]
    assert [one.what for one in late] == [limit.title]
    services.escalate_overdue(today=world.day, at=world.at)
    told = [entry.fields[0].value for entry in entries_of(f"case:{number}") if entry.act == "case.overdue"]
    assert limit.title in told
    world.forward(number, until="pay")
    assert queries.deadlines_of(number)[0].met_on is not None


def test_every_limit_that_binds_cases_names_steps_of_its_chart(world) -> None:
    edition = catalogue.current(world.day)
    for power in catalogue.powers(edition):
        nodes = procedure(edition.number, power.procedure).nodes
        for limit in power.time_limits:
            if limit.binds_cases():
                assert limit.from_step in nodes and limit.to_step in {*nodes, "end"}, (power.id, limit.text)
                assert limit.law in catalogue.laws(edition)
