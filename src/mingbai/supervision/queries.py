"""Findings for the desk. The public sees them as publications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mingbai.supervision.models import FindingRow


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
