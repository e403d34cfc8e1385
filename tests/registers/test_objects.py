"""Assets and resources: gap-free numbers, a picture each, whole sheets or nothing, and what becomes of them."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from mingbai.journal import queries as journal
from mingbai.journal.services import record
from mingbai.kernel import Money, Refused
from mingbai.registers import services
from mingbai.registers.models import ObjectRow
from mingbai.registers.queries.access import kinds_on
from mingbai.registers.queries.objects import file_of, gaps, idle, object_of, objects, totals
from mingbai.registers.rules.objects import NewObject, RowsRefused

VILLAGE, OTHER = "340311104201", "340311104202"


def asset(world, **more) -> NewObject:
    """A pump house, with a picture of its own."""
    plain = NewObject(
        family="asset", kind="water", name="东组机井泵房", custodian="village_committee", photos=(world.paper("照片"),),
        management="public", place="东组北侧", acquired="granted", acquired_on=date(2024, 5, 6),
        value=Money.parse("86000.00"), funded_by="高标准农田项目",
    )  # fmt: skip
    return replace(plain, **more)


def pond(world, **more) -> NewObject:
    """A pond of twelve and a half mu."""
    plain = NewObject(
        family="resource", kind="pond", name="南大塘", custodian="rce_council", photos=(world.paper("照片"),),
        management="unified", area=1250, boundaries="东至机耕路，南至大沟，西至生产路，北至村道",
    )  # fmt: skip
    return replace(plain, **more)


def put(world, new: NewObject, village: str = VILLAGE) -> str:
    """Register by the bookkeeper, today."""
    return services.register_object(
        village=village, new=new, by=world.who("bookkeeper"), occurred_on=world.day, at=world.at
    ).number


def act(world, number: str, **more):
    """What every change is told."""
    return {
        "number": number, "by": world.who("bookkeeper"), "occurred_on": world.day, "at": world.at, **more
    }  # fmt: skip


def resolved(world, case: str, result: str = "passed", village: str = VILLAGE) -> None:
    """A resolution on a case, as `meetings` writes it down."""
    with transaction.atomic():
        record(
            act="meeting.resolved", village=village, subject=f"case:{case}", actor="", office="",
            occurred_on=world.day, at=world.at, data={"result": result},
        )  # fmt: skip


def test_assets_and_resources_are_numbered_apart_and_recorded(world):
    numbers = [put(world, asset(world)), put(world, pond(world)), put(world, asset(world))]
    assert numbers == [f"ZC-{VILLAGE}-0001", f"ZY-{VILLAGE}-0001", f"ZC-{VILLAGE}-0002"]
    entry = journal.entries_of(f"object:{numbers[0]}")[0]
    shown = {one.label: one.value for one in entry.fields}
    assert (entry.act, shown["原值"], shown["种类"]) == (
        "register.asset_registered",
        "86,000.00",
        "机井、泵站、沟渠",
    )
    assert entry.data["account"] == "151" and len(entry.data["papers"]) == 1
    land = {one.label: one.value for one in journal.entries_of(f"object:{numbers[1]}")[0].fields}
    assert land["面积（亩）"] == "12.50" and "大沟" in land["四至"] and "原值" not in land


@pytest.mark.parametrize(
    "wrong, reason",
    [
        ({"photos": ()}, "没有照片"),
        ({"photos": ("f" * 32,)}, "没有上传"),
        ({"kind": "pond"}, "种类"),
        ({"name": " "}, "没有名称"),
        ({"name": "机井13955267381"}, "个人号码"),
        ({"custodian": "town_government"}, "由谁保管"),
        ({"state": "disposed"}, "使用情况"),
        ({"management": "unified"}, "怎样经营"),
        ({"owner": "group"}, "村民小组"),
        ({"acquired": ""}, "怎样取得"),
        ({"acquired_on": date(2030, 1, 1)}, "取得日期"),
        ({"value": None}, "原值"),
        ({"area": 5}, "不写面积"),
        ({"account": "502"}, "科目"),
        ({"acquired": "surplus"}, "盘盈"),
        ({"found_in": "QC-1"}, "盘盈"),
    ],
)
def test_an_asset_that_lacks_something_is_refused_and_takes_no_number(world, wrong, reason):
    with pytest.raises(Refused, match=reason) as refusal:
        put(world, asset(world, **wrong))
    assert refusal.value.remedy
    assert put(world, asset(world)).endswith("-0001")


@pytest.mark.parametrize(
    "wrong, reason",
    [
        ({"area": None}, "面积"),
        ({"area": 0}, "面积"),
        ({"boundaries": "东至路，南至沟，西至渠"}, "四至"),
        ({"account": "151"}, "科目"),
        ({"management": "operating"}, "怎样经营"),
    ],
)
def test_a_resource_that_lacks_something_is_refused(world, wrong, reason):
    with pytest.raises(Refused, match=reason):
        put(world, pond(world, **wrong))


def test_a_picture_shows_one_object_and_is_the_villages_own(world):
    new = asset(world)
    put(world, new)
    with pytest.raises(Refused, match="用在别的物上"):
        put(world, asset(world, photos=new.photos))
    with pytest.raises(Refused, match="不是本村"):
        put(world, asset(world, photos=(world.paper("照片", OTHER),)))


def test_only_who_keeps_the_register_and_not_for_tomorrow(world):
    new = asset(world)
    for by, on, reason in (
        (world.who("villager"), world.day, "不管这个村"),
        (world.who("rce_supervisors"), world.day, "不管这个村"),
        (world.who("bookkeeper"), date(2027, 1, 1), "今天之后"),
    ):
        with pytest.raises(Refused, match=reason):
            services.register_object(village=VILLAGE, new=new, by=by, occurred_on=on, at=world.at)
    with pytest.raises(Refused, match="不管这个村"):
        put(world, new, OTHER)


def test_a_sheet_is_taken_whole_or_every_wrong_row_is_named(world):
    rows = [asset(world), asset(world, photos=()), pond(world), pond(world, boundaries="")]
    asked = {"village": VILLAGE, "by": world.who("bookkeeper"), "occurred_on": world.day}
    with pytest.raises(RowsRefused, match="有2行") as refused:
        services.register_objects(rows, at=world.at, **asked)
    assert [one.row for one in refused.value.faults] == [1, 3]
    assert not ObjectRow.objects.exists()
    numbers = services.register_objects([rows[0], rows[2]], at=world.at, **asked)
    assert [one[:2] for one in numbers] == ["ZC", "ZY"]


def test_a_picture_twice_in_one_sheet_is_refused(world):
    first = asset(world)
    asked = {"village": VILLAGE, "by": world.who("bookkeeper"), "occurred_on": world.day, "at": world.at}
    with pytest.raises(RowsRefused) as refused:
        services.register_objects([first, asset(world, photos=first.photos)], **asked)
    assert [one.row for one in refused.value.faults] == [1]


def test_the_register_stands_as_of_a_day(world):
    number = put(world, asset(world, state="idle"))
    began = world.day
    world.wait(30)
    services.depreciate(**act(world, number, amount=Money.parse("6000.00")))
    services.change_use(**act(world, number, state="in_use", note="修好了"))
    world.wait(30)
    services.revalue(**act(world, number, value=Money.parse("70000.00"), basis="评估报告2026-3"))
    services.hand_over(**act(world, number, custodian="rce_council"))
    now, then = object_of(number), object_of(number, began)
    assert (then.standing.state, then.net.yuan()) == ("idle", "86,000.00")
    assert (now.standing.state, now.value.yuan(), now.net.yuan()) == ("in_use", "70,000.00", "70,000.00")
    assert now.standing.custodian == "rce_council"
    assert [one.number for one in idle(VILLAGE, began).items] == [number] and idle(VILLAGE).items == ()
    assert [one.kind for one in file_of(number).history] == [
        "photo",
        "depreciated",
        "use",
        "revalued",
        "custody",
    ]
    assert totals(VILLAGE).by_account == {"151": Money.parse("70000.00")}
    assert totals(VILLAGE, began).idle == 1


def test_what_was_entered_late_counts_from_its_own_day(world):
    number = put(world, asset(world))
    began = world.day
    world.wait(20)
    services.change_use(**act(world, number, state="idle"))
    world.wait(5)
    services.change_use(**{**act(world, number, state="in_use"), "occurred_on": began})
    assert object_of(number).standing.state == "idle"
    with pytest.raises(Refused, match="登记这件东西以前"):
        services.change_use(**{**act(world, number, state="in_use"), "occurred_on": date(2026, 8, 1)})


def test_wear_never_exceeds_what_is_left(world):
    number = put(world, asset(world))
    services.depreciate(**act(world, number, amount=Money.parse("80000.00")))
    with pytest.raises(Refused, match="6,000.00"):
        services.depreciate(**act(world, number, amount=Money.parse("6000.01")))
    services.depreciate(**act(world, number, amount=Money.parse("6000.00")))
    assert object_of(number).net == Money(0)


def test_a_resource_is_measured_anew_and_has_no_value(world):
    number = put(world, pond(world))
    sides = "东至机耕路，南至大沟，西至新渠，北至村道"
    services.remeasure(**act(world, number, area=1188, boundaries=sides, basis="测字2026-8号"))
    assert (object_of(number).area, object_of(number).standing.boundaries) == ("11.88", sides)
    for wrong in (
        lambda: services.revalue(**act(world, number, value=Money(1), basis="x")),
        lambda: services.depreciate(**act(world, number, amount=Money(1))),
        lambda: services.remeasure(**act(world, number, area=1188, boundaries=sides, basis="")),
        lambda: services.remeasure(
            **act(world, put(world, asset(world)), area=1, boundaries=sides, basis="x")
        ),
    ):
        with pytest.raises(Refused):
            wrong()


def test_what_is_let_has_a_contract(world):
    number = put(world, asset(world, state="idle"))
    with pytest.raises(Refused, match="没有合同"):
        services.change_use(**act(world, number, state="let", basis="HT-1"))
    with pytest.raises(Refused, match="没有变"):
        services.change_use(**act(world, number, state="idle"))
    contract = services.sign_contract(
        village=VILLAGE, case="02-1", party="蚌埠市某公司", price=Money.parse("100.00"), starts_on=world.day,
        ends_on=world.day, papers=[world.paper("合同")], by=world.who("village_committee_director"),
        office="village_committee_director", occurred_on=world.day, at=world.at,
    ).number  # fmt: skip
    services.change_use(**act(world, number, state="let", basis=contract))
    assert object_of(number).standing.state == "let"


def test_disposal_needs_a_resolution_that_passed_and_one_before_it_is_marked_R08(world):
    first, second = put(world, asset(world)), put(world, asset(world))
    began = world.day
    for case, result, village in (("02-1", "not_passed", VILLAGE), ("02-2", "passed", OTHER)):
        resolved(world, case, result, village)
    for basis in ("", "02-1", "02-2", "没有这件事"):
        with pytest.raises(Refused, match="没有处置的决定") as refusal:
            services.dispose(**act(world, first, way="sold", basis=basis))
        assert refusal.value.basis.article == "第26条"
    world.wait(10)
    resolved(world, "02-3")
    services.dispose(**act(world, first, way="sold", basis="02-3"))
    services.dispose(**{**act(world, second, way="scrapped", basis="02-3"), "occurred_on": began})
    marks = [journal.entries_of(f"object:{one}")[-1].data.get("before_decision") for one in (first, second)]
    assert marks == [None, True]
    assert objects(VILLAGE).items == () and len(objects(VILLAGE, state="disposed").items) == 2
    with pytest.raises(Refused, match="已经处置"):
        services.change_use(**act(world, first, state="idle"))
    with pytest.raises(Refused, match="已经处置"):
        services.dispose(**act(world, first, way="sold", basis="02-3"))


def test_a_newer_picture_is_shown_first(world):
    number, paper = put(world, asset(world)), world.paper("照片")
    services.photograph(**act(world, number, paper=paper))
    assert file_of(number).photos[0] == paper
    with pytest.raises(Refused, match="已经用过"):
        services.photograph(**act(world, number, paper=paper))


def test_pages_go_on_by_number_and_filter(world):
    for _ in range(3):
        put(world, asset(world))
    put(world, pond(world))
    first = objects(VILLAGE, family="asset", limit=2)
    rest = objects(VILLAGE, family="asset", after=first.next, limit=2)
    assert [one.short for one in (*first.items, *rest.items)] == ["ZC-0001", "ZC-0002", "ZC-0003"]
    assert rest.next == ""
    assert [one.short for one in objects(VILLAGE, kind="pond").items] == ["ZY-0001"]
    assert objects(OTHER).items == ()


def test_register_and_book_are_laid_side_by_side(world):
    put(world, asset(world))
    put(world, asset(world, kind="orchard", value=Money.parse("100.00")))
    kinds = kinds_on(world.day)
    book = {"151": Money.parse("90000.00"), "132": Money.parse("100.00")}
    found = gaps(totals(VILLAGE).by_account, book, kinds)
    assert [(one.account, one.difference.yuan()) for one in found] == [("151", "-4,000.00")]


@pytest.mark.parametrize("table", ["objectrow", "objectphoto", "objectchange"])
def test_the_register_cannot_be_changed_in_sql(world, table):
    number = put(world, asset(world))
    services.change_use(**act(world, number, state="idle"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM registers_{table}")


def test_numbers_have_no_gap_when_many_register_at_once(lasting_world):
    world = lasting_world
    rows = [[asset(world), pond(world)] for _ in range(8)]
    rows[3][1] = replace(rows[3][1], boundaries="")
    by, at, day = world.who("bookkeeper"), world.at, world.day

    def work(mine):
        try:
            services.register_objects(mine, village=VILLAGE, by=by, occurred_on=day, at=at)
        except RowsRefused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(mine,)) for mine in rows]
    [one.start() for one in threads]
    [one.join() for one in threads]
    for family in ("asset", "resource"):
        serials = ObjectRow.objects.filter(family=family).order_by("serial").values_list("serial", flat=True)
        assert list(serials) == list(range(1, 8))


def test_of_many_disposals_at_once_one_stands(lasting_world):
    world = lasting_world
    number = put(world, asset(world))
    resolved(world, "02-3")
    told, outcome = act(world, number, way="sold", basis="02-3"), []

    def work():
        try:
            services.dispose(**told)
            outcome.append("done")
        except Refused:
            outcome.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    [one.start() for one in threads]
    [one.join() for one in threads]
    assert sorted(outcome) == ["done", *["refused"] * 5]
