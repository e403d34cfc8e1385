"""Laying a photographed sheet straight: a copy of its own; the original and every copy before stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mingbai.evidence import store
from mingbai.evidence.models import Paper, Straightened
from mingbai.evidence.straightening import Point, straightened
from mingbai.kernel import Refused


def straighten_paper(*, paper: str, corners: Sequence[Point], actor: str, at: datetime) -> None:
    """Show and mask the sheet between four corners from now on, or with no corners the photograph as it was.

    Corners are in pixels of the photograph's cleaned copy, clockwise from the upper left.

    Raises:
        Refused: no such paper, no picture of it, or no four corners of a sheet.
    """
    row = Paper.objects.filter(pk=paper).first()
    copy = store.get("cleaned", row.cleaned) if row and row.cleaned else None
    if row is None or copy is None:
        raise Refused("这张单据没有照片可以摆正", remedy="请把它拍成照片，重新传一张")
    digest = store.put("cleaned", straightened(copy, corners)) if corners else ""
    with transaction.atomic():
        Straightened.objects.create(
            paper=row, digest=digest, corners=[list(one) for one in corners], actor=actor, recorded_at=at
        )
