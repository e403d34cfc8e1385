"""Household land is let only on the household's paper, once, within its contract; the price goes to the household."""

from __future__ import annotations

import random
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from mingbai.kernel import Money, Refused
from mingbai.land import services
from mingbai.land.models import Parcel, TransferLine, TransferList
from mingbai.land.queries.parcels import mandates_in, parcels_in
from mingbai.land.queries.payments import payment
from mingbai.land.queries.transfers import listed_for, preview, transfer_list
from mingbai.land.rules.lists import Line
from mingbai.land.rules.transfers import Terms
from mingbai.land.services import Consent, NewMandate, NewParcel

sys.path.insert(0, str(Path(__file__).parent))
from land_ground import (
    CLERK,
    CONTRACT_ENDS,
    OUTSIDER,
    SINCE,
    UNTIL,
    VILLAGE,
    let,
    mandate,
    parcels,
    two_homes,
)

pytestmark = pytest.mark.django_db


def test_r50_without_the_households_paper_nothing_is_let(world) -> None:
    parcels(world, ("C1", "张三", "P1", 250), ("C2", "李四", "P3", 401))
    mandate(world, "C1", "P1")
    with pytest.raises(Refused, match="李四的P3号地块：没有本户的书面委托") as refusal:
        let(world, "P1", "P3")
    assert (refusal.value.basis.law, refusal.value.basis.article) == ("land-transfer-2021", "第8条")
    assert TransferList.objects.count() == 0
    assert let(world, "P1").yearly == Money(200000)


@pytest.mark.parametrize(
    ("given", "terms", "said"),
    [
        ({"until": UNTIL - timedelta(days=1)}, {}, "管不住整个流转期限"),
        ({"since": SINCE + timedelta(days=1)}, {}, "管不住整个流转期限"),
        ({}, {"price": Money(59999)}, "比委托书写的最低价（每亩每年600.00元）低"),
        ({"members_only": True}, {"recipient": OUTSIDER}, "只流转给本集体成员"),
        ({"since": date(2026, 1, 1), "until": date(2026, 8, 1)}, {}, "委托已经到期"),
    ],
)
def test_r50_a_mandate_covers_term_price_and_recipient(world, given, terms, said) -> None:
    parcels(world, ("C1", "张三", "P1", 250))
    mandate(world, "C1", "P1", **given)
    with pytest.raises(Refused, match=f"张三的P1号地块：.*{said}"):
        let(world, "P1", **terms)
    mandate(world, "C1", "P1")
    let(world, "P1", **terms) if "price" not in terms else let(world, "P1", price=Money(60000))


def test_r50_a_withdrawn_mandate_lets_nothing_more_and_what_is_let_stays(world) -> None:
    two_homes(world)
    made = let(world, "P1")
    (_li, zhang), _next = mandates_in(VILLAGE)
    asked = {"mandate": zhang.id, "on": world.day, "by": world.who(CLERK)}
    with pytest.raises(Refused, match="没有撤回委托的书面材料"):
        services.withdraw_mandate(paper="x", at=world.at, **asked)
    services.withdraw_mandate(paper=world.paper("撤回"), at=world.at, **asked)
    with pytest.raises(Refused, match="已经撤回"):
        services.withdraw_mandate(paper=world.paper("撤回"), at=world.at, **asked)
    with pytest.raises(Refused, match="张三的P2号地块：委托已经撤回"):
        let(world, "P2")
    assert transfer_list(made.number).ended is None and listed_for("SX-1") == (made.number,)


def test_r51_not_a_day_beyond_the_contract(world) -> None:
    parcels(world, ("C1", "张三", "P1", 250), until=UNTIL)
    mandate(world, "C1", "P1", until=UNTIL + timedelta(days=9))
    with pytest.raises(Refused, match="张三的P1号地块：承包到2031-09-30为止") as refusal:
        let(world, "P1", until=UNTIL + timedelta(days=1))
    assert refusal.value.basis.article == "第38条第3项"
    assert let(world, "P1", until=UNTIL)


def test_what_a_list_lacks_stands_row_by_row(world) -> None:
    two_homes(world)
    parcels(world, ("C3", "王五", "P4", 100), until=SINCE)
    let(world, "P1")
    rows = preview(VILLAGE, ["P1", "P2", "P4"], Terms(SINCE, UNTIL, 80000, False), world.day)
    assert [[fault.rule for fault in row.faults] for row in rows] == [[""], [], ["R50", "R51"]]
    assert [row.rent.fen for row in rows] == [200000, 106400, 80000]


