"""Rolls as of the day, and resolutions that stay as they were."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from mingbai.journal import queries as journal
from mingbai.kernel import Refused
from mingbai.meetings import queries

VILLAGE = "340311104201"
CASE = "01-340311104201-2026-001"


def test_a_resolution_is_numbered_and_recorded(hall):
    first = hall.meet(first=6, against=1, abstain=1)
    assert (first.number, first.result) == (f"{VILLAGE}-liangwei-2026-001", "passed")
    assert (first.entitled, first.present, first.agree, first.needed_agree) == (7, 6, 4, 4)
    assert hall.meet().number.endswith("-002")
    entry = journal.entries_of(f"case:{CASE}")[0]
    shown = {one.label: one.value for one in entry.fields}
    assert entry.act == "meeting.resolved" and entry.citation.confidence == "assumed"
    assert [shown[x] for x in ("应到", "实到", "回避", "同意", "反对", "弃权", "结果")] == [
        "7", "6", "0", "4", "1", "1", "通过",
    ]  # fmt: skip
    assert entry.data["number"] == first.number
    assert not set(hall.people) & {str(one) for one in entry.data.values()}
    assert queries.resolutions_of(CASE)[0] == first == queries.resolution(first.number)


def test_the_recused_leave_the_vote_and_the_base(hall):
    held = hall.meet(first=5, recused=hall.people[:1])
    assert (held.roll, held.recused, held.entitled, held.present, held.result) == (7, 1, 6, 4, "passed")
    with pytest.raises(Refused, match="票数不符"):
        hall.meet(first=5, recused=hall.people[:1], agree=5)


def test_where_the_law_counts_all_members_the_recused_stay_in_the_base(hall):
    hall.roll("rce_council", hall.people[:5])
    held = hall.meet("rce_council", first=5, recused=hall.people[:2])
    assert (held.entitled, held.present, held.needed_agree, held.result) == (5, 3, 3, "no_quorum")


@pytest.mark.parametrize(
    "wrong",
    [
        {"agree": 8},
        {"agree": 6},
        {"agree": -1, "against": 8},
        {"held_on": date(2026, 9, 21)},
        {"held_on": date(2025, 12, 31)},
        {"motion": "  "},
        {"body": "villagers_meeting"},
        {"body": "no_such_body"},
        {"body": "rce_supervisors"},
    ],
)
def test_what_may_not_be_is_refused_and_leaves_no_number(hall, wrong):
    with pytest.raises(Refused):
        hall.meet(**wrong)
    assert journal.entries_of(f"case:{CASE}") == ()
    assert hall.meet().number.endswith("-001")


def test_a_stranger_or_a_name_twice_is_refused(hall):
    guest = hall.add(1)
    with pytest.raises(Refused, match="不在村“两委”会议名册"):
        hall.meet(present=[*hall.people[:5], *guest])
    with pytest.raises(Refused, match="不在"):
        hall.meet(recused=guest)
    with pytest.raises(Refused, match="重复"):
        hall.meet(present=[hall.people[0]] * 5)


def test_the_roll_is_that_of_the_day(hall):
    newcomers = hall.add(2)
    hall.roll("liangwei", hall.people[:5] + newcomers, since=date(2026, 9, 15))
    assert len(queries.roll(VILLAGE, "liangwei", date(2026, 9, 14))) == 7
    assert newcomers[0] in {m.person for m in queries.roll(VILLAGE, "liangwei", date(2026, 9, 15))}
    with pytest.raises(Refused, match="不在"):
        hall.meet(held_on=date(2026, 9, 14), present=newcomers + hall.people[:4])
    held = hall.meet(held_on=date(2026, 9, 15), present=newcomers + hall.people[:4])
    assert held.result == "passed"


def test_a_roll_cannot_reach_back_behind_a_vote(hall):
    held = hall.meet()
    with pytest.raises(Refused, match="不能倒改"):
        hall.roll("liangwei", hall.people[:3], since=date(2026, 9, 10))
    hall.roll("liangwei", hall.people[:3], since=date(2026, 9, 11))
    assert len(queries.entitlement(held.number)) == 7


def test_the_entitlement_is_copied_when_the_vote_closes(hall):
    held = hall.meet(first=5, recused=hall.people[:1])
    copied = queries.entitlement(held.number)
    assert [present for _, present, _ in copied] == [True] * 5 + [False] * 2
    assert [recused for _, _, recused in copied] == [True] + [False] * 6


def test_an_empty_roll_or_an_unregistered_person_is_refused(hall):
    for persons in ([], ["f" * 32], [hall.people[0]] * 2):
        with pytest.raises(Refused):
            hall.roll("liangwei", persons)


def test_households_may_make_the_quorum(hall):
    people = [*hall.people, *hall.add(5)]
    homes = {person: f"h{n // 3}" for n, person in enumerate(people)}
    hall.roll("villagers_meeting", people, households=homes)
    three_homes = [people[0], people[3], people[6]]
    held = hall.meet("villagers_meeting", matter="delegation", present=three_homes)
    assert (held.result, held.needed_agree) == ("passed", 2)
    assert hall.meet("villagers_meeting", matter="delegation", present=people[:5]).result == "no_quorum"


def test_no_quorum_is_a_result_not_an_error(hall):
    held = hall.meet(first=4)
    assert held.result == "no_quorum" and "不能表决" in held.sentence
    assert hall.meet(first=3, agree=0).result == "no_quorum"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE meetings_resolutionrow SET agree = 7",
        "DELETE FROM meetings_resolutionname",
        "DELETE FROM meetings_resolutionrow",
        "UPDATE meetings_rollname SET name = 'x'",
        "DELETE FROM meetings_rollversion",
    ],
)
def test_what_was_decided_cannot_be_changed_in_sql(hall, sql):
    hall.meet()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.slow
def test_eight_hands_leave_no_gap(many_hands):
    def hand(_: int) -> list[str]:
        try:
            return [many_hands.meet(case="").number for _ in range(5)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = [n for part in pool.map(hand, range(8)) for n in part]
    assert sorted(numbers) == [f"{VILLAGE}-liangwei-2026-{n:03d}" for n in range(1, 41)]
    assert [r.number for r in queries.resolutions_in(VILLAGE, "liangwei", 2026)] == sorted(numbers)
