"""Contracts about things: nothing let twice, nothing below its floor, performed sum by sum, ended or said in public."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection

from mingbai.journal.models import EntryRow
from mingbai.kernel import Money, Refused
from mingbai.registers import services
from mingbai.registers.models import ContractRow, DueWord
from mingbai.registers.queries.agreed import (
    aged,
    agreed,
    agreed_page,
    all_agreed,
    contract_kinds,
    of_object,
    wanting,
)
from mingbai.registers.rules.schedule import Installment
from mingbai.registers.services import ContractsRefused, ExistingContract, NewTerms

sys.path.insert(0, str(Path(__file__).parent))
from test_objects import pond, put

VILLAGE = "340311104201"
pytestmark = pytest.mark.django_db


def lease(world, *objects: str, **more) -> str:
    """A pond let for three years by the year, from today."""
    terms = NewTerms(
        kind="waste-lease", objects=objects, floor=Money.parse("3000.00"), floor_basis="决议1", rhythm="year",
        **{key: more.pop(key) for key in ("below_basis", "schedule", "deposit", "party_person") if key in more},
    )  # fmt: skip
    terms = replace(
        terms, **{key: more.pop(key) for key in ("kind", "floor", "floor_basis", "rhythm") if key in more}
    )
    given = {
        "village": VILLAGE, "case": "02-1", "party": "禾丰合作社", "price": Money.parse("9000.00"),
        "starts_on": world.day, "ends_on": world.day + timedelta(days=1094), "papers": [world.paper("合同")],
        "by": world.who("bookkeeper"), "office": "bookkeeper", "occurred_on": world.day, "at": world.at,
        "terms": terms, **more,
    }  # fmt: skip
    return services.sign_contract(**given).number


def pay(world, number: str, yuan: str, **more) -> None:
    given = {
        "number": number, "amount": Money.parse(yuan), "on": world.day, "by": world.who("bookkeeper"), "at": world.at,
        "voucher": f"2026-09-记-{yuan}", **more,
    }  # fmt: skip
    services.record_performance(**given)


def test_a_lease_stands_with_its_schedule_and_its_object(world) -> None:
    number = lease(world, put(world, pond(world)))
    one = agreed(number, world.day)
    assert [line.fen for line in one.lines] == [300000] * 3 and one.way == "in" and one.state == "running"
    assert of_object(one.objects[0], world.day) == (one,)
    assert agreed_page(VILLAGE, world.day).items == (one,)
    told = EntryRow.objects.get(act="register.contract_signed").content
    assert '"schedule":[{"due_on"' in told and one.objects[0] in told


def test_r49_below_its_floor_only_by_a_later_decision(world) -> None:
    with pytest.raises(Refused, match="低于底价"):
        lease(world, price=Money.parse("2999.99"))
    with pytest.raises(Refused, match="没有写底价"):
        lease(world, floor=None)
    number = lease(world, price=Money.parse("2999.99"), below_basis="重新议决2")
    assert agreed(number, world.day).below_floor and [
        one.number for one in wanting(all_agreed(VILLAGE, world.day))
    ]


def test_nothing_is_let_twice_for_the_same_day(world) -> None:
    thing = put(world, pond(world))
    first = lease(world, thing)
    with pytest.raises(Refused, match=f"已经由合同{first}"):
        lease(
            world, thing, starts_on=world.day + timedelta(days=1094), ends_on=world.day + timedelta(days=1200)
        )
    later = lease(
        world, thing, starts_on=world.day + timedelta(days=1095), ends_on=world.day + timedelta(days=1200)
    )
    assert later != first
    for wrong in ("ZY-340311104201-9999", "x"):
        with pytest.raises(Refused, match="台账里没有"):
            lease(world, wrong)
    services.end_contract(
        number=first, kind="terminated", basis="决议3", on=world.day, by=world.who("bookkeeper"), at=world.at
    )
    assert lease(
        world, thing, starts_on=world.day + timedelta(days=1), ends_on=world.day + timedelta(days=30)
    )


def test_r46_nothing_is_lent_to_who_manages(world) -> None:
    chair = world.who("village_committee_director")
    loan = {"kind": "loan-out", "floor": None, "floor_basis": "", "rhythm": "once"}
    for who in ({"party": chair.name}, {"party": "别名", "party_person": chair.person}):
        with pytest.raises(Refused, match="不能借给") as refusal:
            lease(world, **loan, **who)
        assert refusal.value.basis.article == "第35条第2款"
    assert lease(world, **loan, party="邻村合作社")
    assert lease(world, **loan, party=chair.name, party_person="f" * 32)


def test_r48_overdue_is_aged_and_said_once_until_it_is_mended(world) -> None:
    number = lease(world, put(world, pond(world)), starts_on=world.day - timedelta(days=40),
                   ends_on=world.day + timedelta(days=1000))  # fmt: skip
    one = agreed(number, world.day)
    assert (one.overdue, one.late_days) == (Money(300000), 40)
    (row,) = aged([one], contract_kinds(world.day).ageing)
    assert row.buckets == (0, 300000, 0, 0) and row.total == one.overdue
    assert services.find_wanting(world.at) == 1 and services.find_wanting(world.at) == 0
    pay(world, number, "1000.00")
    assert agreed(number, world.day).overdue == Money(200000)
    pay(world, number, "2000.00")
    assert services.find_wanting(world.at) == 1
    assert [row.found for row in DueWord.objects.order_by("id")] == [True, False]
    acts = list(
        EntryRow.objects.filter(act__startswith="register.contract_")
        .order_by("seq")
        .values_list("act", flat=True)
    )
    assert acts[-1] == "register.contract_mended" and acts.count("register.contract_wanting") == 1


def test_r47_a_contract_that_ran_out_is_said_until_something_is_done(world) -> None:
    number = lease(
        world, starts_on=world.day - timedelta(days=60), ends_on=world.day - timedelta(days=1),
        schedule=(Installment(world.day - timedelta(days=60), 900000),),
    )  # fmt: skip
    pay(world, number, "9000.00")
    assert agreed(number, world.day).state == "lapsed"
    assert services.find_wanting(world.at) == 1
    by = world.who("bookkeeper")
    with pytest.raises(Refused, match="没有写依据"):
        services.end_contract(number=number, kind="renewed", basis="", on=world.day, by=by, at=world.at)
    services.end_contract(number=number, kind="returned", basis="", on=world.day, by=by, at=world.at)
    assert services.find_wanting(world.at) == 1 and agreed(number, world.day).state == "closed"
    with pytest.raises(Refused, match="已经登记"):
        services.end_contract(number=number, kind="returned", basis="", on=world.day, by=by, at=world.at)


def test_works_and_goods_are_simply_over(world) -> None:
    over = {"starts_on": world.day - timedelta(days=9), "ends_on": world.day - timedelta(days=1)}
    works = lease(world, kind="works", floor=None, floor_basis="", rhythm="once", **over)
    bare = lease(world, **over)
    assert agreed(works, world.day).state == "ended" and agreed(bare, world.day).state == "lapsed"
    assert {key for _, key in DueWord.objects.values_list("contract", "key")} == set()
    services.find_wanting(world.at)
    assert not DueWord.objects.filter(contract=works, key="lapsed").exists()


def test_performance_has_a_proof_once_and_never_more_than_the_price(world) -> None:
    number = lease(world)
    for wrong, words in (
        ({"voucher": ""}, "没有凭证"),
        ({"amount": Money(0)}, "没有金额"),
        ({"on": world.day + timedelta(days=1)}, "今天之后"),
        ({"amount": Money.parse("9000.01")}, "超过合同余下"),
        ({"by": world.who("district_discipline")}, "不登记"),
        ({"voucher": "", "paper": "f" * 32}, "不是本村的"),
    ):
        with pytest.raises(Refused, match=words):
            pay(world, number, "100.00", **wrong)
    with pytest.raises(Refused, match="台账中没有"):
        pay(world, "HT-0", "1.00")
    pay(world, number, "100.00")
    with pytest.raises(Refused, match="已经记在"):
        pay(world, number, "100.00")
    pay(world, number, "8900.00", voucher="", paper=world.paper("收据"))
    assert agreed(number, world.day).left == Money(0)


def test_a_change_needs_its_decision_its_paper_and_its_schedule(world) -> None:
    number, by = lease(world), world.who("bookkeeper")
    pay(world, number, "3000.00")
    asked = {
        "number": number,
        "basis": "决议9",
        "paper": world.paper("协议"),
        "on": world.day,
        "by": by,
        "at": world.at,
    }
    for wrong, words in (
        ({"basis": ""}, "要有决定"),
        ({}, "变更了什么"),
        ({"price": Money.parse("2000.00")}, "少于已经履行"),
        ({"price": Money.parse("12000.00")}, "计划也要跟着变"),
        ({"ends_on": date(2099, 1, 1)}, "最长50年"),
        ({"schedule": (Installment(world.day, 5),)}, "差"),
        ({"party": "乙", "paper": "f" * 32}, "不是本村的"),
    ):
        with pytest.raises(Refused, match=words):
            services.change_contract(**{**asked, **wrong})
    services.change_contract(
        **asked, price=Money.parse("12000.00"), party="乙合作社",
        schedule=(Installment(world.day, 300000), Installment(world.day + timedelta(days=400), 900000)),
    )  # fmt: skip
    one = agreed(number, world.day)
    assert (one.price.fen, one.terms.party, len(one.lines), one.first.price_fen) == (
        1200000,
        "乙合作社",
        2,
        900000,
    )
    assert agreed(number, world.day - timedelta(days=1)).price == Money(900000)


def existing(world, **more) -> ExistingContract:
    plain = ExistingContract(
        party="老赵", price=Money.parse("600.00"), starts_on=date(2020, 1, 1), ends_on=date(2029, 12, 31),
        signed_on=date(2019, 12, 20), terms=NewTerms(kind="house-lease", rhythm="year"),
        papers=(world.paper("旧合同"),), party_kind="person",
    )  # fmt: skip
    return replace(plain, **more)


def test_earlier_contracts_come_in_by_the_sheet_or_not_at_all(world) -> None:
    by = world.who("bookkeeper")
    rows = [existing(world), existing(world, papers=()), existing(world, ends_on=date(2019, 1, 1))]
    with pytest.raises(ContractsRefused) as refused:
        services.enter_contracts(rows, village=VILLAGE, by=by, at=world.at)
    assert [one.row for one in refused.value.faults] == [1, 2] and not ContractRow.objects.exists()
    numbers = services.enter_contracts([rows[0], existing(world)], village=VILLAGE, by=by, at=world.at)
    assert numbers == (f"HT-{VILLAGE}-2019-001", f"HT-{VILLAGE}-2019-002")
    one = agreed(numbers[0], world.day)
    assert one.existing and not one.case and one.overdue.fen > 0
    with pytest.raises(Refused, match="不登记"):
        services.enter_existing(
            village=VILLAGE, new=rows[0], by=world.who("district_discipline"), at=world.at
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_let_the_same_pond_at_once_one_wins(lasting_world) -> None:
    world = lasting_world
    thing, papers = put(world, pond(world)), [world.paper("合同"), world.paper("合同")]
    by, gate, said = world.who("bookkeeper"), threading.Barrier(2), []

    def sign(paper: str) -> None:
        try:
            gate.wait()
            said.append(lease_with(world, thing, paper, by))
        except Refused as problem:
            said.append(problem.reason)
        finally:
            connection.close()

    hands = [threading.Thread(target=sign, args=(one,)) for one in papers]
    for one in hands:
        one.start()
    for one in hands:
        one.join()
    assert ContractRow.objects.count() == 1 and sum("已经由合同" in one for one in said) == 1, said


def lease_with(world, thing: str, paper: str, by) -> str:
    terms = NewTerms(kind="waste-lease", objects=(thing,), floor=Money(1), floor_basis="决议1", rhythm="once")
    return services.sign_contract(
        village=VILLAGE, case="02-1", party="甲", price=Money.parse("9.00"), starts_on=world.day, ends_on=world.day,
        papers=[paper], by=by, office="bookkeeper", occurred_on=world.day, at=world.at, terms=terms,
    ).number  # fmt: skip
