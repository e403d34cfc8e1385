"""Sealing a paper and releasing its public copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from mingbai.evidence import store
from mingbai.evidence.models import Paper, Release
from mingbai.evidence.pictures import Box, cleaned, masked
from mingbai.evidence.rules import media_type
from mingbai.kernel import Refused, scan_text

__all__ = ["Box", "PaperKept", "keep_paper", "release_paper"]


@dataclass(frozen=True)
class PaperKept:
    """A sealed paper: its id, the digest of the original, what it is and its size in bytes."""

    id: str
    digest: str
    media_type: str
    size: int


def keep_paper(
    *, content: bytes, name: str, label: str, village: str, actor: str, at: datetime
) -> PaperKept:
    """Seal a paper. The name it came with is not kept: it may name a person, and it never decides anything.

    Raises:
        Refused: not a picture or PDF, cannot be opened, too large; a personal number in name or label.
    """
    if scan_text(label) or scan_text(name):
        raise Refused("文件名或者单据名称里有个人号码", remedy="改个名字再传，例如：发票.jpg")
    kind = media_type(content)
    copy = "" if kind == "application/pdf" else store.put("cleaned", cleaned(content))
    digest = store.put("sealed", content)
    row = Paper(
        digest=digest, cleaned=copy, label=label[:120], village=village, media_type=kind, size=len(content),
        actor=actor, recorded_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    return PaperKept(row.pk, digest, kind, len(content))


def release_paper(*, paper: str, masks: Sequence[Box], actor: str, at: datetime) -> str:
    """Make the public copy of a paper under the masks a person drew; returns its digest.

    Raises:
        Refused: no such paper, a PDF (its pages must be photographed), or the sealed original is altered.
    """
    with transaction.atomic():
        row = Paper.objects.select_for_update().filter(pk=paper).first()
        copy = store.get("cleaned", row.cleaned) if row and row.cleaned else None
        if row is None or copy is None:
            raise Refused("这张单据做不了公开的副本", remedy="请把它拍成照片，重新传一张")
        digest = store.put("public", masked(copy, masks))
        Release.objects.create(
            paper=row, digest=digest, masks=[asdict(box) for box in masks], actor=actor, recorded_at=at
        )
    return digest
