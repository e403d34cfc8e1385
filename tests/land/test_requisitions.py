"""A requisition adds up to the 0.01 mu and the fen; quotas go to people who lost land, once in the district, shown first."""

from __future__ import annotations

import random
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection

from mingbai.journal.queries import entries_of
from mingbai.kernel import Confidence, Money, Refused
from mingbai.land import services
from mingbai.land.models import Candidate, Household, Requisition
from mingbai.land.queries.access import settings_on
from mingbai.land.queries.payments import payment
from mingbai.land.queries.requisitions import requisition
from mingbai.land.rules.lists import Line
from mingbai.land.rules.requisitions import Award, Share, check_award
from mingbai.organisations.services import record_departure

sys.path.insert(0, str(Path(__file__).parent))
from land_ground import CLERK, VILLAGE, number, parcels

pytestmark = pytest.mark.django_db
BY = "village_committee"
SHARES = (
    Share("C1", 200, {"land": 300000, "crops": 20000}),
    Share("C2", 100, {"land": 150000, "crops": 10000, "attachments": 5000}),
)
AWARD = Award(
    {"arable": 320}, {"land": 500000, "crops": 30000, "attachments": 5000}, {"land": 50000}, 20, SHARES
)


def take(world, award: Award = AWARD, case: str = "SX-4") -> str:
    """A requisition of Zhang's and Li's land, announced on the first of August."""
    if not Household.objects.exists():
        parcels(world, ("C1", "张三", "P1", 250), ("C2", "李四", "P3", 401), ("C3", "王五", "P4", 100))
    return services.register_requisition(
        village=VILLAGE, case=case, title="一号路", announced_on=date(2026, 8, 1), paper=world.paper("征地公告"),
        award=award, by=world.who(BY), at=world.at,
    )  # fmt: skip


def home(contract: str) -> int:
    return Household.objects.get(contract=contract).pk


def put(
    world, taken: str, name: str = "张三", serial: int = 1, contract: str = "C1", birth: str = "19600101"
):
    return services.add_candidate(
        requisition=taken, household=home(contract), name=name, id_number=number(birth, serial), reason="征地多",
        by=world.who(BY), at=world.at,
    )  # fmt: skip


def give(world, taken: str, count: int) -> None:
    by = world.who("district_hr_social")
    services.give_quotas(requisition=taken, count=count, document="人社发1号", by=by, at=world.at)


def test_a_requisition_stands_whole_and_its_list_is_paid_without_the_collectives_share(world) -> None:
    taken = take(world)
    view = requisition(taken, world.day)
    assert (view.area, view.total, view.collective_area) == ("3.20", Money(535000), "0.20")
    assert view.items[0] == ("土地补偿费", Money(500000), Money(50000))
    assert sum(one.total.fen for one in view.shares) + 50000 == view.total.fen
    by = world.who(BY)
    made = services.make_compensation_list(requisition=taken, by=by, at=world.at)
    due = payment(made.number).due
    assert [(one.name, one.fen) for one in due] == [("张三", 320000), ("李四", 165000)]
    with pytest.raises(Refused, match="已经有了"):
        services.make_compensation_list(requisition=taken, by=by, at=world.at)
    kept = [*due, Line(0, "集体", 50000)]
    view = services.take_return(number=made.number, lines=kept, by=by, at=world.at)
    assert [(one.fault, one.name) for one in view.differences] == [("extra", "集体")]
    with pytest.raises(Refused, match="有1行和名单不一致"):
        services.sign_payment(number=made.number, by=world.who("rce_council"), at=world.at)
    services.take_return(number=made.number, lines=due, by=by, at=world.at)
    for who in ("rce_council", "town_government"):
        services.sign_payment(number=made.number, by=world.who(who), at=world.at)
    assert len(payment(made.number).signed) == 2


