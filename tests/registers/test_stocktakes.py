"""Stock-takes: everything is counted, two hands of two offices sign, differences are said, the book is laid beside."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from mingbai.journal import queries as journal
from mingbai.kernel import Money, Refused
from mingbai.organisations import queries as organisations
from mingbai.registers import services
from mingbai.registers.models import StockClosing
from mingbai.registers.queries.objects import object_of
from mingbai.registers.queries.stocktakes import due_on, stock_take, stock_takes
from mingbai.registers.rules.objects import NewObject
from mingbai.registers.rules.stocktaking import Count

VILLAGE = "340311104201"


def put(world, name: str = "泵房", yuan: str = "100.00") -> str:
    """An asset of the village."""
    new = NewObject(
        family="asset", kind="water", name=name, custodian="village_committee", photos=(world.paper("照片"),),
        management="public", acquired="built", acquired_on=world.day, value=Money.parse(yuan),
    )  # fmt: skip
    return services.register_object(
        village=VILLAGE, new=new, by=world.who("bookkeeper"), occurred_on=world.day, at=world.at
    ).number


def begin(world) -> str:
    """A stock-take as of today."""
    return services.open_stock_take(village=VILLAGE, on=world.day, by=world.who("bookkeeper"), at=world.at)


def count(world, take: str, *counts: Count, by: str = "bookkeeper") -> None:
    """Enter what was found."""
    services.count_objects(number=take, counts=counts, by=world.who(by), at=world.at)


def sign(world, take: str, by: str, book=None):
    """Sign."""
    return services.sign_stock_take(number=take, by=world.who(by), at=world.at, book=book)


def test_a_stock_take_is_counted_signed_by_two_offices_and_closed(world):
    first, second, third = (put(world, name) for name in ("甲", "乙", "丙"))
    take = begin(world)
    assert take == f"QC-{VILLAGE}-2026-01" and len(stock_take(take).left) == 3
    with pytest.raises(Refused, match="还有3件没有盘"):
        sign(world, take, "bookkeeper")
    count(world, take, Count(first, "found"), Count(second, "missing", note="找不到了"))
    count(world, take, Count(third, "damaged", note="门坏了"), by="rce_supervisors")
    count(world, take, Count("", "surplus", name="旧水泵", paper=world.paper("照片")), by="rce_supervisors")
    half = sign(world, take, "bookkeeper")
    assert (half.closed, half.waits) == (False, "参加盘点的人还没有都签字")
    book = {"151": Money.parse("250.00")}
    assert sign(world, take, "rce_supervisors", book).closed
    entry = journal.entries_of(f"stock-take:{take}")[-1]
    assert entry.act == "register.stock_take_closed"
    assert entry.data["results"] == {"found": 1, "missing": 1, "damaged": 1, "surplus": 1}
    assert [one["result"] for one in entry.data["differences"]] == ["missing", "damaged", "surplus"]
    assert entry.data["gaps"] == [{"account": "151", "register_fen": 30000, "book_fen": 25000}]
    assert object_of(second).standing.state == "lost" and object_of(third).standing.state == "in_use"
    assert stock_takes(VILLAGE)[0].differing == 3


def test_one_office_or_one_person_is_not_two_hands(world):
    put(world)
    take = begin(world)
    count(world, take, Count(stock_take(take).items[0].number, "found"))
    assert not sign(world, take, "bookkeeper").closed
    with pytest.raises(Refused, match="已经签过字"):
        sign(world, take, "bookkeeper")
    other = world.appoint("bookkeeper", "报账员乙")
    again = services.sign_stock_take(number=take, by=organisations.actor_on(other, world.day), at=world.at)
    assert (again.closed, again.waits) == (False, "还差另一个职务的一个人签字")
    assert sign(world, take, "village_supervision_committee").closed


def test_a_later_count_asks_for_new_signatures(world):
    number = put(world)
    take = begin(world)
    count(world, take, Count(number, "missing", note="没找到"))
    sign(world, take, "bookkeeper")
    count(world, take, Count(number, "found"), by="rce_supervisors")
    assert stock_take(take).signed == ()
    sign(world, take, "rce_supervisors")
    assert sign(world, take, "bookkeeper").closed
    assert object_of(number).standing.state == "in_use" and stock_take(take).differences == ()


def test_what_was_lost_and_is_found_again_is_in_use(world):
    number = put(world)
    for result, state in (("missing", "lost"), ("found", "in_use")):
        take = begin(world)
        count(world, take, Count(number, result, note="去年借出"))
        sign(world, take, "bookkeeper")
        sign(world, take, "rce_supervisors")
        assert object_of(number).standing.state == state
        world.wait(1)


@pytest.mark.parametrize(
    "wrong, reason",
    [
        (Count("ZC-1", "found"), "不在这次要盘的清单"),
        (Count("", "surplus", name="水泵"), "没有照片"),
        (Count("", "found", name="水泵"), "盘盈"),
        (Count("*", ""), "没有写盘点结果"),
        (Count("*", "missing"), "没有写原因"),
        (Count("*", "found", note="13955267381"), "个人号码"),
    ],
)
def test_a_count_that_says_too_little_is_refused(world, wrong, reason):
    number = put(world)
    take = begin(world)
    asked = wrong if wrong.number != "*" else Count(number, wrong.result, wrong.note)
    with pytest.raises(Refused, match=reason) as refusal:
        count(world, take, asked)
    assert refusal.value.remedy and stock_take(take).newest == 0


def test_nothing_to_count_twice_open_closed_or_not_ones_own_is_refused(world):
    with pytest.raises(Refused, match="没有资产"):
        begin(world)
    number = put(world)
    take = begin(world)
    with pytest.raises(Refused, match="没有做完"):
        begin(world)
    with pytest.raises(Refused, match="不参加"):
        count(world, take, Count(number, "found"), by="villager")
    with pytest.raises(Refused, match="写了两次"):
        count(world, take, Count(number, "found"), Count(number, "found"))
    count(world, take, Count(number, "found"))
    assert due_on(VILLAGE, 1, world.day)
    sign(world, take, "bookkeeper"), sign(world, take, "rce_supervisors")
    assert not due_on(VILLAGE, 1, world.day) and due_on(VILLAGE, 1, world.day.replace(year=2028))
    with pytest.raises(Refused, match="已经结束"):
        count(world, take, Count(number, "found"))


def test_a_surplus_is_registered_from_its_stock_take(world):
    number, picture = put(world), world.paper("照片")
    take = begin(world)
    count(world, take, Count(number, "found"), Count("", "surplus", name="旧水泵", paper=picture))
    new = NewObject(
        family="asset", kind="machine", name="旧水泵", custodian="village_committee", photos=(picture,),
        management="public", acquired="surplus", acquired_on=world.day, value=Money(0), found_in=take,
    )  # fmt: skip
    asked = {"village": VILLAGE, "by": world.who("bookkeeper"), "occurred_on": world.day, "at": world.at}
    made = services.register_object(new=new, **asked).number
    assert object_of(made).found_in == take


@pytest.mark.parametrize("table", ["stocktake", "stockitem", "stockcount", "stocksignature", "stockclosing"])
def test_a_stock_take_cannot_be_changed_in_sql(world, table):
    number = put(world)
    take = begin(world)
    count(world, take, Count(number, "found"))
    sign(world, take, "bookkeeper"), sign(world, take, "rce_supervisors")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM registers_{table}")


def test_of_signatures_at_once_one_closes(lasting_world):
    world = lasting_world
    number = put(world)
    take = begin(world)
    count(world, take, Count(number, "found"))
    at = world.at
    offices = ("bookkeeper", "rce_supervisors", "village_supervision_committee")
    asked = [(world.who(office), at) for office in offices]
    closed = []

    def work(by, at):
        try:
            closed.append(services.sign_stock_take(number=take, by=by, at=at).closed)
        except Refused:
            closed.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=one) for one in asked]
    [one.start() for one in threads]
    [one.join() for one in threads]
    assert closed.count(True) == 1 and StockClosing.objects.count() == 1
