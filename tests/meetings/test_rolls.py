"""A roll set from a file: the difference it makes, who may, all or nothing, and two at once."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from mingbai.journal import queries as journal
from mingbai.kernel import Refused
from mingbai.meetings import queries, services
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.organisations.services import add_person, record_departure

sys.path.insert(0, str(Path(__file__).parent))
from rolls_corpus import CLERK, REPS, SINCE, VILLAGE, holder, line, sound, xlsx

OTHER_VILLAGE = "340311104202"


class Roll:
    """Handing in files for the representatives of the village."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def take(self, rows=None, **more):
        """Import these rows."""
        given = {
            "village": VILLAGE,
            "body": REPS,
            "since": SINCE,
            "by": CLERK,
            "at": self.at,
            "dry_run": False,
        }
        given |= {"content": xlsx(sound() if rows is None else rows)} | more
        return services.import_roll(**given)

    def names(self, on: date = SINCE, body: str = REPS) -> list[str]:
        """Who stands on the roll."""
        return [one.name for one in queries.roll_book(VILLAGE, body, on).entries]


@pytest.fixture
def roll(hall) -> Roll:
    return Roll(hall.at)


def test_a_first_roll_registers_its_people_and_keeps_what_the_sheet_says(roll) -> None:
    done = roll.take()
    assert done.ok and done.changes and (done.count, len(done.joins), done.stays) == (4, 4, 0)
    book = queries.roll_book(VILLAGE, REPS, SINCE)
    assert book.since == SINCE
    assert [(one.number, one.household, one.group, one.standing) for one in book.entries][0] == (
        "1", "1", "一组", "村民代表",
    )  # fmt: skip
    assert [one.name for one in queries.roll(VILLAGE, REPS, SINCE)] == roll.names()
    assert queries.roll_sizes(VILLAGE, SINCE)[REPS] == (4, SINCE)
    acts = [one.act for one in journal.entries_of(f"village:{VILLAGE}")]
    assert acts[-2:] == ["organisations.people_added", "meeting.roll_set"]


def test_no_name_reaches_the_journal(roll) -> None:
    roll.take()
    kept = str([(one.fields, one.data) for one in journal.entries_of(f"village:{VILLAGE}")[-2:]])
    assert not any(name in kept for name in roll.names()) and "1961" not in kept


def test_the_same_file_twice_finds_nothing_to_change(roll) -> None:
    roll.take()
    before = len(journal.entries_of(f"village:{VILLAGE}"))
    again = roll.take(since=SINCE + timedelta(days=3))
    assert again.ok and not again.changes and again.stays == 4
    assert len(journal.entries_of(f"village:{VILLAGE}")) == before
    assert queries.roll_sizes(VILLAGE, SINCE + timedelta(days=3))[REPS] == (4, SINCE)


def test_a_changed_file_says_who_joins_leaves_and_stays(roll) -> None:
    roll.take()
    rows = [*sound()[:3], line(4, 村民小组="二组"), line(5)]
    seen = roll.take(rows, dry_run=True, since=SINCE + timedelta(days=1))
    assert (seen.joins, seen.leaves, seen.altered, seen.stays) == (
        (line(5)[1],), (line(3)[1],), (line(4)[1],), 3,
    )  # fmt: skip
    roll.take(rows, since=SINCE + timedelta(days=1))
    assert roll.names() == [line(n)[1] for n in (1, 2, 3, 4)]
    assert roll.names(SINCE + timedelta(days=1)) == [line(n)[1] for n in (1, 2, 4, 5)]


def test_who_is_known_needs_no_day_of_birth_and_a_new_one_does(roll) -> None:
    roll.take()
    head, *rows = sound()
    bare = [[*row[:3], "", *row[4:]] for row in rows]
    assert not roll.take([head, *bare]).faults
    done = roll.take([head, *bare, line(8, 出生日期="")])
    assert [(one.row, one.column) for one in done.faults] == [(6, "出生日期")]
    away = [[*row[:3], *row[4:]] for row in [head, *rows]]
    assert not roll.take(away).faults
    done = roll.take([*away, [*line(8)[:3], *line(8)[4:]]])
    assert [(one.row, one.column) for one in done.faults] == [(1, "出生日期")]
    assert roll.take([*sound(3), line(4, 出生日期="2015-01-01")]).faults


