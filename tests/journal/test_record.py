from __future__ import annotations

import threading
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from mingbai.journal import queries, services
from mingbai.journal.events import EntryRef, TypedField
from mingbai.kernel import Citation, Refused

AT = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
VILLAGE = "340311104201"


def act(minutes: int = 0, **other: object) -> EntryRef:
    values: dict = {
        "act": "case.opened",
        "village": VILLAGE,
        "subject": "case:05-340311104201-2026-001",
        "actor": "p" * 32,
        "office": "bookkeeper",
        "occurred_on": date(2026, 9, 1),
        "at": AT + timedelta(minutes=minutes),
        "fields": [TypedField("payee", "收款方", "firm", "某某建材店")],
        "data": {"case": "1", "late_days": 0},
        "citation": Citation("vcol", "第24条"),
    }
    with transaction.atomic():
        return services.record(**{**values, **other})


@pytest.mark.django_db
def test_numbers_have_no_gap_and_hashes_are_chained():
    refs = [act(n) for n in range(5)]
    assert [ref.seq for ref in refs] == [1, 2, 3, 4, 5]
    entries = queries.entries_after(0)
    assert entries[0].prev_hash == ""
    assert [e.prev_hash for e in entries[1:]] == [e.hash for e in entries[:-1]]
    assert queries.head() == refs[-1]
    assert queries.verify_chain() == ()


@pytest.mark.django_db
def test_what_was_recorded_is_read_back():
    act()
    [entry] = queries.entries_of("case:05-340311104201-2026-001")
    assert entry.fields == (TypedField("payee", "收款方", "firm", "某某建材店"),)
    assert entry.data == {"case": "1", "late_days": 0}
    assert entry.citation == Citation("vcol", "第24条")
    assert entry.recorded_at == AT
    assert queries.entries_after(1) == ()


@pytest.mark.django_db
def test_a_clock_that_runs_backwards_is_refused():
    act(5)
    with pytest.raises(Refused, match="时钟"):
        act(4)
    assert act(5).seq == 2


@pytest.mark.django_db
def test_who_waited_a_moment_for_another_act_is_recorded_after_it():
    last = queries.entries_after(act(5).seq - 1)[0].recorded_at
    entry = act(5, at=last - timedelta(seconds=9))
    assert queries.entries_after(entry.seq - 1)[0].recorded_at == last
    assert queries.verify_chain() == ()


@pytest.mark.django_db
def test_a_claimed_date_may_be_earlier_than_the_recording():
    act(5)
    act(6, occurred_on=date(2026, 8, 1))
    assert queries.entries_after(1)[0].occurred_on == date(2026, 8, 1)


@pytest.mark.django_db
def test_an_act_that_fails_later_leaves_no_entry_and_no_gap():
    act(1)
    with pytest.raises(ValueError), transaction.atomic():
        act(2)
        raise ValueError
    assert act(3).seq == 2
    assert queries.verify_chain() == ()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded():
    with pytest.raises(RuntimeError):
        services.record(
            act="case.opened",
            village=VILLAGE,
            subject="x",
            actor="",
            office="",
            occurred_on=date(2026, 9, 1),
            at=AT,
        )


@pytest.mark.django_db
def test_one_record_takes_three_queries(django_assert_max_num_queries):
    act(1)
    with transaction.atomic(), django_assert_max_num_queries(5):  # 3 and a savepoint
        act(2)


@pytest.mark.django_db
def test_recording_is_quick():
    act(0)
    started = time.perf_counter()
    for _ in range(50):
        act(1)
    assert (time.perf_counter() - started) / 50 < 0.02


@pytest.mark.django_db(transaction=True)
def test_two_recorders_at_once_make_one_sequence():
    act(0)
    problems: list[Exception] = []

    def many() -> None:
        try:
            for _ in range(15):
                act(1)
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert [e.seq for e in queries.entries_after(0)] == list(range(1, 62))
    assert queries.verify_chain() == ()


@pytest.mark.django_db
def test_a_followers_cursor_is_kept():
    with transaction.atomic():
        assert services.cursor("disclosure") == 0
        services.move_cursor("disclosure", 7)
        services.move_cursor("translog", 3)
    with transaction.atomic():
        assert services.cursor("disclosure") == 7


def sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


CHANGES = [
    "UPDATE journal_entry SET office = 'x' WHERE seq = 1",
    "UPDATE journal_entry SET seq = 9 WHERE seq = 1",
    "DELETE FROM journal_entry WHERE seq = 1",
    "DELETE FROM journal_entry",
]
_ROW = (
    "(seq, act, village, subject, actor, office, occurred_on, recorded_at, content, prev_hash, hash) VALUES "
    "({seq}, 'x', 'x', 'x', 'x', 'x', '2026-09-01', '2026-09-01 00:00:00', '{{}}', '', 'x')"
)
REPLACES = [
    "INSERT OR REPLACE INTO journal_entry " + _ROW.format(seq=1),
    "REPLACE INTO journal_entry " + _ROW.format(seq=2),
    "UPDATE OR IGNORE journal_entry SET office = 'x' WHERE seq = 1",
    "UPDATE OR REPLACE journal_entry SET seq = 2 WHERE seq = 1",
]
BOTH = [
    "INSERT INTO journal_entry " + _ROW.format(seq=1) + " ON CONFLICT (seq) DO UPDATE SET office = 'x'",
    "INSERT INTO journal_entry " + _ROW.format(seq=9),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", CHANGES + BOTH)
def test_the_database_itself_refuses(statement):
    act(0), act(1)
    with pytest.raises(DatabaseError):
        sql(statement)
    assert queries.verify_chain() == () and queries.head().seq == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", REPLACES)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_sqlite_cannot_replace(statement, recursive):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own words")
    act(0), act(1)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers={recursive}")
    try:
        with pytest.raises(DatabaseError):
            sql(statement)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers=ON")
    assert queries.verify_chain() == ()


@pytest.mark.django_db(transaction=True)
def test_postgresql_cannot_truncate():
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL's own words")
    act(0)
    with pytest.raises(DatabaseError):
        sql("TRUNCATE journal_entry")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE journal_entry SET office = 'x' WHERE seq = 2", "第 2 号被改过"),
        (
            'UPDATE journal_entry SET content = \'{"citation":null,"data":{},"fields":[]}\' WHERE seq = 1',
            "第 1 号",
        ),
        ("DELETE FROM journal_entry WHERE seq = 2", "第 2 号不见了"),
        ("DELETE FROM journal_entry WHERE seq = 3", "末尾不对"),
    ],
)
def test_what_gets_past_the_triggers_is_noticed(statement, finding, without_triggers):
    for n in range(3):
        act(n)
    with without_triggers():
        sql(statement)
    assert any(finding in line for line in queries.verify_chain())
