"""Findings for the desk; the public sees them as publications. And the last self-check, for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mingbai.supervision.models import FindingRow, SelfCheckRow


@dataclass(frozen=True)
class Finding:
    """A finding; `entry` is the journal entry looked at, `publication` where the public sees that entry."""

    id: int
    rule: str
    rule_version: int
    entry: int
    village: str
    case: str
    publication: str
    severity: str
    sentence: str
    threshold: int
    working_days: int | None
    raised_at: datetime


def findings(village: str | None = None, limit: int = 50) -> tuple[Finding, ...]:
    """The newest findings first, of a village or of all; one query."""
    rows = FindingRow.objects.order_by("-id")
    rows = rows.filter(village=village) if village else rows
    names = Finding.__dataclass_fields__
    return tuple(Finding(**{name: getattr(row, name) for name in names}) for row in rows[:limit])


@dataclass(frozen=True)
class SelfCheck:
    """The outcome of a check of the records; `lines` are sentences, empty when all is well."""

    at: datetime
    ok: bool
    lines: tuple[str, ...]
    milliseconds: int


def last_self_check() -> SelfCheck | None:
    """The newest outcome, or nothing when none was made; one query."""
    row = SelfCheckRow.objects.order_by("-pk").first()
    return SelfCheck(row.at, row.ok, tuple(row.lines), row.milliseconds) if row else None
