"""A request in pieces is refused by the service, also when two are made at once. On SQLite and on PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from mingbai.cases import queries, services
from mingbai.kernel import Refused

LAMPS = "村道路灯安装"


def asked(world, title: str, **given: str) -> str:
    """A case whose request is made."""
    number = world.open(title)
    world.do(number, "request", amount="46,000.00", **given)
    return number


def test_the_second_half_of_one_matter_is_stopped_and_the_first_is_named(world):
    first = asked(world, LAMPS)
    second = world.open("村口太阳能路灯安装")
    with pytest.raises(Refused) as refused:
        world.do(second, "request", amount="46,000.00")
    assert first in refused.value.reason and "92,000.00" in refused.value.reason
    assert "procurement_quote_max" in refused.value.reason and "镇级平台" in refused.value.remedy
    assert (refused.value.basis.law, refused.value.basis.article) == ("bidding", "第4条")
    assert queries.case(second).here[0].step == "request"


def test_the_heavier_way_may_be_taken_and_is_the_way_the_case_goes(world):
    asked(world, LAMPS)
    second = asked(world, "村口太阳能路灯安装", way="town_platform")
    assert world.forward(second, until="town_platform")[-1].startswith("decide__")
    assert queries.case(second).here[0].step == "town_platform"


def test_small_goods_that_add_up_are_not_bought_directly(world):
    given = {"amount": "4,600.00", "project_kind": "goods"}
    first, second = world.open("村部办公用品采购"), world.open("办公用品采购")
    world.do(first, "request", **given)
    with pytest.raises(Refused, match="三家询价"):
        world.do(second, "request", **given)
    assert world.do(second, "request", **given, way="quote").entered == ("decide__party_propose",)


def test_what_was_withdrawn_does_not_count(world):
    first = asked(world, LAMPS)
    services.withdraw_case(
        case=first, reason="不办了", occurred_on=world.day, by=world.who("village_committee"), at=world.at
    )
    assert queries.case(asked(world, "路灯安装")).here[0].step == "decide__party_propose"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_both_slip_under_the_limit(lasting_world):
    world = lasting_world
    cases = [world.open(f"{place}路灯安装") for place in ("村东", "村西", "村南")]
    ready = [
        {"case": number, "step": "request", "values": world.values(number, "request", {"amount": "46,000.00"}),
         "papers": world.papers(number, "request"), "occurred_on": world.day,
         "by": world.who("village_committee"), "at": world.at}
        for number in cases
    ]  # fmt: skip
    gate = Barrier(len(ready))

    def one(what: dict) -> str:
        try:
            gate.wait()
            services.complete_step(**what)
            return "done"
        except Refused as refused:
            return refused.reason
        finally:
            connection.close()

    with ThreadPoolExecutor(len(ready)) as pool:
        told = list(pool.map(one, ready))
    assert told.count("done") == 1
    assert all("化整为零" in reason for reason in told if reason != "done")
