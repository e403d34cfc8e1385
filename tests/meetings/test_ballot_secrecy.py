"""What a full copy of the database tells about who voted how: nothing more than the sums do.

The strongest form of that is checked: with the machine's dice weighted to fall the same way each time, the copies taken
after any members voted in any order for any of the three are the same copy, as long as the sums are the same. So no
program that reads a copy can do better than one that reads the sums.
"""

from __future__ import annotations

import logging
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from mingbai.meetings import services
from mingbai.meetings.models import BallotBox
from mingbai.meetings.services import ballot_box

sys.path.insert(0, str(Path(__file__).parent))
from away import Away

VOTES = ("agree",) * 5 + ("against",) * 4 + ("abstain",) * 2
"""Eleven of twelve vote; the twelfth does not."""
Copy = dict[str, list[tuple[Any, ...]]]
WHERE = {"postgresql": ("xmin::text::bigint", "ctid"), "sqlite": ("rowid", "rowid")}


@pytest.fixture
def away(hall):
    """The vote is open for twelve members from afar."""
    return Away(hall).open()


def copy() -> Copy:
    """Every row of every table with the place where it lies, in that order; on PostgreSQL also who wrote it when."""
    rows: Copy = {}
    with connection.cursor() as cursor:
        keyed = without_place(cursor)
        for table in sorted(connection.introspection.table_names(cursor)):
            where = ("0", "1") if table in keyed else WHERE[connection.vendor]
            cursor.execute(f'SELECT {where[0]}, * FROM "{table}" ORDER BY {where[1]}')
            rows[table] = [tuple(map(str, row)) for row in cursor.fetchall()]
    return ranked(rows) if connection.vendor == "postgresql" else rows


def without_place(cursor: Any) -> set[str]:
    """The tables of the search index that lie in the order of their key and have no place beside it."""
    if connection.vendor == "postgresql":
        return set()
    cursor.execute("SELECT name FROM pragma_table_list WHERE wr")
    return {str(row[0]) for row in cursor.fetchall()}


def ranked(rows: Copy) -> Copy:
    """Transactions by their order instead of their number, which goes on counting after a rollback."""
    order = {
        one: str(n) for n, one in enumerate(sorted({int(row[0]) for table in rows.values() for row in table}))
    }
    return {table: [(order[int(row[0])], *row[1:]) for row in some] for table, some in rows.items()}


def text(rows: Copy) -> str:
    return "\n".join("|".join(row) for table in rows.values() for row in table)


class Dice:
    """Random bytes that are the same in every run."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._random = random.Random()
        monkeypatch.setattr("secrets.token_bytes", lambda count: self._random.randbytes(count))
        self.again()

    def again(self) -> None:
        self._random.seed(7)


@pytest.fixture
def runs(away, monkeypatch) -> Any:
    """Lets the same vote take place again and again: each is undone after it was copied."""
    dice = Dice(monkeypatch)
    numbers, keys = _series(), away.keys

    def run(who: list[int], votes: list[str]) -> tuple[Copy, Copy]:
        dice.again()
        away.keys = keys
        for name, last in numbers.items():
            with connection.cursor() as cursor:
                cursor.execute("SELECT setval(%s, %s)", [name, last])
        mark = transaction.savepoint()
        tidy()
        codes = away.codes()
        for member, vote in zip(who, votes, strict=True):
            services.cast(code=codes[member], choice=vote)
        running = copy()
        away.close()
        closed = copy()
        transaction.savepoint_rollback(mark)
        return running, closed

    return run


def tidy() -> None:
    """Write PostgreSQL's tables anew: what earlier tests left free in their pages decides where rows come to lie."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("meetings_", "journal_")):
                cursor.execute(f'CLUSTER "{table}" USING "{table}_pkey"')


def _series() -> dict[str, int]:
    """PostgreSQL's counters, which no rollback sets back."""
    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname || '.' || sequencename, COALESCE(last_value, 0) + 1000 FROM pg_sequences"
        )
        return dict(cursor.fetchall())