def test_a_parcel_is_let_once_in_overlapping_days_and_free_after_an_end(world) -> None:
    two_homes(world)
    first = let(world, "P1", until=date(2028, 9, 30))
    with pytest.raises(Refused, match=f"张三的P1号地块：.*{first.number}上流转了"):
        let(world, "P1", since=date(2028, 9, 30))
    let(world, "P1", since=date(2028, 10, 1))
    second = let(world, "P2")
    services.end_transfer(
        number=second.number,
        on=date(2027, 9, 30),
        reason="受让方弃耕",
        by=world.who("town_government"),
        at=world.at,
    )
    with pytest.raises(Refused, match="P2号地块"):
        let(world, "P2", since=date(2027, 9, 30))
    assert let(world, "P2", since=date(2027, 10, 1))


def test_r53_collective_land_for_outsiders_needs_two_thirds_and_the_town(world) -> None:
    services.register_parcels(
        [NewParcel("JT", "", "", "J1", 1000)], village=VILLAGE, by=world.who(CLERK), at=world.at
    )
    chair = world.who("rce_chair")
    for consent, said in (
        (None, "全体的3分之2以上"),
        (Consent("JY-1", 19, 30, "镇批1号"), "30人里19人同意"),
        (Consent("", 30, 30, "镇批1号"), "全体的3分之2以上"),
        (Consent("JY-1", 20, 30), "还没有镇政府批准"),
    ):
        with pytest.raises(Refused, match=said) as refusal:
            let(world, "J1", recipient=OUTSIDER, consent=consent, by=chair)
        assert refusal.value.basis.article == "第52条"
    made = let(world, "J1", recipient=OUTSIDER, consent=Consent("JY-1", 20, 30, "镇批1号"), by=chair)
    with pytest.raises(Refused, match="进集体账户，不发给个人"):
        services.make_rent_list(transfer=made.number, year=1, by=world.who(CLERK), at=world.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        TransferList.objects.filter(pk=made.number).update(approval="")


def test_kinds_of_land_are_not_mixed_and_other_offices_let_nothing(world) -> None:
    two_homes(world)
    services.register_parcels(
        [NewParcel("JT", "", "", "J1", 1000)], village=VILLAGE, by=world.who(CLERK), at=world.at
    )
    with pytest.raises(Refused, match="不能列在一张"):
        let(world, "P1", "J1", by=world.who("rce_chair"))
    for who in ("district_finance", "bookkeeper"):
        with pytest.raises(Refused, match="您的职务不办"):
            let(world, "P1", by=world.who(who))
    for other, said in (
        ({"case": " "}, "没有事项"),
        ({"price": Money(0)}, "没有写价"),
        ({"until": date(2020, 1, 1)}, "写反"),
    ):
        with pytest.raises(Refused, match=said):
            let(world, "P1", **other)
    for numbers, said in ((("P1", "P1"), "两遍"), (("P9",), "没有登记P9"), ((), "一块地也没有")):
        with pytest.raises(Refused, match=said):
            let(world, *numbers)


def test_parcels_and_mandates_come_whole_or_not_at_all(world) -> None:
    by = world.who(CLERK)
    good = NewParcel("C1", "张三", "东组", "P1", 250, CONTRACT_ENDS)
    for bad, said in (
        (NewParcel("C1", "李四", "", "P2", 1, CONTRACT_ENDS), "第2行：C1号承包合同登记的是另一户"),
        (NewParcel("C2", "李四", "", "P1", 1, CONTRACT_ENDS), "第2行：P1号地块已经登记过"),
        (NewParcel("C2", "李四", "", "P2", 0, CONTRACT_ENDS), "第2行：没有写面积"),
        (NewParcel("C2", "李四", "", "P2", 1), "第2行：没有写承包到哪一天"),
        (NewParcel("", "李四", "", "P2", 1, CONTRACT_ENDS), "第2行：没有地块号"),
    ):
        with pytest.raises(Refused, match=said):
            services.register_parcels([good, bad], village=VILLAGE, by=by, at=world.at)
        assert Parcel.objects.count() == 0
    parcels(world, ("C1", "张三", "P1", 250), ("C2", "李四", "P3", 100))
    right = NewMandate("C1", ("P1",), SINCE, UNTIL, Money(0), False, world.paper())
    for contract, numbers, paper, said in (
        ("C1", ("P3",), world.paper(), "第2行：P3号地块不是这一户的"),
        ("C9", ("P3",), world.paper(), "第2行：没有登记这一户"),
        ("C2", (), world.paper(), "第2行：没有写哪几块地"),
        ("C2", ("P3",), "", "没有本户签名的委托书的照片"),
    ):
        wrong = NewMandate(contract, numbers, SINCE, UNTIL, Money(0), False, paper)
        with pytest.raises(Refused, match=said):
            services.register_mandates([right, wrong], village=VILLAGE, by=by, at=world.at)
        assert mandates_in(VILLAGE) == ((), None)
    page, after = parcels_in(VILLAGE, limit=1)
    assert [one.plot.number for one in page] == ["P1"] and after is not None
    assert [one.plot.number for one in parcels_in(VILLAGE, after)[0]] == ["P3"]


def test_r52_the_price_goes_to_the_households_with_the_exact_sums(world) -> None:
    two_homes(world)
    list = let(world, "P1", "P2", "P3").number
    by, finance = world.who(CLERK), world.who("bookkeeper")
    made = services.make_rent_list(transfer=list, year=1, by=by, at=world.at)
    due = payment(made.number).due
    assert [(one.name, one.fen) for one in due] == [("张三", 306400), ("李四", 320800)]
    with pytest.raises(Refused, match="已经有了"):
        services.make_rent_list(transfer=list, year=1, by=by, at=world.at)
    with pytest.raises(Refused, match="流转已经结束"):
        services.make_rent_list(transfer=list, year=6, by=by, at=world.at)

    def back(*rows: tuple[int, str, int]):
        lines = [Line(*one) for one in rows]
        return services.take_return(number=made.number, lines=lines, by=by, at=world.at).differences

    def sign(who: str) -> int:
        return services.sign_payment(number=made.number, by=world.who(who), at=world.at)

    with pytest.raises(Refused, match="还没有登记银行的回单"):
        sign("bookkeeper")
    assert [(one.fault, one.name) for one in back((1, "张三", 306400), (2, "某干部", 320800))] == [
        ("extra", "某干部"), ("missing", "李四"),
    ]  # fmt: skip
    with pytest.raises(Refused, match="有2行和名单不一致"):
        sign("bookkeeper")
    assert [one.fault for one in back((1, "张三", 306399), (2, "李四", 320800))] == ["amount"]
    assert back((0, "李四", 320800), (0, "张三", 306400)) == ()
    with pytest.raises(Refused, match="做名单的人"):
        sign(CLERK)
    assert sign("bookkeeper") == 1
    with pytest.raises(Refused, match="签过的人"):
        sign("bookkeeper")
    with pytest.raises(Refused, match="不能再换"):
        back((1, "张三", 306400), (2, "李四", 320800))
    assert sign("town_government") == 2 and finance.person


def test_r52_random_returns_are_equal_only_when_they_are(world) -> None:
    chance = random.Random(52)
    heads = [f"户{place}" for place in range(12)]
    parcels(world, *((f"C{at}", head, f"P{at}", chance.randint(1, 999)) for at, head in enumerate(heads)))
    for at in range(12):
        mandate(world, f"C{at}", f"P{at}")
    made = services.make_rent_list(
        transfer=let(world, *(f"P{at}" for at in range(12))).number, year=1, by=world.who(CLERK), at=world.at
    )
    due = payment(made.number).due
    assert sum(one.fen for one in due) == made.total.fen
    for _round in range(25):
        lines, wrong = [*due], chance.randint(0, 2)
        chance.shuffle(lines)
        for _ in range(wrong):
            place = chance.randrange(len(lines))
            one = lines.pop(place)
            if chance.random() < 0.5:
                lines.append(
                    Line(one.line, one.name, one.fen + chance.choice((-1, 1)) * chance.randint(1, 9))
                )
        lines = [one for one in lines if one.fen > 0]
        view = services.take_return(number=made.number, lines=lines, by=world.who(CLERK), at=world.at)
        same = sorted((one.name, one.fen) for one in lines) == sorted((one.name, one.fen) for one in due)
        assert (view.differences == ()) is same


def test_of_eight_lists_at_once_one_lets_the_parcel(lasting_world) -> None:
    world = lasting_world
    two_homes(world)
    by, at, start = world.who(CLERK), world.at, Barrier(8)

    def run(place: int) -> str:
        start.wait()
        try:
            return let(world, "P1", "P3", case=f"SX-{place}", by=by).number
        except Refused:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(run, range(8)))
    assert sum(map(bool, done)) == 1 and TransferLine.objects.count() == 2
    assert max(done) == f"LZ-{VILLAGE}-2026-001" and at
