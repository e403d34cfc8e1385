"""Reading the journal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from mingbai.journal.append_only import Lock
from mingbai.journal.events import EntryRef, TypedField
from mingbai.journal.models import EntryRow, Head
from mingbai.journal.rules import entry_hash
from mingbai.kernel import Citation

_LEGAL_TIME = ZoneInfo("Asia/Shanghai")
_LOCKS_ON_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
_LOCKS_ON_POSTGRESQL = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"


@dataclass(frozen=True)
class Entry:
    """One recorded act."""

    seq: int
    act: str
    village: str
    subject: str
    actor: str
    office: str
    occurred_on: date
    recorded_at: datetime
    fields: tuple[TypedField, ...]
    data: Mapping[str, Any]
    citation: Citation | None
    prev_hash: str
    hash: str


def _entry(row: EntryRow) -> Entry:
    content = json.loads(row.content)
    citation = Citation.from_dict(content["citation"]) if content["citation"] else None
    fields = tuple(TypedField(**field) for field in content["fields"])
    return Entry(
        row.seq, row.act, row.village, row.subject, row.actor, row.office, row.occurred_on, row.recorded_at,
        fields, content["data"], citation, row.prev_hash, row.hash,
    )  # fmt: skip


def entries_after(seq: int, limit: int = 500) -> tuple[Entry, ...]:
    """The entries that follow number `seq`, oldest first, at most `limit`."""
    return tuple(_entry(row) for row in EntryRow.objects.filter(seq__gt=seq).order_by("seq")[:limit])


def entries_of(subject: str) -> tuple[Entry, ...]:
    """Everything recorded of one subject, oldest first."""
    return tuple(_entry(row) for row in EntryRow.objects.filter(subject=subject).order_by("seq"))


def head() -> EntryRef:
    """The last entry; number 0 when there is none."""
    row = Head.objects.filter(pk=1).first()
    return EntryRef(row.seq, row.hash) if row else EntryRef(0, "")


def last_recorded_at() -> datetime | None:
    """The instant of the last entry; nothing when there is none."""
    return Head.objects.filter(pk=1).values_list("recorded_at", flat=True).first()


def first_day(village: str) -> date | None:
    """The legal day of a village's first entry: since when it uses the platform; None before."""
    row = EntryRow.objects.filter(village=village).order_by("seq").first()
    return row.recorded_at.astimezone(_LEGAL_TIME).date() if row else None


def verify_chain() -> tuple[str, ...]:
    """What is wrong with the journal: gaps, changed entries, a wrong head; empty when it is whole."""
    wrong, seq, previous = [], 0, ""
    for row in EntryRow.objects.order_by("seq").iterator():
        seq += 1
        if row.seq != seq:
            return (*wrong, f"第 {seq} 号不见了，接着的是第 {row.seq} 号")
        if row.prev_hash != previous or row.hash != _recomputed(row):
            wrong.append(f"第 {seq} 号被改过")
        previous = row.hash
    if head() != EntryRef(seq, previous):
        wrong.append(f"末尾不对：记着第 {head().seq} 号，实际到第 {seq} 号")
    return tuple(wrong)


def _recomputed(row: EntryRow) -> str:
    return entry_hash(
        seq=row.seq, act=row.act, village=row.village, subject=row.subject, actor=row.actor,
        office=row.office, occurred_on=row.occurred_on, recorded_at=row.recorded_at, content=row.content,
        prev_hash=row.prev_hash,
    )  # fmt: skip


def missing_locks() -> tuple[str, ...]:
    """Triggers that migrations put on append-only tables and that are gone or switched off (security T5)."""
    sqlite = connection.vendor == "sqlite"
    wanted = {
        name
        for migration in MigrationLoader(None).disk_migrations.values()
        for operation in migration.operations
        if isinstance(operation, Lock)
        for name in (operation.on_sqlite if sqlite else operation.on_postgresql)
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOCKS_ON_SQLITE if sqlite else _LOCKS_ON_POSTGRESQL)
        found = {row[0] for row in cursor.fetchall()}
    return tuple(sorted(wanted - found))
