"""One person put on a roll or taken off it: an act with a reason, and the roll before stays as it was."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from mingbai.journal import queries as journal
from mingbai.kernel import Refused
from mingbai.meetings import queries, services
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor

sys.path.insert(0, str(Path(__file__).parent))
from rolls_corpus import CLERK, REPS, SINCE, VILLAGE, line, sound, xlsx

LATER = SINCE + timedelta(days=4)
CELLS = {"编号": "9", "姓名": "王军", "出生日期": "1970-01-01", "村民小组": "二组", "身份": "村民代表"}


@pytest.fixture
def roll(hall):
    """The representatives, four of them, and the acts on them."""
    services.import_roll(
        village=VILLAGE, body=REPS, content=xlsx(sound()), since=SINCE, by=CLERK, at=hall.at, dry_run=False
    )
    return Book(hall.at)


class Book:
    def __init__(self, at) -> None:
        self.at = at

    def put(self, cells=CELLS, **more):
        given = {
            "village": VILLAGE,
            "body": REPS,
            "since": LATER,
            "reason": "补选",
            "by": CLERK,
            "at": self.at,
        }
        return services.put_on_roll(**given | {"cells": cells} | more)

    def take(self, place: int = 0, **more):
        given = {
            "village": VILLAGE,
            "body": REPS,
            "since": LATER,
            "reason": "辞职书",
            "by": CLERK,
            "at": self.at,
        }
        person = queries.roll_book(VILLAGE, REPS, LATER).entries[place].person
        return services.take_off_roll(**given | {"person": person, "why": "other"} | more)

    def names(self, on=LATER) -> list[str]:
        return [one.name for one in queries.roll_book(VILLAGE, REPS, on).entries]


def test_one_joins_and_what_the_others_are_said_to_be_stays(roll) -> None:
    assert roll.put() == "王军"
    book = queries.roll_book(VILLAGE, REPS, LATER)
    assert [(one.name, one.number, one.group) for one in book.entries][-1] == ("王军", "9", "二组")
    assert book.entries[0].said == ("1", "一组", "村民代表")
    assert roll.names(SINCE) == [line(n)[1] for n in (1, 2, 3, 4)]


def test_the_reason_is_journalled_under_a_mask(roll) -> None:
    roll.put()
    entry = journal.entries_of(f"village:{VILLAGE}")[-1]
    assert entry.act == "meeting.roll_changed"
    assert [(one.kind, one.value) for one in entry.fields][-2:] == [("choice", "进"), ("person", "补选")]
    assert "王军" not in str(entry.fields) + str(entry.data)


def test_one_resigns_and_one_dies(roll) -> None:
    who = queries.roll_book(VILLAGE, REPS, LATER).entries[1].person
    roll.take(1, why="died")
    assert organisations.departed([who], LATER)[who].kind == "died"
    resigned = queries.roll_book(VILLAGE, REPS, LATER).entries[0].person
    roll.take(0)
    assert not organisations.departed([resigned], LATER)
    assert roll.names() == [line(n)[1] for n in (3, 4)]


def test_who_was_recorded_as_gone_by_mistake_comes_back(roll) -> None:
    roll.take(0, why="died")
    same = {"编号": "1", "姓名": line(1)[1], "出生日期": line(1)[3]}
    with pytest.raises(Refused, match="登记错的先登记回来"):
        roll.put(same)
    roll.put(same, back=True)
    assert roll.names()[-1] == line(1)[1]
    assert queries.roll_book(VILLAGE, REPS, LATER).entries[-1].gone is None


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"编号": "1"}, "已经是.+的编号"),
        ({"编号": ""}, "“编号”没有这一列|“编号”没有填"),
        ({"姓名": "王 军", "出生日期": "2012-01-01"}, "中间有空格.+；“出生日期”到2026-09-05还不满18周岁"),
        ({"身份": "皇帝"}, "不认识“皇帝”"),
        ({"状态": "已故"}, "已故的人不能在名册上"),
    ],
)
def test_what_a_sheet_could_not_say_a_form_cannot(roll, cells, said) -> None:
    with pytest.raises(Refused, match=said):
        roll.put({**CELLS, **cells})
    assert len(roll.names()) == 4


def test_refusals(roll) -> None:
    with pytest.raises(Refused, match="没有写理由"):
        roll.put(reason="  ")
    with pytest.raises(Refused, match="您不能登记"):
        roll.put(by=Actor("d" * 32, "过路人"))
    with pytest.raises(Refused, match="没有选为什么"):
        roll.take(why="")
    with pytest.raises(Refused, match="名册上没有这个人"):
        roll.take(person="0" * 32)
    roll.put()
    with pytest.raises(Refused, match="已经在村民代表会议的名册上"):
        roll.put()
    with pytest.raises(Refused, match="已经有2026-09-05起的名册"):
        roll.take(since=SINCE)


def test_the_last_one_cannot_be_taken_off(roll) -> None:
    for _ in range(3):
        roll.take()
    with pytest.raises(Refused, match="名册不能为空"):
        roll.take()
    with pytest.raises(Refused, match="日期在今天之后"):
        roll.take(why="died", since=SINCE + timedelta(days=200))
