"""Completing a step: every refusal, and what is written when there is none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mingbai.cases import queries
from mingbai.journal.queries import entries_of, head
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.services import add_person, declare_kinship, give_mandate
from mingbai.procurement.queries.calls import call_of
from mingbai.procurement.services import abandon_call

VILLAGE = "340311104201"


@pytest.fixture
def case(world):
    return world.open()


def at_step(world, step, **given):
    """A case that has come to a step."""
    number = world.open()
    world.forward(number, until=step, **given)
    assert [one.step for one in queries.case(number).here] == [step]
    return number


def unchanged(number, before):
    """Nothing was written: the same version, the same journal."""
    return (queries.case(number), head()) == before


def test_a_step_is_journalled_with_its_fields_papers_and_what_waits_next(world, case):
    done = world.do(case, "request", amount="36,800.00")
    assert done.entered == ("decide__party_propose",) and done.ended is None
    entry = entries_of(f"case:{case}")[-1]
    assert entry.act == "case.step_completed"
    assert entry.office == "village_committee"
    assert [(f.label, f.value) for f in entry.fields if f.kind == "money"] == [("预算", "36,800.00")]
    assert [paper["label"] for paper in entry.data["papers"]] == ["立项申请和预算"]
    waiting = entry.data["next"][0]
    assert waiting["step"] == "decide__party_propose" and waiting["title"] == "村党组织提议"
    assert waiting["due"] == "2026-09-15"  # 十个工作日
    assert "党组织" in waiting["lane"] or waiting["lane"] == "决策会议"
    assert entry.data["late_days"] == 0
    assert set(entry.data["papers"][0]) == {"id", "label", "digest"}


def test_wrong_office(world, case):
    before = queries.case(case), head()
    with pytest.raises(Refused, match="不担任该职务"):
        world.do(case, "request", by=world.who("bookkeeper"))
    assert unchanged(case, before)


def test_the_same_office_in_another_village_is_the_wrong_office(world, case):
    person = world.appoint("village_committee", "邻村委员", village="340311104202")
    with pytest.raises(Refused, match="不担任该职务"):
        world.do(case, "request", by=organisations.actor_on(person, world.day))


def test_a_town_step_is_done_by_the_village_s_own_town(world):
    number = at_step(world, "decide__township_check", **{"request/amount": "36,800.00"})
    stranger = world.appoint("town_party_committee", "邻镇书记", village="340311001001")
    with pytest.raises(Refused, match="不担任该职务"):
        world.do(number, by=organisations.actor_on(stranger, world.day))
    world.do(number)


def test_an_office_given_up_cannot_sign_for_an_earlier_day(world, case):
    person = world.appoint("village_committee", "卸任委员")
    actor = organisations.actor_on(person, world.day)
    held = actor.mandates[0]
    left = type(actor)(
        actor.person, actor.name, (type(held)(held.office, held.division, held.since, world.day),)
    )
    world.wait(3)
    with pytest.raises(Refused, match="不担任该职务"):
        world.do(case, "request", by=left, on=world.day - timedelta(days=3))


def test_wrong_order_skipping_and_repeating(world, case):
    with pytest.raises(Refused, match="现在不能办“签订书面合同”"):
        world.do(case, "contract")
    world.do(case, "request")
    with pytest.raises(Refused, match="现在不能办“提出需求和预算”"):
        world.do(case, "request")


def test_no_such_step_and_no_such_case(world, case):
    with pytest.raises(Refused, match="流程图里没有这一步"):
        _raw(world, case, "nonsense")
    with pytest.raises(Refused, match="没有这件事"):
        _raw(world, "05-340311104201-2026-999", "request")


def _raw(world, number, step, **more):
    from mingbai.cases.services import complete_step

    return complete_step(
        case=number, step=step, values={}, papers={}, occurred_on=world.day,
        by=world.who("village_committee"), at=world.at, **more,
    )  # fmt: skip


def test_missing_field_missing_paper_and_strange_ones(world, case):
    with pytest.raises(Refused, match="还缺“预算”"):
        world.do(case, "request", amount=" ")
    with pytest.raises(Refused, match="还缺单据“立项申请和预算”"):
        world.do(case, "request", papers={})
    with pytest.raises(Refused, match="不收“bribe”"):
        world.do(case, "request", papers={"bribe": [world.paper()]})


def test_a_paper_of_another_village_or_of_nobody_does_not_count(world, case):
    for paper in (world.paper(village="340311104202"), "f" * 32):
        with pytest.raises(Refused, match="找不到，或者不是本村的"):
            world.do(case, "request", papers={"application": [paper]})


@pytest.mark.parametrize("amount", ["-100", "100.005", "１００", "1e5", ""])
def test_amounts_with_a_sign_or_three_decimals(world, case, amount):
    with pytest.raises(Refused, match="预算"):
        world.do(case, "request", amount=amount)


def test_a_personal_number_in_text_is_refused(world, case):
    with pytest.raises(Refused, match="“钱从哪来”第.*身份证号码"):
        world.do(case, "request", fund_source="张三出 11010519491231002X")


def test_not_in_the_future(world, case):
    with pytest.raises(Refused, match="还没有到"):
        world.do(case, "request", on=world.day + timedelta(days=1))


def test_not_before_the_step_that_had_to_come_first(world, case):
    world.wait(4)
    world.do(case, "request")
    with pytest.raises(Refused, match="先后颠倒"):
        world.do(case, "decide__party_propose", on=world.day - timedelta(days=1))


def test_late_entry_is_allowed_and_labelled(world, case):
    began = world.day
    world.wait(6)
    world.do(case, "request", on=began)
    entry = entries_of(f"case:{case}")[-1]
    assert (entry.occurred_on, entry.data["late_days"]) == (began, 6)
    assert queries.case(case).done[0].late_days == 6


def test_a_payment_cannot_rest_on_an_approval_entered_afterwards(world):
    number = at_step(world, "approval__town_review")
    claimed = world.day
    world.wait(10)
    world.do(number, on=claimed)
    with pytest.raises(Refused, match="先付后议"):
        world.do(number, "pay", on=claimed + timedelta(days=2))
    assert world.do(number, "pay").voucher


def test_an_older_page_is_told_that_somebody_was_quicker(world, case):
    seen = queries.case(case).version
    world.do(case, "request", seen=seen)
    with pytest.raises(Refused, match="页面已经旧了"):
        world.do(case, "decide__party_propose", seen=seen)


def test_the_same_person_cannot_do_two_steps_kept_apart(world):
    number = at_step(world, "contract")
    requester = next(step.person for step in queries.case(number).done if step.step == "request")
    give_mandate(
        person=requester, office="village_committee_director", division=VILLAGE,
        since=date(2026, 1, 5), until=None, by=world.who("town_government"), at=world.at,
    )  # fmt: skip
    with pytest.raises(Refused, match="同一个人"):
        world.do(number, by=organisations.actor_on(requester, world.day))


def test_kin_of_the_person_whose_step_is_checked_must_stand_aside(world):
    number = at_step(world, "contract")
    director = world.person["village_committee_director"]
    declare_kinship(
        person=director, relative=world.person["village_committee"], relation="兄弟姐妹",
        by=world.who("town_government"), at=world.at,
    )  # fmt: skip
    with pytest.raises(Refused, match="应当回避") as caught:
        world.do(number, by=world.who("village_committee_director"))
    assert caught.value.basis is not None


def test_kin_of_a_supplier_and_the_supplier_himself_must_stand_aside(world):
    number = at_step(world, "quote")
    handler = world.who("village_committee_director")
    by = organisations.actor_on(world.appoint("villager_rep", "代表甲二"), world.day)
    relative = add_person(name="赵大力", village=VILLAGE, by=by, at=world.at)
    declare_kinship(person=by.person, relative=relative, relation="子女", by=by, at=world.at)
    for winner in ("赵大力", by.name):
        world.open_quotes(number, "quote", {"winner": winner})
        with pytest.raises(Refused, match="应当回避"):
            world.do(number, by=by, winner=winner)
        call = call_of(number, "quote").number
        abandon_call(call=call, reason="经手的人要回避", by=handler, at=world.at)
    world.open_quotes(number, "quote", {"winner": "蚌埠市禾丰建筑队"})
    world.do(number, by=by, winner="蚌埠市禾丰建筑队")


def test_the_contract_keeps_to_the_award(world):
    number = at_step(world, "contract", **{"quote/award_price": "35,000.00"})
    with pytest.raises(Refused, match="合同价36,800.00元与“三家询价比选”定下的35,000.00元不一致"):
        world.do(number, price="36,800.00")
    with pytest.raises(Refused, match="不是“三家询价比选”确定的"):
        world.do(number, price="35,000.00", party="别的公司")
    assert world.do(number, price="35,000.00").contract == "HT-340311104201-2026-001"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"amount": "36,800.01"}, "超过合同价余下可付的36,800.00元"),
        ({"amount": "0"}, "大于零"),
        ({"amount": "-36,800.00"}, "金额"),
        ({"payee": "别的公司"}, "不是合同或者申请上的"),
        ({"method": "cash"}, "现金"),
        ({"method": "wechat"}, "只能选"),
    ],
)
def test_the_payment_keeps_to_the_contract(world, change, sentence):
    number = at_step(world, "pay")
    before = queries.case(number), head()
    with pytest.raises(Refused, match=sentence):
        world.do(number, **change)
    assert unchanged(number, before)


def test_the_payment_keeps_to_what_was_settled_and_to_agreed_increases(world):
    number = world.open()
    world.forward(number, until="construct")
    world.do(number, progress="change")
    world.do(number, "change", increase="1,200.00")
    world.forward(number, until="settle")
    world.do(number, final_price="37,500.00")
    world.forward(number, until="pay")
    with pytest.raises(Refused, match="“结算审核”审定的金额余下可付的37,500.00元"):
        world.do(number, amount="38,000.00")
    assert world.do(number, amount="37,500.00").voucher == "2026-10-记-1"


def test_a_meeting_that_does_not_pass_goes_another_way(world):
    number = at_step(world, "decide__two_committees")
    people = world.values(number, "decide__two_committees")["present"].split(",")
    done = world.do(number, agree="2", against="4")
    assert done.resolution and done.entered == ("decide__party_propose",)
    world.forward(number, until="decide__two_committees")
    with pytest.raises(Refused):
        world.do(number, agree="7")
    with pytest.raises(Refused, match="票数要填整数"):
        world.do(number, agree="六")
    with pytest.raises(Refused, match="名册"):
        world.do(number, present=",".join([*people[:5], world.person["bookkeeper"]]))


def test_a_closed_case_takes_no_further_step(world, case):
    world.do(case, "request", amount="4,000.00", project_kind="goods")
    world.do(case, "deliberate", agree="0", against="6")
    view = queries.case(case)
    assert (view.status, view.ended, view.here) == ("closed", "end_rejected", ())
    acts = [entry.act for entry in entries_of(f"case:{case}")]
    assert acts[-2:] == ["case.step_completed", "case.closed"]
    assert entries_of(f"case:{case}")[-1].data["ended"].startswith("终止")
    with pytest.raises(Refused, match="已经办结"):
        world.do(case, "deliberate")
