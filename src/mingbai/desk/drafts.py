"""Keeping a draft: read it, add to it, drop it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mingbai.desk.models import Draft


@dataclass(frozen=True)
class Kept:
    """What the server holds for a step: typed values and, for each paper asked for, the papers handed in."""

    values: Mapping[str, str] = field(default_factory=dict)
    papers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    saved_at: datetime | None = None


def read(user: Any, case: str, step: str) -> Kept:
    """The user's draft of a step; empty when there is none."""
    row = Draft.objects.filter(user=user, case=case, step=step).first()
    return Kept(row.values, row.papers, row.saved_at) if row else Kept()


def keep(user: Any, case: str, step: str, kept: Kept, at: datetime) -> None:
    """Store the draft in place of the earlier one."""
    Draft.objects.update_or_create(
        user=user,
        case=case,
        step=step,
        defaults={"values": dict(kept.values), "papers": dict(kept.papers), "saved_at": at},
    )


def drop(user: Any, case: str, step: str) -> None:
    """Forget the draft: the step is done."""
    Draft.objects.filter(user=user, case=case, step=step).delete()


def of(user: Any) -> list[Draft]:
    """The user's drafts of steps, newest first."""
    return list(Draft.objects.filter(user=user).exclude(case__startswith="roll/").order_by("-saved_at")[:50])