def orders(count: int) -> Iterator[tuple[list[int], list[str]]]:
    """The same eleven codes, in other orders, with the votes dealt otherwise."""
    dealer = random.Random(20261009)
    for _ in range(count):
        who, votes = list(range(11)), list(VOTES)
        dealer.shuffle(who)
        dealer.shuffle(votes)
        yield who, votes


def test_the_copy_is_the_same_whoever_voted_how_and_in_whatever_order(runs) -> None:
    first = runs(list(range(11)), list(VOTES))
    for who, votes in orders(8):
        assert runs(who, votes) == first


def test_another_sum_makes_another_copy(runs) -> None:
    """The comparison sees what there is to see: the sums, once they are public, and nothing of them before."""
    running, closed = runs(list(range(11)), list(VOTES))
    other_running, other_closed = runs(list(range(11)), ["against", *VOTES[1:]])
    assert closed != other_closed
    boxes = "meetings_ballotbox"
    assert {name: rows for name, rows in running.items() if name != boxes} == {
        name: rows for name, rows in other_running.items() if name != boxes
    }
    sealed = [[len(cell) for cell in one[boxes][0]] for one in (running, other_running)]
    assert sealed[0] == sealed[1]


def test_an_order_that_was_kept_would_be_seen(runs, monkeypatch) -> None:
    monkeypatch.setattr(ballot_box, "sorted", lambda items: items, raising=False)
    first = runs(list(range(11)), list(VOTES))
    assert any(runs(who, votes) != first for who, votes in orders(2))


def test_a_ballot_changes_one_cell_and_its_length_never(away) -> None:
    """What somebody sees who takes a copy after each ballot: that one more was cast, and not by which code or how."""
    codes = away.codes()
    before = copy()
    lengths = set()
    for code, vote in zip(codes, VOTES, strict=False):
        services.cast(code=code, choice=vote)
        now = copy()
        changed = {
            (table, n)
            for table in now
            for old, new in zip(before[table], now[table], strict=True)
            for n, (was, became) in enumerate(zip(old[1:], new[1:], strict=True), 1)
            if was != became
        }
        sealed = BallotBox.objects.get().sealed
        assert changed == {("meetings_ballotbox", now["meetings_ballotbox"][0].index(sealed))}
        lengths.add(len(sealed))
        before = now
    assert len(lengths) == 1


def spellings(code: str) -> tuple[str, ...]:
    plain = code.replace("-", "")
    return code, plain, code.lower(), plain.lower()


def test_codes_receipts_and_votes_stand_nowhere_in_clear(away, caplog) -> None:
    caplog.set_level(logging.DEBUG, logger="django.db.backends")
    connection.force_debug_cursor = True
    try:
        codes = away.codes()
        receipts = [
            services.cast(code=code, choice=vote).receipt for code, vote in zip(codes, VOTES, strict=False)
        ]
        told = text(copy())
        counts = BallotBox.objects.values_list("agree", "against", "abstain").get()
        away.close()
    finally:
        connection.force_debug_cursor = False
    told += text(copy()) + caplog.text
    assert counts == (0, 0, 0) and "UPDATE" in caplog.text
    assert not any(one in told for code in (*codes, *receipts) for one in spellings(code))
    assert '"spent"' not in told
    if connection.vendor == "sqlite":
        # The whole file as it would lie on a disk, with the pages that were given up.
        connection.ensure_connection()
        raw = bytes(connection.connection.serialize())
        assert b"meetings_ballotbox" in raw and b'"spent"' not in raw
        assert not any(one.encode() in raw for code in (*codes, *receipts) for one in spellings(code))


def test_one_copy_with_the_key_still_pairs_nothing(away) -> None:
    """Who steals the key as well learns from one copy the sums and which codes were spent, not what each said."""
    codes = away.codes()
    for code, vote in zip(codes, VOTES, strict=False):
        services.cast(code=code, choice=vote)
    box = BallotBox.objects.get()
    inside = ballot_box.unseal(box.sealed, box.pk)
    assert (inside.agree, inside.against, inside.abstain) == (5, 4, 2)
    assert list(inside.spent) == sorted(inside.spent) and len(inside.spent) == 11
    assert list(inside.receipts) == sorted(inside.receipts) and len(inside.receipts) == 11