@pytest.mark.parametrize(
    ("award", "said"),
    [
        (Award({"arable": 321}, AWARD.totals, AWARD.kept, 20, SHARES), "加起来是3.20亩，征收总面积是3.21亩"),
        (Award(AWARD.lands, {**AWARD.totals, "land": 500001}, AWARD.kept, 20, SHARES), "土地补偿费：各户和集体加起来"),
        (Award(AWARD.lands, {**AWARD.totals, "crops": 31000}, {"land": 50000, "crops": 1000}, 20, SHARES), "青苗补偿费归农户"),
        (Award({"arable": 520}, {**AWARD.totals, "land": 800000}, AWARD.kept, 20, (*SHARES, SHARES[0])), "写了两遍"),
        (Award({"sea": 320}, AWARD.totals, AWARD.kept, 20, SHARES), "没有这种地类"),
        (Award(AWARD.lands, {**AWARD.totals, "gift": 1}, AWARD.kept, 20, SHARES), "没有这种补偿费"),
        (Award({"arable": 0}, AWARD.totals, AWARD.kept, 0, ()), "没有征地面积"),
        (Award(AWARD.lands, AWARD.totals, {"land": -50000}, 20, SHARES), "负数"),
        (Award({"arable": 321}, AWARD.totals, AWARD.kept, 20, (*SHARES, Share("C9", 1))), "没有登记C9号"),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_refused_and_leaves_nothing(world, award, said) -> None:
    with pytest.raises(Refused, match=said):
        take(world, award)
    assert Requisition.objects.count() == 0


def test_random_awards_stand_only_when_every_item_adds_up(world) -> None:
    rules, chance = settings_on(world.day).requisition, random.Random(48)
    for _round in range(200):
        shares = [
            Share(
                f"C{at}",
                chance.randint(0, 99),
                {"land": chance.randint(0, 9999), "crops": chance.randint(0, 99)},
            )
            for at in range(chance.randint(1, 9))
        ]
        kept, own = chance.randint(0, 99), chance.randint(0, 9)
        off = chance.choice((0, 0, 1, -1))
        totals = {
            "land": sum(one.sums["land"] for one in shares) + kept + 1 + off,
            "crops": sum(one.sums["crops"] for one in shares),
        }
        award = Award(
            {"arable": sum(one.area for one in shares) + own + 1}, totals, {"land": kept + 1}, own + 1, shares
        )
        if off:
            with pytest.raises(Refused, match="土地补偿费"):
                check_award(rules, award)
        else:
            check_award(rules, award)


def test_quotas_are_not_overrun_and_each_change_is_an_act(world) -> None:
    taken = take(world)
    with pytest.raises(Refused, match="只有0个名额"):
        put(world, taken)
    with pytest.raises(Refused, match="您的职务不办"):
        services.give_quotas(requisition=taken, count=1, document="文", by=world.who(BY), at=world.at)
    give(world, taken, 1)
    first = put(world, taken)
    with pytest.raises(Refused, match="只有1个名额，已经列满"):
        put(world, taken, "李四", 2, "C2")
    with pytest.raises(Refused, match="比这个数还多"):
        give(world, taken, 0)
    with pytest.raises(Refused, match="没有写理由"):
        services.remove_candidate(candidate=first, reason=" ", by=world.who(BY), at=world.at)
    services.remove_candidate(candidate=first, reason="本人不要", by=world.who(BY), at=world.at)
    put(world, taken, "李四", 2, "C2")
    assert [one.name for one in requisition(taken, world.day).candidates] == ["李四"]
    assert Candidate.objects.count() == 2


def test_who_may_have_a_quota(world) -> None:
    taken = take(world)
    give(world, taken, 9)
    with pytest.raises(Refused, match="王五这一户这次没有征到地"):
        put(world, taken, "王五", 5, "C3")
    with pytest.raises(Refused, match="公告那天15周岁，没有满16周岁") as refusal:
        put(world, taken, "张小", 6, birth="20100802")
    assert refusal.value.basis.confidence is Confidence.assumed
    put(world, taken, "张小", 6, birth="20100801")
    put(world, taken)
    other = take(world, case="SX-5")
    give(world, other, 1)
    for one in (taken, other):
        with pytest.raises(Refused, match="张三在本区已经占了一个名额"):
            put(world, one)
    dead = Candidate.objects.get(birth=date(1960, 1, 1))
    services.remove_candidate(candidate=dead.pk, reason="去世", by=world.who(BY), at=world.at)
    record_departure(person=dead.who, kind="died", on=world.day, by=world.who(CLERK), at=world.at)
    with pytest.raises(Refused, match="张三已经去世，不占名额"):
        put(world, taken)
    with pytest.raises(Refused, match="登记过别的姓名"):
        put(world, taken, "李鬼", 1)


def test_the_list_is_shown_as_it_is_before_it_is_reported_and_closed_then(world) -> None:
    taken = take(world)
    give(world, taken, 3)
    by = world.who(BY)

    def report() -> None:
        services.report_quotas(requisition=taken, by=by, at=world.at)

    with pytest.raises(Refused, match="一个人也没有"):
        services.publicise_quotas(requisition=taken, by=by, at=world.at)
    put(world, taken)
    with pytest.raises(Refused, match="还没有公示过"):
        report()
    assert services.publicise_quotas(requisition=taken, by=by, at=world.at) == 1
    world.wait(7)
    with pytest.raises(Refused, match="公示要满7天") as refusal:
        report()
    assert refusal.value.basis.confidence is Confidence.assumed
    late = put(world, taken, "李四", 2, "C2")
    world.wait()
    with pytest.raises(Refused, match="公示以后名单变过"):
        report()
    services.remove_candidate(candidate=late, reason="本人不要", by=by, at=world.at)
    report()
    assert requisition(taken, world.day).reported
    for act in (lambda: put(world, taken, "李四", 2, "C2"), report, lambda: give(world, taken, 9)):
        with pytest.raises(Refused, match="已经上报"):
            act()


def test_of_two_lists_at_once_one_has_the_person(lasting_world) -> None:
    world = lasting_world
    lists = [take(world), take(world, case="SX-5")]
    for one in lists:
        give(world, one, 3)
    by, at, start, zhang = world.who(BY), world.at, Barrier(4), home("C1")

    def run(place: int) -> bool:
        start.wait()
        try:
            services.add_candidate(
                requisition=lists[place % 2], household=zhang, name="张三", id_number=number("19600101"),
                reason="征地多", by=by, at=at,
            )  # fmt: skip
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(run, range(4)))
    assert sum(done) == 1 and Candidate.objects.count() == 1


def test_of_many_at_once_no_more_than_the_quotas_are_listed(lasting_world) -> None:
    world = lasting_world
    taken = take(world)
    give(world, taken, 2)
    by, at, start, zhang = world.who(BY), world.at, Barrier(6), home("C1")

    def run(place: int) -> bool:
        start.wait()
        try:
            services.add_candidate(
                requisition=taken, household=zhang, name=f"人{place}", id_number=number("19600101", place + 1),
                reason="征地多", by=by, at=at,
            )  # fmt: skip
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(run, range(6)))
    assert sum(done) == 2 == Candidate.objects.count()


