"""Suppliers: the code checks, who belongs together, and quotes of related ones count for nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mingbai.kernel import Refused
from mingbai.organisations.services import add_person, declare_kinship
from mingbai.procurement import services
from mingbai.procurement.queries.suppliers import firm, kin_in_office, related_names
from mingbai.procurement.rules.suppliers import Firm, Held, read_uscc, related

sys.path.insert(0, str(Path(__file__).parent))
from buying import VILLAGE, Called, code, supplier

A, B = code(1), code(2)


@pytest.mark.once
@pytest.mark.parametrize(
    "wrong", ["", "91340311MA2", code(1)[:-1] + ("0" if code(1)[-1] != "0" else "1"), "身份证"]
)
def test_a_code_with_a_wrong_check_digit_is_refused(wrong: str) -> None:
    with pytest.raises(Refused, match="统一社会信用代码不对"):
        read_uscc(wrong)


@pytest.mark.once
def test_a_code_is_read_however_it_is_typed() -> None:
    wide = "".join(chr(ord(one) + 0xFEE0) for one in A)
    assert read_uscc(A.lower()) == read_uscc(f" {A[:8]} {A[8:]} ") == read_uscc(wide) == A


@pytest.mark.once
@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (Firm(A, "甲", "张三"), Firm(B, "乙", "李四"), ""),
        (Firm(A, "甲", "张三"), Firm(B, "乙", "张三"), "法定代表人是同一人"),
        (
            Firm(A, "甲", "张三", (Held("王五", 50),)),
            Firm(B, "乙", "李四", (Held("王五", 60),)),
            "由同一人控股",
        ),
        (Firm(A, "甲", "张三", (Held("王五", 49),)), Firm(B, "乙", "李四", (Held("王五", 60),)), ""),
        (Firm(A, "甲", "张三", (Held("乙", 51),)), Firm(B, "乙", "李四"), "乙控股甲"),
        (Firm(A, "甲", "张三"), Firm(B, "乙", "李四", (Held("张三", 80),)), "一方的法定代表人控股另一方"),
    ],
)
def test_who_counts_as_one(one: Firm, other: Firm, why: str) -> None:
    assert related(one, other, {}) == related(other, one, {}) == why


@pytest.mark.once
def test_one_name_of_two_persons_is_told_apart_but_holding_is_not() -> None:
    apart = {frozenset({A, B}): "distinct"}
    assert related(Firm(A, "甲", "张三"), Firm(B, "乙", "张三"), apart) == ""
    assert related(Firm(A, "甲", "张三", (Held("乙", 51),)), Firm(B, "乙", "张三"), apart) == "乙控股甲"
    assert (
        related(Firm(A, "甲", "张三"), Firm(B, "乙", "李四"), {frozenset({A, B}): "management"})
        == "登记为管理关系"
    )


@pytest.mark.django_db
def test_a_related_supplier_is_not_invited_and_the_town_may_tell_one_name_apart(world) -> None:
    called = Called(world)
    called.invite(supplier(world, 1, legal="张三"))
    second = supplier(world, 2, legal="张三")
    with pytest.raises(Refused, match="关联供应商（法定代表人是同一人）") as refused:
        called.invite(second)
    assert (refused.value.basis.law, refused.value.basis.article) == ("bidding-reg", "第34条第2款")
    given = {"first": A, "second": B, "kind": "distinct", "reason": "核对了两人的证件", "village": VILLAGE}
    with pytest.raises(Refused, match="镇"):
        services.relate_suppliers(**given, by=world.who("village_committee_director"), at=world.at)
    services.relate_suppliers(**given, by=world.who("town_government"), at=world.at)
    called.invite(second)


@pytest.mark.django_db
def test_quotes_of_suppliers_found_to_be_related_are_all_void_at_the_opening(world) -> None:
    called = Called(world)
    firms = [supplier(world, n) for n in (1, 2, 3, 4)]
    for one, yuan in zip(firms, ("30,000.00", "31,000.00", "36,800.00", "37,000.00"), strict=True):
        called.quote(one, yuan)
    services.relate_suppliers(
        first=A,
        second=B,
        kind="holding",
        reason="公示信息",
        village=VILLAGE,
        by=world.who("bookkeeper"),
        at=world.at,
    )
    opened = called.open()
    assert ["关联供应商" in one.fault for one in opened.quotes] == [True, True, False, False]
    assert not opened.enough and related_names("第1建筑队") == {"第1建筑队", "第2建筑队"}


@pytest.mark.django_db
def test_a_supplier_declared_anew_is_the_later_declaration_and_a_name_is_used_once(world) -> None:
    supplier(world, 1, name="禾丰", legal="张三", owners=(("张三", 60), ("李四", 40)))
    assert firm(A).people == {"张三", "李四"}
    supplier(world, 1, name="禾丰", legal="李四")
    assert firm(A) == Firm(A, "禾丰", "李四")
    with pytest.raises(Refused, match="另一个代码"):
        supplier(world, 2, name="禾丰")
    with pytest.raises(Refused, match="超过100%"):
        supplier(world, 3, owners=(("甲", 60), ("乙", 60)))
    with pytest.raises(Refused, match="这件事由"):
        services.register_supplier(
            uscc=B,
            name="乙",
            legal="乙",
            owners=[],
            village=VILLAGE,
            by=world.who("district_justice"),
            at=world.at,
        )


@pytest.mark.django_db
def test_R12_a_supplier_of_a_cadre_or_of_his_near_relative_is_listed(world) -> None:
    by, cadre = world.who("town_government"), world.who("village_committee_director")
    wife = add_person(name="钱小妹", village=VILLAGE, by=by, at=world.at)
    declare_kinship(person=cadre.person, relative=wife, relation="配偶", by=by, at=world.at)
    found = [
        supplier(world, 1),
        supplier(world, 2, owners=(("钱小妹", 30),)),
        supplier(world, 3, legal=cadre.name),
    ]
    kin = kin_in_office(found, VILLAGE, world.day)
    assert [(one.supplier, one.person, one.cadre) for one in kin] == [
        ("第2建筑队", "钱小妹", cadre.name), ("第3建筑队", cadre.name, cadre.name),
    ]  # fmt: skip
    assert [one.self_held for one in kin] == [False, True]