def test_a_trial_leaves_no_trace(roll) -> None:
    before = len(journal.entries_of(f"village:{VILLAGE}"))
    assert roll.take(dry_run=True).changes
    assert services.preview_roll(
        village=VILLAGE, body=REPS, content=xlsx(sound()), since=SINCE, at=roll.at
    ).changes  # fmt: skip
    assert not roll.names() and not organisations.by_number(VILLAGE)
    assert len(journal.entries_of(f"village:{VILLAGE}")) == before


def test_a_file_with_a_fault_changes_nothing(roll) -> None:
    done = roll.take([*sound(), line(5, 状态="已故")])
    assert not done.ok and not done.changes and [one.row for one in done.faults] == [6]
    assert not roll.names() and not organisations.by_number(VILLAGE)


@pytest.mark.parametrize(
    "by",
    [holder("village_clerk"), holder("village_committee_director"), holder("town_government", "340311104"),
     holder("town_party_committee", "340311104")],
)  # fmt: skip
def test_who_convenes_keeps_records_or_stands_above_may(roll, by) -> None:
    assert roll.take(by=by, dry_run=True).ok


@pytest.mark.parametrize(
    "by",
    [holder("villager"), holder("bookkeeper"), holder("village_clerk", OTHER_VILLAGE), Actor("c" * 32, "过路人"),
     holder("town_government", "340311105"), holder("village_clerk", until=date(2026, 3, 1)),
     holder("village_supervision_committee"), holder("district_discipline", "340311")],
)  # fmt: skip
def test_nobody_else_may(roll, by) -> None:
    for dry_run in (True, False):
        with pytest.raises(Refused, match="您不能登记村民代表会议的名册"):
            roll.take(by=by, dry_run=dry_run)
    assert not roll.names()


def test_the_party_branch_keeps_its_own_roll(roll) -> None:
    with pytest.raises(Refused, match="您不能登记"):
        roll.take(body="party_branch_general", by=holder("village_committee_director"), dry_run=True)
    assert roll.take(body="party_branch_general", by=holder("village_party_secretary"), dry_run=True).ok


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"body": "no_such_body"}, "没有“no_such_body”的议事规则"),
        (
            {"village": "340311999999", "by": holder("village_clerk", "340311999999")},
            "没有代码为 340311999999",
        ),
        ({"since": date(2024, 1, 1)}, "议事规则"),
    ],
)
def test_what_cannot_have_a_roll_is_refused(roll, more, said) -> None:
    with pytest.raises(Refused, match=said):
        roll.take(**more)


def test_a_number_cannot_change_hands(roll) -> None:
    roll.take()
    done = roll.take([*sound()[:4], line(4, 姓名="王军")], since=SINCE + timedelta(days=1))
    assert [(one.row, one.column) for one in done.faults] == [(5, "编号")]
    assert "已经是" in done.faults[0].message


def test_who_is_known_to_have_gone_cannot_come_back_by_a_file(roll) -> None:
    roll.take()
    gone = queries.roll_book(VILLAGE, REPS, SINCE).entries[1].person
    record_departure(person=gone, kind="died", on=SINCE, by=CLERK, at=roll.at)
    done = roll.take(since=SINCE + timedelta(days=1))
    assert [str(one) for one in done.faults] == [
        f"第3行“姓名”{line(2)[1]}已经登记2026-09-01去世：从表里删去；登记错的先登记回来"
    ]
    assert queries.roll_book(VILLAGE, REPS, SINCE).entries[1].gone.kind == "died"


def test_who_left_the_collective_is_still_a_villager(roll) -> None:
    roll.take()
    gone = queries.roll_book(VILLAGE, REPS, SINCE).entries[1].person
    record_departure(person=gone, kind="left_membership", on=SINCE, by=CLERK, at=roll.at)
    assert not roll.take(since=SINCE + timedelta(days=1)).faults
    members = {"body": "rce_members", "by": holder("rce_chair")}
    assert "不再是集体经济组织成员" in str(roll.take(since=SINCE + timedelta(days=1), **members).faults[0])


