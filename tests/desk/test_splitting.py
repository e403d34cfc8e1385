"""The request's page shows, while it is being written, what counts together with it."""

from __future__ import annotations

import pytest
from django.test import Client

from mingbai.cases import queries
from mingbai.organisations.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(world, monkeypatch):
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)
    person = world.who("village_committee").person
    client = Client()
    user = User.objects.create(username="clerk", person_id=person)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def write(clerk, number: str, do: str = "keep", **more: str):
    given = {"project_kind": "works", "amount": "46,000.00", "fund_source": "奖补", "do": do, **more}
    return clerk.post(f"/desk/cases/{number}/steps/request/", given)


def test_the_page_lists_the_earlier_ones_and_stops_the_light_way(world, clerk) -> None:
    first = world.open("村道路灯安装")
    world.do(first, "request", amount="46,000.00")
    second = world.open("村口太阳能路灯安装")
    kept = write(clerk, second)
    page = kept.content.decode()
    assert kept.status_code == 200
    assert first in page and "92,000.00" in page and "不能化整为零" in page
    assert queries.case(second).here[0].step == "request"


def test_how_far_it_is_to_the_next_limit(world, clerk) -> None:
    page = write(clerk, world.open("村道路灯安装")).content.decode()
    assert "只算这一次" in page and "4,000.00" in page and "不能化整为零" not in page


def test_nothing_is_said_while_the_sum_cannot_be_read(world, clerk) -> None:
    assert "十二个月内同类的" not in write(clerk, world.open(), amount="很多").content.decode()
