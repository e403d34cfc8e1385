"""What binds an award, a contract and an acceptance: the rules R01 to R07, R12, R57, R58, by their ids."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from mingbai.cases import queries, services
from mingbai.cases.rules import tendering
from mingbai.complaints import services as complaints
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.services import add_person, declare_kinship
from mingbai.procurement import services as procurement
from mingbai.procurement.queries.calls import call_of

sys.path.insert(0, str(Path(__file__).parent))
from buying import VILLAGE

DAY = date(2026, 9, 1)


def at_step(world, step: str, **given: str) -> str:
    """A case that waits at a step."""
    number = world.open()
    world.forward(number, until=step, **given)
    return number


@pytest.mark.django_db
def test_R04_no_award_without_an_opening_of_three(world) -> None:
    number = at_step(world, "quote")
    raw = {"case": number, "step": "quote", "papers": {}, "occurred_on": world.day}
    by = world.who("village_committee_director")
    given = {"quotes": "3", "winner": "我家公司", "award_price": "36,800.00"}
    raw["papers"] = world.papers(number, "quote")
    with pytest.raises(Refused, match="还没有密封报价"):
        services.complete_step(**raw, values=given, by=by, at=world.at)
    deadline = world.at + timedelta(minutes=30)
    call = services.call_for_quotes(case=number, step="quote", deadline=deadline, by=by, at=world.at)
    openers = [by, world.who("village_supervision_committee")]
    keys = [procurement.take_key(call=call, by=one, at=world.at) for one in openers]
    for name, price in (("甲公司", 36_800_00), ("乙公司", 36_900_00)):
        code = procurement.invite(call=call, uscc=world.supplier(name), by=by, at=world.at)
        procurement.give_quote(code=code, amount=procurement_money(price), note="", at=world.at)
    with pytest.raises(Refused, match="还没有拆封"):
        services.complete_step(**raw, values=given, by=by, at=world.at)
    while world.at < deadline:
        pass
    for key, one in zip(keys, openers, strict=True):
        procurement.sign_opening(call=call, code=key, by=one, at=world.at)
    with pytest.raises(Refused, match="有效报价只有2家") as few:
        services.complete_step(**raw, values=given, by=by, at=world.at)
    assert few.value.basis.article == "第28条"
    with pytest.raises(Refused, match="已经有一次询价"):
        services.call_for_quotes(
            case=number, step="quote", deadline=world.at + timedelta(1), by=by, at=world.at
        )
    procurement.abandon_call(call=call, reason="不足三家", by=by, at=world.at)
    world.open_quotes(number, "quote", {})
    assert world.do(number, "quote").entered == ("award_publicity",)
    assert call_of(number, "quote").round == 2


def procurement_money(fen: int):
    from mingbai.kernel import Money

    return Money(fen)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"award_price": "20,000.00"}, "成交价"),
        ({"winner": "别的公司"}, "成交方"),
        ({"quotes": "5"}, "有效报价几家"),
    ],
)
def test_R04_count_winner_and_price_are_not_typed(world, typed: dict[str, str], said: str) -> None:
    number = at_step(world, "quote")
    world.open_quotes(number, "quote", {})
    by, papers = world.who("village_committee_director"), world.papers(number, "quote")
    blank = {"case": number, "step": "quote", "papers": papers, "occurred_on": world.day, "by": by}
    with pytest.raises(Refused, match=f"“{said}”由拆封记录来"):
        services.complete_step(**blank, values=typed, at=world.at)
    services.complete_step(**blank, values={}, at=world.at)
    assert queries.step_form(number, "award_publicity", by, world.day).known[-1] == ("成交价", "36,800.00")


@pytest.mark.django_db
def test_whoever_asked_for_the_purchase_neither_handles_nor_opens_its_quotes(world) -> None:
    number = at_step(world, "quote")
    deadline = world.at + timedelta(minutes=30)
    by = world.who("village_committee_director")
    call = services.call_for_quotes(case=number, step="quote", deadline=deadline, by=by, at=world.at)
    with pytest.raises(Refused, match="提出这次采购的人"):
        procurement.take_key(call=call, by=world.who("village_committee"), at=world.at)


@pytest.mark.django_db
def test_R12_near_relatives_of_whoever_owns_the_winner_stand_aside(world) -> None:
    number = at_step(world, "contract")
    director = world.who("village_committee_director")
    wife = add_person(name="钱小妹", village=VILLAGE, by=director, at=world.at)
    declare_kinship(person=director.person, relative=wife, relation="配偶", by=director, at=world.at)
    firm = world.supplier("蚌埠市禾丰建筑队")
    procurement.register_supplier(
        uscc=firm, name="蚌埠市禾丰建筑队", legal="钱小妹", owners=[], village=VILLAGE,
        by=world.who("town_government"), at=world.at,
    )  # fmt: skip
    with pytest.raises(Refused, match="应当回避"):
        world.do(number, "contract", by=director)
    other = organisations.actor_on(world.appoint("village_committee_director", "主任乙"), world.day)
    assert world.do(number, "contract", by=other).contract


@pytest.mark.django_db
def test_R01_one_supplier_again_and_again_is_not_bought_from_directly(world) -> None:
    given = {"request/project_kind": "goods", "request/amount": "3,000.00"}
    first, second = world.open("办公桌椅"), world.open("灭火器材")
    for number in (first, second):
        world.forward(number, until="direct", **given)
    world.do(first, "direct", award_price="2,900.00")
    with pytest.raises(Refused, match="化整为零") as refused:
        world.do(second, "direct", award_price="2,900.00")
    assert first in refused.value.reason
    assert world.do(second, "direct", award_price="2,900.00", winner="另一家商店").entered == ("contract",)


@pytest.mark.django_db
def test_R01_an_award_above_the_limit_of_its_way_is_refused(world) -> None:
    number = at_step(world, "quote", **{"request/amount": "49,000.00"})
    world.open_quotes(number, "quote", {"award_price": "50,000.01"})
    with pytest.raises(Refused, match="procurement_quote_max"):
        world.do(number, "quote", award_price="50,000.01")


@pytest.mark.django_db
def test_R03_what_must_be_tendered_is_not_traded_otherwise(world) -> None:
    number = world.open("村道硬化")
    world.forward(number, until="town_platform", **{"request/amount": "3,900,000.00"})
    world.ready(number, "town_platform")
    with pytest.raises(Refused, match="statutory_tender_works") as refused:
        world.do(number, "town_platform", award_price="4,000,000.00")
    assert refused.value.basis.article == "第3条、第49条"
    assert world.do(number, "town_platform", award_price="3,900,000.00").entered == ("award_publicity",)
    again = world.open("村道硬化二期")
    with pytest.raises(Refused, match="必须招标"):
        world.do(again, "request", amount="300,000.00", way="town_platform")
    assert world.do(again, "request", amount="4,300,000.00").entered


@pytest.mark.django_db
def test_R05_tender_documents_hang_out_twenty_days(world) -> None:
    number = world.open("村道硬化")
    world.forward(number, until="statutory_tender", **{"request/amount": "4,300,000.00"})
    world.ready(number, "statutory_tender")
    closed = world.day
    with pytest.raises(Refused, match="tender_notice_days") as refused:
        world.do(
            number, "statutory_tender", issued_on=str(closed - timedelta(days=19)), closed_on=str(closed)
        )
    assert (refused.value.basis.law, refused.value.basis.article) == ("bidding", "第24条")
    with pytest.raises(Refused, match="只有19日"):
        world.do(
            number, "statutory_tender", issued_on=str(closed - timedelta(days=19)),
            closed_on=str(closed + timedelta(days=9)),
        )  # fmt: skip
    given = {"issued_on": str(closed - timedelta(days=20)), "closed_on": str(closed)}
    assert world.do(number, "statutory_tender", **given).entered == ("award_publicity",)


@pytest.mark.once
def test_R05_R06_figures_that_are_not_set_bind_nothing() -> None:
    tendering.refuse_short_tender(DAY, DAY, None)
    tendering.refuse_short_publicity(0, None)
    tendering.refuse_late_contract(DAY + timedelta(days=400), DAY, None, None)


@pytest.mark.django_db
def test_R06_an_award_hangs_three_days(world) -> None:
    number = at_step(world, "award_publicity")
    until = world.post(number).until
    assert (until - world.day).days >= 3
    world.go_to(until)
    with pytest.raises(Refused, match="不能缩短"):
        world.do(number, "award_publicity")
    with pytest.raises(Refused, match="award_publicity_days") as refused:
        tendering.refuse_short_publicity(2, 3)
    assert refused.value.basis.article == "第54条"


@pytest.mark.django_db
def test_R07_a_contract_later_than_thirty_days_after_the_award_is_refused(world) -> None:
    number = at_step(world, "contract")
    awarded = next(one.entered_on for one in queries.case(number).here)
    world.go_to(awarded + timedelta(days=31))
    with pytest.raises(Refused, match="tender_contract_days") as refused:
        world.do(number, "contract")
    assert (refused.value.basis.law, refused.value.basis.article) == ("bidding", "第46条")
    assert queries.case(number).here[0].step == "contract"


@pytest.mark.django_db
def test_R07_on_the_thirtieth_day_it_is_signed_and_keeps_to_the_award(world) -> None:
    number = at_step(world, "contract")
    awarded = next(one.entered_on for one in queries.case(number).here)
    world.go_to(awarded + timedelta(days=30))
    with pytest.raises(Refused, match="不一致"):
        world.do(number, "contract", price="36,900.00")
    assert world.do(number, "contract").contract


@pytest.mark.django_db
def test_R57_changes_beyond_a_tenth_are_decided_anew(world) -> None:
    number = at_step(world, "construct")
    world.do(number, "construct", progress="change")
    with pytest.raises(Refused, match="change_order_cap_percent"):
        world.do(number, "change", increase="3,680.01")


@pytest.mark.django_db
def test_R58_two_accept_and_neither_handled_the_purchase(world) -> None:
    number = at_step(world, "accept")
    by = world.fitting(number, world.node(number, "accept"))
    handler = world.who("village_committee_director")
    with pytest.raises(Refused, match="不能是您本人"):
        world.do(number, "accept", by=by, second_hand=by.name)
    with pytest.raises(Refused, match="经手过这次采购"):
        world.do(number, "accept", by=by, second_hand=handler.name)
    with pytest.raises(Refused, match="另一位验收人"):
        world.do(number, "accept", by=by, second_hand="")
    assert world.do(number, "accept", by=by, second_hand="代表1").entered == ("settle",)


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["direct", "quote", "town_platform", "statutory_tender"])
def test_R58_whoever_handled_a_way_does_not_accept(world, way: str) -> None:
    number = world.open()
    assert way in world.node(number, "accept").separate_from


@pytest.mark.django_db
def test_an_unanswered_objection_of_a_bidder_holds_the_contract(world) -> None:
    """Standstill (招标投标法实施条例 第54条): until the answer, nothing is signed."""
    number = at_step(world, "award_publicity")
    until = world.post(number).until
    lodged = complaints.lodge_objection(
        case=number, step="award_publicity", text="报价最低的不是我们吗", remedy="公开拆封记录", contact=None,
        occurred_on=world.day, at=world.at,
    )  # fmt: skip
    world.go_to(until + timedelta(days=1))
    for said in ("none", "raised"):
        with pytest.raises(Refused):
            world.do(number, "award_publicity", objection=said)
    with pytest.raises(Refused, match="现在不能办"):
        world.do(number, "contract")
    complaints.answer_objection(
        objection=lodged.objection, answer="拆封记录已经公开，最低的是成交方", upheld=False, occurred_on=world.day,
        by=world.who("town_government"), at=world.at,
    )  # fmt: skip
    world.do(number, "award_publicity", objection="raised")
    with pytest.raises(Refused, match="现在不能办"):
        world.do(number, "contract")
    assert world.do(number, "complaint", verdict="bad").entered == ("contract",)
    assert world.do(number, "contract").contract
