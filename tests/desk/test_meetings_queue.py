"""What a tablet sends from its queue, and the other ways of taking part: proxies, from afar, one of each household."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from meeting_hall import VILLAGE, Hall, called, hall, signed_in, words

from mingbai.meetings import queries
from mingbai.meetings.services import set_roll

pytestmark = pytest.mark.django_db
__all__ = ["called", "hall"]


def send(hall: Hall, *entries: Any, browser: Any = None, seen: int = 0) -> Any:
    """Send entries as the tablet does."""
    body = json.dumps({"entries": [{"key": key, "data": data} for key, data in entries], "seen": seen})
    return (browser or hall.chair).post(f"{hall.at}entries/", body, content_type="application/json")


def came(hall: Hall, *places: int) -> dict[str, Any]:
    return {"kind": "came", "people": [hall.world.reps[place] for place in places]}


def test_each_entry_is_taken_once_and_refused_alone(called) -> None:
    entries = [("k1", came(called, 0)), ("k2", {"kind": "came", "people": ["x"]}), ("k3", came(called, 1))]
    answer = send(called, *entries).json()
    assert [one["taken"] for one in answer["results"]] == [True, False, True]
    assert "名册" in answer["results"][1]["refusal"] and answer["results"][1]["remedy"]
    assert answer["last"] == 2 and set(called.floor.came) == set(called.world.reps[:2])
    again = send(called, *entries).json()
    assert set(again["here"]) == set(called.world.reps[:2])
    assert [one["taken"] for one in again["results"]] == [True, False, True] and again["last"] == 2


def test_the_page_is_sent_only_when_it_looks_different(called) -> None:
    quiet = send(called, ("k1", came(called, 0)), seen=0)
    assert quiet.json()["live"] is None and quiet.json()["here"] is None and len(quiet.content) < 200
    behind = send(called, ("k2", came(called, 1)), seen=0).json()["live"]
    assert "代表" in behind and 'id="item-1"' in behind
    voting = send(called, ("k3", {"kind": "opened", "item": 1, "methods": ["hands"]}), seen=2).json()["live"]
    assert "正在表决" in voting and "csrfmiddlewaretoken" in voting


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", '{"entries": 1, "seen": 0}', '{"entries": [{"key": 1, "data": {}}], "seen": 0}',
     '{"entries": [{"key": "a", "data": []}], "seen": 0}', "[" * 100000, "\\ud800"],
)  # fmt: skip
def test_what_is_no_queue_is_refused_whole(called, body) -> None:
    answer = called.chair.post(f"{called.at}entries/", body, content_type="application/json")
    assert answer.status_code == 422 and "看不懂" in answer.json()["refusal"] and answer.json()["remedy"]


def test_who_may_not_write_is_told_and_nothing_is_taken(called) -> None:
    looker = signed_in(called.world.who("village_supervision_committee"))
    answer = send(called, ("k1", came(called, 0)), browser=looker)
    assert answer.status_code == 422 and "您不能登记" in answer.json()["refusal"]
    assert queries.meeting(called.number).last == 0
    many = [(f"k{n}", came(called, 0)) for n in range(501)]
    assert "一次最多" in send(called, *many).json()["refusal"]


def test_a_forged_form_is_not_taken(called) -> None:
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.cookies = called.chair.cookies
    assert send(called, ("k1", came(called, 0)), browser=strict).status_code == 403
    assert called.chair.get(f"{called.at}worker.js").headers["Content-Type"].startswith("text/javascript")


@pytest.fixture
def members(hall) -> Hall:
    """The members' assembly of the collective, called ten days ago: six members in three households."""
    people = hall.world.reps[:6]
    homes = {person: str(n // 2) for n, person in enumerate(people)}
    world = hall.world
    set_roll(
        village=VILLAGE,
        body="rce_members",
        persons=people,
        households=homes,
        since=world.day,
        by=world.who("rce_chair"),
        at=world.at,
    )
    hall.chair = signed_in(world.who("rce_chair"))
    day = world.day + timedelta(days=10)
    call = {
        "body": "rce_members",
        "steps": [],
        "text-1": "入股粮食烘干厂",
        "matter-1": "investment",
        "held_on": day.isoformat(),
    }
    assert hall.call(**call).status_code == 302
    world.go_to(day)
    return hall


def test_a_proxy_is_offered_only_from_the_household_and_refused_otherwise(members) -> None:
    one, other, third = members.world.reps[0], members.world.reps[1], members.world.reps[2]
    assert "没有可以代表的" in words(members.chair.get(members.at))
    members.enter("came", people=[one])
    page = members.chair.get(members.at)
    assert "代表1 由 代表0 代表" in words(page) and "代表2 由 代表0 代表" not in words(page)
    strange = members.enter("came", way="proxy", pair=f"{third}|{one}")
    assert strange.status_code == 422 and "不是同一户" in words(strange)
    assert members.enter("came", way="proxy", pair=f"{other}|{one}").status_code == 302
    assert "委托代表0" in words(members.chair.get(members.at))
    going = members.enter("left", people=[one])
    assert going.status_code == 422 and "还代表着同户的人" in words(going)


def test_taking_part_from_afar_is_counted_apart_and_votes_by_the_box(members) -> None:
    people = members.world.reps[:6]
    members.enter("came", people=people[:4])
    members.enter("came", people=people[4:], way="remote")
    page = words(members.chair.get(members.at))
    assert "远程 2 人" in page and "电子票" in page and "会前书面意见" not in page
    members.enter("opened", item=1, methods=["hands", "electronic"])
    page = members.chair.get(members.at)
    assert (
        "由系统计，关闭表决时计入" in words(page) and f"{members.at}items/1/codes/" in page.content.decode()
    )
    by_hand = members.enter("counted", item=1, method="electronic", agree=2, against=0, abstain=0)
    assert by_hand.status_code == 422 and "由系统计" in words(by_hand)


def test_by_household_each_sends_one(hall) -> None:
    world, people = hall.world, hall.world.reps[:6]
    homes = {person: str(n // 2) for n, person in enumerate(people)}
    director = world.who("village_committee_director")
    world.wait()
    set_roll(village=VILLAGE, body="villagers_meeting", persons=people, households=homes, since=world.day,
             by=director, at=world.at)  # fmt: skip
    hall.chair, day = signed_in(director), world.day + timedelta(days=10)
    call = {
        "body": "villagers_meeting",
        "steps": [],
        "text-1": "授权",
        "matter-1": "delegation",
        "by": "household",
    }
    assert hall.call(**call, held_on=day.isoformat()).status_code == 302
    world.go_to(day)
    hall.enter("came", people=people[0])
    twice = hall.enter("came", people=people[1])
    assert twice.status_code == 422 and "这一户已经由代表0代表到会" in words(twice)
    page = words(hall.chair.get(hall.at))
    assert "户，本村户数" in page and "应到 3" in page
