"""Who has gone by a day, and the village's own numbers of its people."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from mingbai.journal import queries as journal
from mingbai.kernel import Refused
from mingbai.organisations import queries, services
from mingbai.organisations.rules import Actor, is_number, last_move, number_key

VILLAGE = "340311104201"
DIVISIONS = (Path(__file__).parents[2] / "districts" / "huaishang" / "divisions.csv").read_text("utf-8")
CLERK = Actor("c" * 32, "文书")
NOW = datetime(2026, 9, 20, 1, 0, tzinfo=UTC)


@pytest.fixture
def village(db) -> str:
    services.load_divisions(DIVISIONS)
    return VILLAGE


def person(name: str = "王军") -> str:
    return services.add_person(name=name, village=VILLAGE, by=CLERK, at=NOW)


def depart(who: str, kind: str = "died", on: date = date(2026, 9, 1)):
    return services.record_departure(person=who, kind=kind, on=on, by=CLERK, at=NOW)


def test_from_the_day_on_and_not_before(village) -> None:
    gone, here = person(), person("李强")
    depart(gone)
    assert queries.departed([gone, here], date(2026, 8, 31)) == {}
    found = queries.departed([gone, here], date(2026, 9, 1))
    assert {who: (one.kind, one.on) for who, one in found.items()} == {gone: ("died", date(2026, 9, 1))}


def test_the_journal_says_so_under_the_persons_mask(village) -> None:
    depart(person(), "moved_away")
    entry = journal.entries_of(f"village:{VILLAGE}")[-1]
    assert entry.act == "organisations.departed"
    assert [(one.kind, one.value) for one in entry.fields] == [
        ("person", "王军"), ("choice", "迁出"), ("date", "2026-09-01"),
    ]  # fmt: skip
    assert "王军" not in str(entry.data)


def test_who_comes_back_stands_again_and_may_go_again(village) -> None:
    who = person()
    depart(who, "moved_away", date(2026, 3, 1))
    services.record_return(person=who, on=date(2026, 6, 1), by=CLERK, at=NOW)
    assert queries.departed([who], date(2026, 5, 31)) and not queries.departed([who], date(2026, 6, 1))
    depart(who, "died", date(2026, 7, 1))
    assert queries.departed([who], date(2026, 7, 1))[who].kind == "died"


def test_a_mistake_of_the_same_day_is_undone(village) -> None:
    who = person()
    depart(who)
    services.record_return(person=who, on=date(2026, 9, 1), by=CLERK, at=NOW)
    assert queries.departed([who], date(2026, 9, 20)) == {}


def test_one_who_moved_away_can_still_die(village) -> None:
    who = person()
    depart(who, "moved_away", date(2026, 3, 1))
    depart(who, "died", date(2026, 9, 1))
    assert queries.departed([who], date(2026, 9, 2))[who].kind == "died"


@pytest.mark.parametrize(
    ("kind", "on", "said"),
    [
        ("ran_off", date(2026, 9, 1), "没有“ran_off”这种离开"),
        ("died", date(2026, 9, 21), "日期在今天之后"),
    ],
)
def test_impossible_departures_are_refused(village, kind, on, said) -> None:
    with pytest.raises(Refused, match=said):
        depart(person(), kind, on)


def test_refusals_of_a_second_time(village) -> None:
    who = person()
    with pytest.raises(Refused, match="没有登记过离开"):
        services.record_return(person=who, on=date(2026, 9, 1), by=CLERK, at=NOW)
    depart(who)
    for kind in ("died", "moved_away"):
        with pytest.raises(Refused, match="已经登记2026-09-01去世"):
            depart(who, kind)
    with pytest.raises(Refused, match="回来不能更早"):
        services.record_return(person=who, on=date(2026, 8, 1), by=CLERK, at=NOW)
    with pytest.raises(Refused, match="没有这个人"):
        depart("0" * 32)


@pytest.mark.parametrize("table", ["organisations_departure", "organisations_personnumber"])
def test_the_database_lets_nobody_rewrite_them(village, table) -> None:
    [who] = services.add_people(village=VILLAGE, names={"1": "王军"}, by=CLERK, at=NOW).values()
    depart(who)
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET recorded_at = recorded_at"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_many_people_are_one_act_and_keep_their_numbers(village) -> None:
    ids = services.add_people(village=VILLAGE, names={"007": "王军", "A-1": "李强"}, by=CLERK, at=NOW)
    assert queries.numbers_of([*ids.values()]) == {ids["007"]: "007", ids["A-1"]: "A-1"}
    assert queries.find_by_number(VILLAGE, "7").id == ids["007"]
    assert queries.find_by_number(VILLAGE, "a-1").name == "李强"
    assert queries.find_by_number("340311104202", "7") is None
    entries = journal.entries_of(f"village:{VILLAGE}")
    assert [one.act for one in entries] == ["organisations.people_added"]
    assert "王军" not in str(entries[0].fields) + str(entries[0].data)


def test_a_registered_person_is_given_a_number_once(village) -> None:
    who = person()
    assert queries.unnumbered(VILLAGE) == {"王军": (who,)}
    services.give_numbers(village=VILLAGE, numbers={"7": who}, by=CLERK, at=NOW)
    assert queries.unnumbered(VILLAGE) == {}
    with pytest.raises(Refused, match="已经有编号"):
        services.give_numbers(village=VILLAGE, numbers={"8": who}, by=CLERK, at=NOW)
    with pytest.raises(Refused, match="外村"):
        services.give_numbers(village="340311104202", numbers={"8": person("外人")}, by=CLERK, at=NOW)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ({"7": "李强"}, "编号“7”已经有人用"),
        ({"007": "李强"}, "编号“007”已经有人用"),
        ({"8": "李强", "08": "张三"}, "已经有人用"),
        ({"8": "  "}, "没有填姓名"),
        ({"八": "李强"}, "不能做编号"),
        ({"9" * 33: "李强"}, "不能做编号"),
    ],
)
def test_numbers_that_cannot_be_given(village, names, said) -> None:
    services.add_people(village=VILLAGE, names={"7": "王军"}, by=CLERK, at=NOW)
    with pytest.raises(Refused, match=said):
        services.add_people(village=VILLAGE, names=names, by=CLERK, at=NOW)
    assert len(queries.by_number(VILLAGE)) == 1


def test_two_who_number_at_once_give_a_number_to_one(transactional_db) -> None:
    services.load_divisions(DIVISIONS)

    def one(name: str) -> str:
        try:
            services.add_people(village=VILLAGE, names={"7": name}, by=CLERK, at=NOW)
            return "added"
        except Refused as refused:
            return refused.reason
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(one, ["王军", "李强"]))
    assert answers == ["added", "编号“7”已经有人用了"]


def test_keys_and_moves() -> None:
    assert [number_key(one) for one in ("007", "7", "0", "a01", "A01")] == ["7", "7", "0", "A01", "A01"]
    assert is_number("12-3") and not is_number("-1") and not is_number("1 2") and not is_number("１２")
    day = date(2026, 1, 1)
    assert last_move([], day) is None
    assert last_move([(date(2026, 2, 1), "died")], day) is None
