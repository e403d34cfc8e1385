"""Returning, suspending, resuming, withdrawing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mingbai.cases import queries, services
from mingbai.journal.queries import entries_of
from mingbai.kernel import Refused


def back(world, case, step, to, **more):
    return services.return_step(
        **{
            "case": case, "step": step, "to": to, "reason": "方案没有写明长度", "occurred_on": world.day,
            "by": world.who("town_party_committee"), "at": world.at, **more,
        }
    )  # fmt: skip


@pytest.fixture
def checked(world):
    """A case at the town's check."""
    number = world.open()
    world.forward(number, until="decide__township_check")
    return number


def test_a_return_keeps_what_was_and_asks_again(world, checked):
    back(world, checked, "decide__township_check", "request")
    view = queries.case(checked)
    assert [(step.step, step.turn) for step in view.here] == [("request", 2)]
    assert view.done == ()
    assert {step.status for step in view.steps} == {"void", "returned", "open"}
    entry = entries_of(f"case:{checked}")[-1]
    assert entry.act == "case.step_returned"
    assert [field.value for field in entry.fields] == ["方案没有写明长度"]
    assert entry.data["here"] == ["request"] and entry.data["done"] == []
    walked = world.forward(checked)
    assert walked[0] == "request" and queries.case(checked).status == "closed"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reason": " "}, "理由"),
        ({"reason": "见 11010519491231002X"}, "身份证号码"),
        ({"to": "contract"}, "还没有办过"),
        ({"to": "nonsense"}, "流程图里没有"),
        ({"step": "contract"}, "现在不能办"),
    ],
)
def test_a_return_refused(world, checked, change, sentence):
    with pytest.raises(Refused, match=sentence):
        back(world, checked, **{"step": "decide__township_check", "to": "request", **change})


def test_only_the_office_of_the_step_returns_it(world, checked):
    with pytest.raises(Refused, match="不担任该职务"):
        back(world, checked, "decide__township_check", "request", by=world.who("bookkeeper"))


def test_nothing_goes_back_behind_a_contract_or_a_payment(world):
    number = world.open()
    world.forward(number, until="settle")
    with pytest.raises(Refused, match="已经签了合同"):
        back(world, number, "settle", "request", by=world.who("town_government"))
    form = queries.step_form(number, "settle", world.who("town_government"), world.day)
    assert form.may_return_to == (("construct", "施工和监督"), ("accept", "验收"))
    back(world, number, "settle", "accept", by=world.who("town_government"))
    assert queries.case(number).here[0].step == "accept"


def test_a_suspended_case_stands_still_and_its_days_move_on(world, checked):
    by = world.who("town_party_committee")
    due = queries.case(checked).here[0].due
    services.suspend_case(case=checked, reason="等补充勘测", occurred_on=world.day, by=by, at=world.at)
    assert queries.awaiting(by, world.day) == ()
    with pytest.raises(Refused, match="已经中止"):
        world.do(checked)
    world.wait(10)
    services.resume_case(case=checked, occurred_on=world.day, by=by, at=world.at)
    assert queries.case(checked).here[0].due >= due + timedelta(days=10)
    acts = [entry.act for entry in entries_of(f"case:{checked}")][-2:]
    assert acts == ["case.suspended", "case.resumed"]
    world.do(checked)


def test_a_hanging_notice_moves_on_as_well(world):
    number = world.open()
    world.forward(number, until="award_publicity")
    until = world.post(number).until
    by = world.who("village_committee")
    services.suspend_case(case=number, reason="有争议", occurred_on=world.day, by=by, at=world.at)
    world.wait(5)
    services.resume_case(case=number, occurred_on=world.day, by=by, at=world.at)
    assert queries.case(number).here[0].notice.until >= until + timedelta(days=5)


def test_resume_and_suspend_refused(world, checked):
    by = world.who("town_party_committee")
    with pytest.raises(Refused, match="没有中止"):
        services.resume_case(case=checked, occurred_on=world.day, by=by, at=world.at)
    with pytest.raises(Refused, match="正等待办理的经办人"):
        services.suspend_case(
            case=checked, reason="拖", occurred_on=world.day, by=world.who("bookkeeper"), at=world.at
        )


def test_withdrawn_before_a_contract_by_the_office_that_began_it(world, checked):
    def withdraw(number, office="village_committee"):
        return services.withdraw_case(
            case=number, reason="村民不需要了", occurred_on=world.day, by=world.who(office), at=world.at
        )

    with pytest.raises(Refused, match="不担任该职务"):
        withdraw(checked, "bookkeeper")
    assert withdraw(checked).status == "withdrawn"
    assert queries.case(checked).here == ()
    assert entries_of(f"case:{checked}")[-1].act == "case.withdrawn"
    with pytest.raises(Refused, match="已经撤回"):
        withdraw(checked)
    bound = world.open()
    world.forward(bound, until="construct")
    with pytest.raises(Refused, match="不能撤回"):
        withdraw(bound)