def put_right(world, taken: str, *rows: Share, kept=None, by: str = BY, **more) -> int:
    said = {"reason": "两户的面积写反了", "paper": world.paper("丈量单"), "collective_area": None, **more}
    return services.correct_requisition(
        requisition=taken, rows=rows, kept=kept or {}, by=world.who(by), at=world.at, **said
    )


def test_a_wrong_line_is_put_right_by_contra_lines_of_the_day_and_the_whole_stays(world) -> None:
    taken = take(world)
    first, second = Share("C1", 150, {"land": 225000, "crops": 20000}), Share("C3", 50, {"land": 75000})
    for wrong, why in (
        ((first,), "亩"), ((Share("C1", 200, {"land": 300000, "crops": 20000}),), "没有要更正"),
        ((first, first), "两遍"), ((Share("C9", 50, {}),), "C9"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=why):
            put_right(world, taken, *wrong)
    with pytest.raises(Refused, match="为什么"):
        put_right(world, taken, first, second, reason=" ")
    with pytest.raises(Refused):
        put_right(world, taken, first, second, by="bookkeeper")
    assert put_right(world, taken, first, second) == 4
    view = requisition(taken, world.day)
    assert (view.total, view.area) == (Money(535000), "3.20") and view.corrections[0][1:] == (
        "两户的面积写反了",
        4,
    )
    assert {one.contract: (one.area, one.total.fen) for one in view.shares}["C3"] == ("0.50", 75000)
    assert (
        put_right(world, taken, Share("C3", 0, {}), Share("C1", 200, {"land": 300000, "crops": 20000})) == 4
    )
    kept = {"land": 40000}
    put_right(
        world, taken, Share("C2", 100, {"land": 160000, "crops": 10000, "attachments": 5000}), kept=kept
    )
    made = services.make_compensation_list(requisition=taken, by=world.who(BY), at=world.at)
    assert {one.fen for one in payment(made.number).due} == {320000, 175000}
    with pytest.raises(Refused, match="追回"):
        put_right(world, taken, first, second)
    said = next(
        one for one in reversed(entries_of(f"land:{taken}")) if one.act == "land.requisition_corrected"
    )
    assert {one.kind for one in said.fields if one.id.startswith("name.") and one.value != "集体"} == {
        "person"
    }


def test_the_state_s_approval_has_a_number_and_a_document(world) -> None:
    taken, by = take(world), world.who(BY)
    said = {
        "document": "皖政地〔2026〕12号",
        "authority": "安徽省人民政府",
        "on": world.day,
        "paper": world.paper("批文"),
    }
    for wrong in ({"document": " "}, {"paper": ""}, {"on": date(2030, 1, 1)}):
        with pytest.raises(Refused):
            services.approve_requisition(requisition=taken, by=by, at=world.at, **{**said, **wrong})
    services.approve_requisition(requisition=taken, by=by, at=world.at, **said)
    assert requisition(taken, world.day).approval == ("皖政地〔2026〕12号", "安徽省人民政府", world.day)


def test_r52_what_left_the_bank_is_the_list_s_sum_or_refused_and_a_voucher_pays_one_list(world) -> None:
    by = world.who(BY)
    made = [
        services.make_compensation_list(requisition=take(world, case=one), by=by, at=world.at) for one in ("SX-4", "SX-5")
    ]  # fmt: skip

    def tie(number: str, **paid: int) -> None:
        sums = {voucher: Money(fen) for voucher, fen in paid.items()}
        services.tie_vouchers(number=number, paid=sums, by=by, at=world.at)

    for paid in ({"V1": 484999}, {"V1": 485000, "V2": 1}, {}):
        with pytest.raises(Refused, match="不一致"):
            tie(made[0].number, **paid)
    tie(made[0].number, V1=480000, V2=5000)
    assert payment(made[0].number).vouchers == ("V1", "V2")
    with pytest.raises(Refused, match="已经付了名单"):
        tie(made[1].number, V2=485000)
    with pytest.raises(Refused, match="已经有付款凭证"):
        tie(made[0].number, V3=485000)
