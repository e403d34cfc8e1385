"""Recording an act, and moving a follower's cursor."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection

from mingbai.journal.events import Act, EntryRef, TypedField
from mingbai.journal.models import Cursor
from mingbai.journal.rules import content_of, entry_hash
from mingbai.kernel import Citation, Refused

IN_QUEUE = timedelta(seconds=30)
"""How long an act may have waited for its turn. More than that is no queue but a wrong clock."""


def record(
    *,
    act: str,
    village: str,
    subject: str,
    actor: str,
    office: str,
    occurred_on: date,
    at: datetime,
    fields: Sequence[TypedField] = (),
    data: Mapping[str, Any] | None = None,
    citation: Citation | None = None,
) -> EntryRef:
    """Append one act to the journal, in the caller's transaction: no act, no change.

    Numbers have no gap: the head row is locked until the transaction ends. Whoever waited for it while another act,
    begun a moment later, was recorded, is recorded at that one's instant: time never runs back in the journal.

    Raises:
        Refused: the clock runs backwards: `at` is earlier than the last entry's instant.
        RuntimeError: called outside a transaction.
    """
    one = Act(act, village, subject, actor, office, occurred_on, fields, data, citation)
    return record_many((one,), at)


def record_many(acts: Iterable[Act], at: datetime) -> EntryRef:
    """Append acts in their order, in the caller's transaction; returns where the last was recorded.

    Raises:
        Refused: the clock runs backwards.
        RuntimeError: called outside a transaction.
        ValueError: no act at all.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an act is recorded in the transaction that carries it out")
    # Every act ends here: three plain statements cost a quarter of what as many of the ORM do.
    with connection.cursor() as database:
        seq, digest, last = _locked_head(database)
        if last is not None and last - IN_QUEUE <= at < last:
            at = last
        if last is not None and at < last:
            raise Refused(
                "服务器的时钟比上一条记录还早，不能往回记", remedy="请系统管理员校准服务器时间以后再办"
            )
        begun = seq
        rest = iter(acts)
        while portion := list(itertools.islice(rest, _PORTION)):
            rows = []
            for one in portion:
                seq, digest, row = _row(one, seq + 1, digest, at)
                rows.append(row)
            database.executemany(_INSERT, rows)
        if seq == begun:
            raise ValueError("no act to record")
        database.execute(_MOVE_HEAD, [seq, digest, connection.ops.adapt_datetimefield_value(at)])
    return EntryRef(seq, digest)


def _row(one: Act, seq: int, previous: str, at: datetime) -> tuple[int, str, list[Any]]:
    """The entry's number, its digest over the one before, and its columns."""
    ops = connection.ops
    basis = one.citation.as_dict() if one.citation else None
    content = content_of([field.as_dict() for field in one.fields], one.data or {}, basis)
    values = {
        "seq": seq, "act": one.act, "village": one.village, "subject": one.subject, "actor": one.actor,
        "office": one.office, "occurred_on": one.occurred_on, "recorded_at": at, "content": content,
        "prev_hash": previous,
    }  # fmt: skip
    digest = entry_hash(**values)
    kept = {
        **values,
        "occurred_on": ops.adapt_datefield_value(one.occurred_on),
        "recorded_at": ops.adapt_datetimefield_value(at),
    }
    return seq, digest, [*kept.values(), digest]


_COLUMNS = (
    "seq", "act", "village", "subject", "actor", "office", "occurred_on", "recorded_at", "content", "prev_hash",
    "hash",
)  # fmt: skip
_INSERT = f"INSERT INTO journal_entry ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"  # noqa: S608
_PORTION = 2_000
_HEAD = "SELECT seq, hash, recorded_at FROM journal_head WHERE id = 1"
_FIRST_HEAD = "INSERT INTO journal_head (id, seq, hash) VALUES (1, 0, '') ON CONFLICT (id) DO NOTHING"
_MOVE_HEAD = "UPDATE journal_head SET seq = %s, hash = %s, recorded_at = %s WHERE id = 1"


def _locked_head(database: Any) -> tuple[int, str, datetime | None]:
    """Number, digest and instant of the last entry, locked until the transaction ends."""
    statement = f"{_HEAD} FOR UPDATE" if connection.features.has_select_for_update else _HEAD
    database.execute(statement)
    found = database.fetchone()
    if found is None:
        database.execute(_FIRST_HEAD)
        database.execute(statement)
        found = database.fetchone()
    last = found[2]
    # SQLite keeps instants in UTC without saying so.
    return int(found[0]), str(found[1]), last.replace(tzinfo=UTC) if last and last.tzinfo is None else last


def cursor(name: str) -> int:
    """How far the follower `name` has read; the row stays locked until the transaction ends."""
    Cursor.objects.get_or_create(name=name)
    return Cursor.objects.select_for_update().get(name=name).seq


def move_cursor(name: str, seq: int) -> None:
    """Note that the follower `name` has read up to `seq`."""
    Cursor.objects.filter(name=name).update(seq=seq)
