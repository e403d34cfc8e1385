"""Village labour: once in the district (R54), not from hospital (R55), appraised (R56), paid as worked."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from mingbai.journal.models import EntryRow
from mingbai.kernel import Money, Refused
from mingbai.labour import services
from mingbai.labour.models import Attendance, ExternalState, PayList, Worker
from mingbai.labour.queries.attendance import grid, overlaps, unappraised, work_order
from mingbai.labour.queries.lists import pay_list
from mingbai.labour.rules import PaidLine
from mingbai.labour.services import NewState, Row
from mingbai.organisations import queries as organisations
from mingbai.organisations.services import record_departure

sys.path.insert(0, str(Path(__file__).parent))
from labour_ground import (
    MONTH,
    OTHER,
    VILLAGE,
    attend,
    make,
    number,
    order,
    signed,
    two_villages,
    witness,
    worker,
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(world):
    two_villages(world)
    return world


def test_no_identity_number_is_kept(ground) -> None:
    worker(ground, "赵金丝雀", 77)
    told = "".join(str(value) for row in Worker.objects.values() for value in row.values())
    told += "".join(row.content for row in EntryRow.objects.filter(act__startswith="labour."))
    assert number(serial=77) not in told and "赵金丝雀" not in told


def test_entered_again_he_is_the_same_and_another_name_or_a_child_is_refused(ground) -> None:
    first = worker(ground)
    assert worker(ground) == first
    elsewhere = worker(ground, village=OTHER)
    assert elsewhere != first and Worker.objects.values("who").distinct().count() == 1
    with pytest.raises(Refused, match="登记过别的姓名"):
        worker(ground, "王六")
    with pytest.raises(Refused, match="不满16周岁"):
        worker(ground, "小王", 9, birth="20150101")


def test_r54_one_person_in_two_villages_on_one_day_is_refused_and_where_is_told_to_whom_it_may(
    ground,
) -> None:
    here, there = worker(ground), worker(ground, village=OTHER)
    one, two = order(ground), order(ground, "SX-8", OTHER, "西组路口")
    attend(ground, one, (here, 3, 1))
    with pytest.raises(Refused, match="已经在别的村出工") as told:
        attend(ground, two, (there, 3, 2), village=OTHER)
    assert "东组水渠" not in told.value.reason
    ground.appoint("village_group_leader", "两村都管", OTHER)
    both = organisations.actor_on(ground.appoint("village_committee", "看得见两村的", OTHER), ground.day)
    with pytest.raises(Refused, match="别的村"):
        services.record_attendance(order=two, rows=[Row(there, date(2026, 9, 3), 2)], by=both, at=ground.at)
    attend(ground, two, (there, 4, 1), village=OTHER)
    third = order(ground, "SX-9", place="北坡")
    with pytest.raises(Refused, match="东组水渠.*YG-340311104201-2026-001"):
        attend(ground, third, (here, 3, 2))
    same_place = order(ground, "SX-10")
    attend(ground, same_place, (here, 3, 2))


def test_a_sheet_is_taken_whole_or_not_at_all(ground) -> None:
    one, two = worker(ground), worker(ground, "李四", 2)
    made = order(ground)
    attend(ground, made, (one, 2, 1))
    with pytest.raises(Refused, match="已经在"):
        attend(ground, made, (two, 2, 1), (two, 2, 2), (one, 2, 1))
    assert Attendance.objects.count() == 1
    for wrong, why in (
        ([], "没有勾"), ([(one, 21, 1)], "还没有到"), ([(one, 5, 3)], "半天或者小时"), ([(one, 5, 1)] * 2, "写了两遍"),
        ([(999, 5, 1)], "没有在本村登记"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=why):
            attend(ground, made, *wrong)
    with pytest.raises(Refused, match="半天或者小时"):
        attend(ground, made, (one, 5, 1), hours=4)


def test_more_days_than_approved_are_refused(ground) -> None:
    one, made = worker(ground), order(ground, decided={"days": 1})
    attend(ground, made, (one, 2, 1), (one, 2, 2))
    with pytest.raises(Refused, match="超过核定的1个工日"):
        attend(ground, made, (one, 3, 1))


def test_by_the_hour_a_day_has_eight(ground) -> None:
    one = worker(ground)
    made = order(ground, unit="hour", rate=Money(1500))
    attend(ground, made, (one, 2, 1), hours=5)
    with pytest.raises(Refused, match="超过8小时"):
        attend(ground, made, (one, 2, 2), hours=4)
    with pytest.raises(Refused, match="超过8小时"):
        attend(ground, made, (one, 3, 1), (one, 3, 2), hours=5)
    witness(ground, attend(ground, made, (one, 2, 2), hours=3).id)
    witness(ground, Attendance.objects.order_by("id")[0].sheet_id)
    assert make(ground, made).total == Money(8 * 1500)


def test_an_order_is_the_cases_once_and_at_its_rate(ground) -> None:
    order(ground)
    for more, why in (
        ({}, "已经开过"), ({"case": "SX-8", "rate": Money(13000)}, "不一致"), ({"case": "SX-8", "place": " "}, "在哪里干"),
        ({"case": "SX-8", "unit": "hour", "rate": Money(2000)}, "不一致"), ({"case": "SX-8", "unit": "week"}, "计工办法"),
        ({"case": "SX-8", "until": date(2026, 8, 1)}, "起止日期"), ({"case": "SX-8", "decided": {"days": 0}}, "大于零"),
        ({"case": "SX-8", "decided": {"rate": Money(12001)}}, "整分"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=why):
            order(ground, **more)
    with pytest.raises(Refused, match="您的职务不办"):
        services.record_attendance(
            order=work_order("YG-340311104201-2026-001").number, rows=[Row(worker(ground), date(2026, 9, 2), 1)],
            by=ground.who("other_village_committee"), at=ground.at,
        )  # fmt: skip


def states(world, kind: str, day: int, serial: int = 1) -> int:
    return services.import_states(
        village=VILLAGE, source="卫健", by=world.who("town_government"), at=world.at,
        lines=[NewState(number(serial=serial), kind, date(2026, 9, day), date(2026, 9, day))],
    )  # fmt: skip


def test_r55_in_hospital_nobody_works_and_school_is_listed(ground) -> None:
    one, made = worker(ground), order(ground)
    assert states(ground, "hospital", 3) == 1 and states(ground, "hospital", 3) == 0
    with pytest.raises(Refused, match="外部资料表明王五") as told:
        attend(ground, made, (one, 3, 1))
    assert "住院" not in told.value.reason + (told.value.remedy or "")
    states(ground, "school", 4)
    assert attend(ground, made, (one, 4, 1)).listed == 1
    assert [(found.name, found.kind, found.refuses) for found in overlaps(VILLAGE, ground.day)] == [
        ("王五", "在校", False)
    ]
    assert "hospital" not in "".join(
        row.content for row in EntryRow.objects.filter(act="labour.state_imported")
    )


def test_r55_learned_later_it_stops_the_list(ground) -> None:
    one, made = worker(ground), order(ground)
    witness(ground, attend(ground, made, (one, 3, 1)).id)
    states(ground, "custody", 3)
    with pytest.raises(Refused, match="1个半天不能发"):
        make(ground, made)


def test_outside_states_are_the_towns_and_all_or_nothing(ground) -> None:
    lines = [NewState(number(), "school", MONTH, MONTH), NewState("1", "school", MONTH, MONTH)]
    asked = {"village": VILLAGE, "source": "教育", "at": ground.at, "lines": lines}
    with pytest.raises(Refused, match="第2行"):
        services.import_states(by=ground.who("town_government"), **asked)
    assert not ExternalState.objects.exists()
    with pytest.raises(Refused, match="由镇里录入"):
        services.import_states(by=ground.who("village_committee"), **asked)


def test_the_dead_do_not_work(ground) -> None:
    one, made = worker(ground), order(ground)
    who = Worker.objects.get(pk=one).who
    witness(ground, attend(ground, made, (one, 2, 1), (one, 10, 1)).id)
    record_departure(
        person=who, kind="died", on=date(2026, 9, 8), by=ground.who("village_clerk"), at=ground.at
    )
    with pytest.raises(Refused, match="去世"):
        attend(ground, made, (one, 9, 1))
    with pytest.raises(Refused, match="1个半天不能发.*09-10"):
        make(ground, made)


def test_the_recorder_does_not_witness_and_an_unwitnessed_sheet_is_not_paid(ground) -> None:
    one, made = worker(ground), order(ground)
    sheet = attend(ground, made, (one, 2, 1)).id
    with pytest.raises(Refused, match="还没有别人核实"):
        make(ground, made)
    hands = ground.who("village_supervision_committee")
    with pytest.raises(Refused, match="您的职务不办"):
        services.witness_sheet(sheet=sheet, paper="", by=ground.who("village_committee"), at=ground.at)
    with pytest.raises(Refused, match="没有签字的考勤表的照片"):
        services.witness_sheet(sheet=sheet, paper="1", by=hands, at=ground.at)
    witness(ground, sheet)
    with pytest.raises(Refused, match="已经核实"):
        witness(ground, sheet)


def test_a_list_is_the_attendance_signed_by_two_others_and_paid_to_the_fen(ground) -> None:
    one, two, made = worker(ground), worker(ground, "李四", 2), order(ground)
    witness(ground, attend(ground, made, (one, 2, 1), (one, 2, 2), (two, 2, 1)).id)
    listed = make(ground, made)
    assert (listed.count, listed.total) == (2, Money(18000))
    view = pay_list(listed.number)
    assert [(line.name, line.worked, line.amount.yuan()) for line in view.lines] == [
        ("王五", "1天", "120.00"), ("李四", "0.5天", "60.00"),
    ]  # fmt: skip
    with pytest.raises(Refused, match="已经造了发放表"):
        attend(ground, made, (one, 3, 1))
    with pytest.raises(Refused, match="造表的人"):
        services.sign_list(number=listed.number, by=ground.who("bookkeeper"), at=ground.at)
    pay = {"case": "SX-7", "voucher": "2026-09-1", "by": ground.who("bookkeeper"), "office": "bookkeeper"}
    with pytest.raises(Refused, match="没有两个人签字"):
        services.settle(amount=Money(18000), at=ground.at, **pay)
    signed(ground, listed.number)
    with pytest.raises(Refused, match="两个人都签过了"):
        services.sign_list(number=listed.number, by=ground.who("town_government"), at=ground.at)
    with pytest.raises(Refused, match="不一致"):
        services.settle(amount=Money(18001), at=ground.at, **pay)
    assert services.settle(amount=Money(18000), at=ground.at, **pay) == 1
    with pytest.raises(Refused, match="合计0.00元"):
        services.settle(amount=Money(18000), at=ground.at, **pay)
    with pytest.raises(Refused, match="作废或者付了"):
        services.void_list(number=listed.number, reason="错", by=ground.who("bookkeeper"), at=ground.at)
    back = services.take_return(
        number=listed.number, lines=[PaidLine(0, "王五", 12000), PaidLine(0, "张三", 6000)],
        by=ground.who("bookkeeper"), at=ground.at,
    )  # fmt: skip
    assert {(fault.kind, fault.who) for fault in back.bank or ()} == {("extra", "张三"), ("missing", "李四")}


def test_what_was_taken_back_earns_nothing_and_may_be_recorded_anew(ground) -> None:
    one, made = worker(ground), order(ground)
    witness(ground, attend(ground, made, (one, 2, 1), (one, 3, 1)).id)
    listed = make(ground, made).number
    wrong, by = Attendance.objects.get(on=date(2026, 9, 2)).pk, ground.who("village_committee")
    with pytest.raises(Refused, match="已经造了发放表"):
        services.withdraw(attendance=wrong, reason="记错", by=by, at=ground.at)
    services.void_list(number=listed, reason="考勤记错", by=ground.who("bookkeeper"), at=ground.at)
    services.withdraw(attendance=wrong, reason="记错", by=by, at=ground.at)
    with pytest.raises(Refused, match="已经撤回"):
        services.withdraw(attendance=wrong, reason="记错", by=by, at=ground.at)
    assert make(ground, made).total == Money(6000)
    other = order(ground, "SX-8", place="北坡")
    attend(ground, other, (one, 2, 1))
    assert [row.turn for row in Attendance.objects.filter(on=date(2026, 9, 2)).order_by("id")] == [0, 1]
    row = grid(work_order(made), MONTH)[0]
    assert (row.days, list(row.cells)) == ("0.5", [(3, 1)])


def test_the_approved_sum_bounds_all_lists_together(ground) -> None:
    one, made = worker(ground), order(ground, decided={"total": Money(6000)})
    witness(ground, attend(ground, made, (one, 2, 1), (one, 2, 2)).id)
    with pytest.raises(Refused, match="超过核定的60.00元"):
        make(ground, made)


def allowance(world, who: int, since: date = date(2026, 1, 1)) -> int:
    return services.name_allowance(
        worker=who, case="SX-20", monthly=Money(30000), since=since, until=date(2026, 12, 31),
        by=world.who("bookkeeper"), at=world.at,
    )  # fmt: skip


def test_who_has_a_fixed_allowance_draws_no_wages(ground) -> None:
    one, two, made = worker(ground), worker(ground, "李四", 2), order(ground)
    allowance(ground, one)
    with pytest.raises(Refused, match="已经在领误工补贴"):
        allowance(ground, one)
    with pytest.raises(Refused, match="在领误工补贴，同一天不能再领工钱"):
        attend(ground, made, (one, 2, 1))
    witness(ground, attend(ground, made, (two, 2, 1)).id)
    allowance(ground, two)
    with pytest.raises(Refused, match="在领误工补贴"):
        make(ground, made)


def appraise(world, who: int, year: int, result: str = "good") -> None:
    services.record_appraisal(
        worker=who, year=year, result=result, held_on=date(year, 12, 20), paper=world.paper("评议记录"),
        by=world.who("town_government"), at=world.at,
    )  # fmt: skip


def test_r56_without_last_years_appraisal_no_allowance_is_paid(ground) -> None:
    one, two = worker(ground), worker(ground, "李四", 2)
    allowance(ground, one, date(2025, 3, 1))
    allowance(ground, two)
    assert [(found.name, found.reason) for found in unappraised(VILLAGE, MONTH)] == [
        ("王五", "2025年没有民主评议")
    ]
    asked = {
        "village": VILLAGE,
        "case": "SX-20",
        "month": MONTH,
        "by": ground.who("bookkeeper"),
        "at": ground.at,
    }
    listed = services.make_allowance_list(**asked)
    assert (listed.count, listed.total, listed.held) == (1, Money(30000), ("王五：2025年没有民主评议",))
    services.void_list(number=listed.number, reason="等评议", by=ground.who("bookkeeper"), at=ground.at)
    appraise(ground, one, 2025)
    with pytest.raises(Refused, match="已经评议过"):
        appraise(ground, one, 2025)
    listed = services.make_allowance_list(**{**asked, "at": ground.at})
    assert (listed.count, listed.held) == (2, ())
    signed(ground, listed.number)


def test_r56_twice_not_competent_ends_it(ground) -> None:
    one = worker(ground)
    allowance(ground, one, date(2024, 1, 1))
    appraise(ground, one, 2024, "poor")
    appraise(ground, one, 2025, "poor")
    with pytest.raises(Refused, match="连续2年评议不称职"):
        services.make_allowance_list(
            village=VILLAGE, case="SX-20", month=MONTH, by=ground.who("bookkeeper"), at=ground.at
        )


def test_the_published_roll_adds_up_and_goes_out_once(ground) -> None:
    one, two, made = worker(ground), worker(ground, "李四", 2), order(ground)
    witness(ground, attend(ground, made, (one, 2, 1), (two, 3, 1), (two, 3, 2)).id)
    listed, by = make(ground, made).number, ground.who("village_committee_director")
    with pytest.raises(Refused, match="还没有两个人签字"):
        services.publish_roll(number=listed, by=by, at=ground.at)
    signed(ground, listed)
    assert services.publish_roll(number=listed, by=by, at=ground.at) == 2
    with pytest.raises(Refused, match="已经公布"):
        services.publish_roll(number=listed, by=by, at=ground.at)
    told = json.loads(EntryRow.objects.get(act="labour.roll_published").content)
    assert sum(line["fen"] for line in told["data"]["lines"]) == told["data"]["total_fen"] == 18000
    assert {field["kind"] for field in told["fields"] if field["id"].startswith("name.")} == {"person"}


def test_the_tables_refuse_change_and_a_second_place(ground) -> None:
    one, made = worker(ground), order(ground)
    attend(ground, made, (one, 2, 1))
    row = Attendance.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        Attendance.objects.update(half=2)
    with pytest.raises(DatabaseError), transaction.atomic():
        PayList.objects.none().delete()
        Attendance.objects.filter(pk=row.pk)._raw_delete("default")
    with pytest.raises(DatabaseError), transaction.atomic():
        Attendance.objects.create(
            sheet=row.sheet, order=row.order, worker=row.worker, digest=row.digest, on=row.on, half=row.half
        )


def _at_once(acts):
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait()
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_r54_two_villages_record_one_person_at_once_and_one_wins(lasting_world) -> None:
    world = lasting_world
    two_villages(world)
    people = [(worker(world, f"工{n}", n), worker(world, f"工{n}", n, OTHER)) for n in range(1, 5)]
    one, two = order(world), order(world, "SX-8", OTHER, "西组路口")
    hands = {one: world.who("village_committee"), two: world.who("other_village_committee")}
    at = world.at

    def act(order: str, ids: list[int]):
        rows = [Row(who, date(2026, 9, 5), half) for who in ids for half in (1, 2)]
        return lambda: services.record_attendance(order=order, rows=rows, by=hands[order], at=at)

    here, there = [a for a, _ in people], [b for _, b in people]
    got = _at_once([act(one, here), act(two, there[::-1]), act(one, here[::-1]), act(two, there)])
    assert sum(not isinstance(one, Refused) for one in got) == 1
    rows = Attendance.objects.values_list("digest", "half")
    assert len(rows) == len(set(rows)) == 8 and Attendance.objects.values("order").distinct().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_make_one_list_and_sign_once_each(lasting_world) -> None:
    world = lasting_world
    two_villages(world)
    one, made = worker(world), order(world)
    witness(world, attend(world, made, (one, 2, 1)).id)
    by, at = world.who("bookkeeper"), world.at
    got = _at_once([lambda: services.make_list(order=made, month=MONTH, by=by, at=at)] * 3)
    assert sum(not isinstance(one, Refused) for one in got) == 1 and PayList.objects.count() == 1
    listed = PayList.objects.get().number
    signers = [
        world.who(office) for office in ("village_supervision_committee", "village_clerk", "town_government")
    ]
    at = world.at
    got = _at_once([lambda by=by: services.sign_list(number=listed, by=by, at=at) for by in signers])
    assert sorted(one for one in got if not isinstance(one, Refused)) == [1, 2]
