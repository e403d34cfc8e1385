"""The public page of what a village owns: every object, its picture once released, what became of it, stock-takes."""

from __future__ import annotations

from datetime import date

import pytest

from mingbai.disclosure.follow import follow
from mingbai.disclosure.queries import objects_in
from mingbai.evidence.services import release_paper
from mingbai.kernel import Money
from mingbai.registers import services
from mingbai.registers.rules.objects import NewObject
from mingbai.registers.rules.stocktaking import Count


def told(world) -> dict:
    """What every act is told."""
    return {"by": world.who("bookkeeper"), "occurred_on": world.day, "at": world.at}


def put(village, **more) -> tuple[str, str]:
    """A pump house, or a pond; its number and its picture's paper."""
    world, photo = village.world, village.world.paper("照片")
    common = {"custodian": "village_committee", "photos": (photo,)}
    plain = {
        "family": "asset", "kind": "water", "name": "东组机井泵房", "management": "public", "acquired": "donated",
        "acquired_on": date(2024, 5, 6), "value": Money.parse("86000.00"), "funded_by": "张三丰", **common,
    }  # fmt: skip
    if more.get("family") == "resource":
        plain = {
            "kind": "pond", "name": "南大塘", "management": "unified", "area": 1250,
            "boundaries": "东至机耕路，南至大沟，西至生产路，北至村道", **common,
        }  # fmt: skip
    new = NewObject(**{**plain, **more})
    return services.register_object(village=village.code, new=new, **told(world)).number, photo


def test_objects_are_published_one_by_one_and_a_giver_stays_masked(village, read, count_queries):
    put(village), put(village, family="resource")
    follow(village.world.at)
    html = read(f"/v/{village.code}/assets/")
    assert "东组机井泵房" in html and "86,000.00" in html and "南大塘" not in html
    assert "张三丰" not in html and "照片已交，看过再公开" in html
    land = read(f"/v/{village.code}/assets/?family=resource")
    assert "12.50" in land and "东至机耕路" in land
    assert count_queries(f"/v/{village.code}/assets/") <= 12
    assert f"/v/{village.code}/assets/" in read(f"/v/{village.code}/")


def test_a_released_picture_is_shown(village, read):
    _number, photo = put(village)
    follow(village.world.at)
    release_paper(paper=photo, masks=(), actor=village.world.who("bookkeeper").person, at=village.world.at)
    follow(village.world.at)
    publication, digest = objects_in(village.code).items[0].picture
    assert f'src="/p/{publication}/papers/{digest}"' in read(f"/v/{village.code}/assets/")


def test_what_became_of_it_is_told_and_added_up(village, read):
    number, _photo = put(village)
    services.depreciate(number=number, amount=Money.parse("6000.00"), **told(village.world))
    services.change_use(number=number, state="idle", **told(village.world))
    follow(village.world.at)
    one = objects_in(village.code).items[0]
    assert (one.state, one.value, one.net, one.changes) == ("idle", Money(8600000), Money(8000000), 2)
    html = read(f"/v/{village.code}/assets/")
    assert "闲置" in html and "现值 80,000.00 元" in html


def test_a_stock_take_is_published_with_what_differs(village, read):
    number, _photo = put(village)
    world = village.world
    take = services.open_stock_take(
        village=village.code, on=world.day, by=world.who("bookkeeper"), at=world.at
    )
    missing = Count(number, "missing", note="上个月还在")
    services.count_objects(number=take, counts=[missing], by=world.who("bookkeeper"), at=world.at)
    for office in ("bookkeeper", "rce_supervisors"):
        book = {"151": Money.parse("90000.00")}
        services.sign_stock_take(number=take, by=world.who(office), at=world.at, book=book)
    follow(world.at)
    html = read(f"/v/{village.code}/assets/")
    assert "盘亏 1" in html and "-4,000.00" in html and "盘亏待查" in html


def test_the_page_goes_on_by_key(village):
    for _ in range(3):
        put(village)
    follow(village.world.at)
    first = objects_in(village.code, limit=2)
    rest = objects_in(village.code, after=first.next, limit=2)
    assert [one.number[-4:] for one in (*first.items, *rest.items)] == ["0001", "0002", "0003"]
    assert first.counts == {"asset": 3, "resource": 0} and rest.next is None


@pytest.mark.parametrize("address", ["/v/340311/assets/", "/v/999999999999/assets/"])
def test_only_villages_have_the_page(village, client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("asked", ["after=x", "after=99999999999999999999", "family=%27", "after=-1"])
def test_nonsense_is_read_as_nothing(village, client, asked):
    assert client.get(f"/v/{village.code}/assets/?{asked}").status_code == 200
