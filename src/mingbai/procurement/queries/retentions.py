"""Retention money: what is held back of which contract, until when, and what is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mingbai.kernel import Money
from mingbai.procurement.models import Retention


@dataclass(frozen=True)
class RetentionView:
    """What is held back of a contract; `released_on` once it may be paid out."""

    case: str
    village: str
    contract: str
    party: str
    percent: int
    fen: int
    accepted_on: date
    until: date
    released_on: date | None

    @property
    def yuan(self) -> str:
        """What is held back, in yuan."""
        return Money(self.fen).yuan()

    def due(self, on: date) -> bool:
        """Whether the period is over and nobody has released it."""
        return self.released_on is None and on > self.until


def retention_of(case: str) -> RetentionView | None:
    """What is held back of a case; None when nothing is."""
    row = Retention.objects.select_related("release").filter(case=case).first()
    return _view(row) if row else None


def retentions(villages: Iterable[str]) -> tuple[RetentionView, ...]:
    """What is held back in some villages and not released yet, the first due first."""
    rows = Retention.objects.filter(village__in=list(villages), release__isnull=True).order_by(
        "until", "contract"
    )
    return tuple(_view(row) for row in rows)


def _view(row: Retention) -> RetentionView:
    release = getattr(row, "release", None)
    return RetentionView(
        row.case, row.village, row.contract, row.party, row.percent, row.fen, row.accepted_on, row.until,
        release.released_on if release else None,
    )  # fmt: skip
