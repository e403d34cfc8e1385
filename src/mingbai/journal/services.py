"""Recording an act, and moving a follower's cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from mingbai.journal.events import EntryRef, TypedField
from mingbai.journal.models import Cursor, EntryRow, Head
from mingbai.journal.rules import content_of, entry_hash
from mingbai.kernel import Citation, Refused


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

    Numbers have no gap: the head row is locked until the transaction ends.

    Raises:
        Refused: the clock runs backwards: `at` is earlier than the last entry's instant.
        RuntimeError: called outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an act is recorded in the transaction that carries it out")
    head = _locked_head()
    _refuse_earlier(head, at)
    basis = citation.as_dict() if citation else None
    content = content_of([one.as_dict() for one in fields], data or {}, basis)
    values = {
        "seq": head.seq + 1, "act": act, "village": village, "subject": subject, "actor": actor,
        "office": office, "occurred_on": occurred_on, "recorded_at": at, "content": content,
        "prev_hash": head.hash,
    }  # fmt: skip
    row = EntryRow(**values, hash=entry_hash(**values))
    row.save(force_insert=True)
    head.seq, head.hash, head.recorded_at = row.seq, row.hash, at
    head.save(update_fields=["seq", "hash", "recorded_at"])
    return EntryRef(row.seq, row.hash)


def _locked_head() -> Head:
    head = Head.objects.select_for_update().filter(pk=1).first()
    if head is None:
        Head.objects.get_or_create(pk=1)
        head = Head.objects.select_for_update().get(pk=1)
    return head


def _refuse_earlier(head: Head, at: datetime) -> None:
    if head.recorded_at is not None and at < head.recorded_at:
        raise Refused("服务器的时钟比上一条记录还早，不能往回记", remedy="请系统管理员校准服务器时间以后再办")


def cursor(name: str) -> int:
    """How far the follower `name` has read; the row stays locked until the transaction ends."""
    Cursor.objects.get_or_create(name=name)
    return Cursor.objects.select_for_update().get(name=name).seq


def move_cursor(name: str, seq: int) -> None:
    """Note that the follower `name` has read up to `seq`."""
    Cursor.objects.filter(name=name).update(seq=seq)