def test_a_registered_person_is_taken_for_the_only_one_of_the_name(roll) -> None:
    who = add_person(name=line(1)[1], village=VILLAGE, by=CLERK, at=roll.at)
    done = roll.take()
    assert done.linked == (line(1)[1],)
    assert queries.roll_book(VILLAGE, REPS, SINCE).entries[0].person == who
    assert organisations.numbers_of([who]) == {who: "1"}


def test_of_two_registered_namesakes_neither_is_taken(roll) -> None:
    for _ in range(2):
        add_person(name=line(1)[1], village=VILLAGE, by=CLERK, at=roll.at)
    assert roll.take().linked == ()


def test_a_roll_does_not_reach_behind_a_later_one_or_a_vote(roll, hall) -> None:
    roll.take(since=SINCE + timedelta(days=5))
    with pytest.raises(Refused, match="已经有2026-09-06起的名册"):
        roll.take([*sound(), line(5)])
    hall.meet()
    with pytest.raises(Refused, match="名册不能倒改"):
        roll.take(body="liangwei", by=holder("village_clerk"), dry_run=True)


def test_what_was_looked_at_must_still_be_so(roll) -> None:
    seen = roll.take(dry_run=True).seen
    roll.take([*sound(), line(6)])
    with pytest.raises(Refused, match="刚才被别人改过"):
        roll.take(seen=seen)
    assert len(roll.names()) == 5


def test_a_new_term_is_a_change_even_with_the_same_people(roll) -> None:
    roll.take()
    done = roll.take(since=SINCE + timedelta(days=2), term_from=SINCE + timedelta(days=2))
    assert done.new_term and done.changes
    assert queries.roll_book(VILLAGE, REPS, SINCE + timedelta(days=2)).term_from == SINCE + timedelta(days=2)


def test_a_break_in_the_middle_leaves_nothing(roll, monkeypatch) -> None:
    def broken(**_more: object) -> None:
        raise RuntimeError("the machine went down")

    monkeypatch.setattr("mingbai.meetings.services.importing.set_roll", broken)
    with pytest.raises(RuntimeError):
        roll.take()
    assert not organisations.by_number(VILLAGE) and not roll.names()


def test_what_a_roll_says_cannot_be_rewritten(roll) -> None:
    roll.take()
    for statement in ("DELETE FROM meetings_rollstanding", "UPDATE meetings_rollstanding SET standing = 'x'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def at_once(*jobs):
    """Run them side by side; what each returned, or was refused with."""

    def run(job):
        try:
            return job()
        except Refused as refused:
            return refused.reason
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [*pool.map(run, jobs)]


def test_the_same_file_from_two_hands_is_set_once(many_hands) -> None:
    roll = Roll(many_hands.at)
    done = at_once(roll.take, roll.take)
    assert sorted(one.changes for one in done) == [False, True]
    assert len(roll.names()) == 4 and len(organisations.by_number(VILLAGE)) == 4
    acts = [one.act for one in journal.entries_of(f"village:{VILLAGE}")]
    assert acts.count("organisations.people_added") == 1


def test_of_two_different_files_the_second_hand_is_told(many_hands) -> None:
    roll = Roll(many_hands.at)
    seen = roll.take(dry_run=True).seen
    done = at_once(lambda: roll.take(seen=seen), lambda: roll.take([*sound(), line(7)], seen=seen))
    assert sum(isinstance(one, str) and "刚才被别人改过" in one for one in done) == 1
    assert len(roll.names()) in (4, 5)


def test_one_person_on_two_rolls_at_once_is_registered_once(many_hands) -> None:
    roll = Roll(many_hands.at)
    both = at_once(roll.take, lambda: roll.take(body="villagers_meeting"))
    assert all(one.changes for one in both)
    assert len(organisations.by_number(VILLAGE)) == 4
