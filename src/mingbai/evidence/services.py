"""Sealing a paper and releasing its public copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from mingbai.evidence import store
from mingbai.evidence.events import RELEASED
from mingbai.evidence.finding import find_personal, looked_at
from mingbai.evidence.invoice_files import KINDS, kind_of, read_invoice
from mingbai.evidence.invoicing import free_invoice, free_invoices, pay_invoices, use_invoice
from mingbai.evidence.laying import straighten_paper
from mingbai.evidence.masking import refuse_personal
from mingbai.evidence.models import Paper, Release
from mingbai.evidence.pages import drawn
from mingbai.evidence.pictures import Box, cleaned, masked
from mingbai.evidence.queries import findings, shown_copy, withdrawn_copies
from mingbai.evidence.rules import MAX_BYTES, clean_label, media_type
from mingbai.journal.events import TypedField
from mingbai.journal.services import record
from mingbai.kernel import FieldKind, Refused, sha256_hex

__all__ = [
    "Box", "Examined", "PaperKept", "examine", "find_personal", "free_invoice", "free_invoices", "keep_examined", "keep_paper",
    "pay_invoices", "release_paper", "straighten_paper", "use_invoice",
]  # fmt: skip

LEGAL_TIME = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class PaperKept:
    """A sealed paper: its id, the digest of the original, what it is and its size in bytes."""

    id: str
    digest: str
    media_type: str
    size: int


@dataclass(frozen=True)
class Examined:
    """A file that may be kept: its bytes, its media type and its cleaned copy. Nothing of it is stored yet."""

    content: bytes
    media_type: str
    copy: bytes | None


def examine(content: bytes) -> Examined:
    """Look at a file without storing anything, so that several are refused or kept together.

    Raises:
        Refused: not a picture or PDF, cannot be opened, too large, too many pages, something hidden in it.
    """
    if kind_of(content) in ("ofd", "xml"):
        return Examined(content, _invoice_type(content), None)
    kind = media_type(content)
    return Examined(content, kind, drawn(content) if kind == "application/pdf" else cleaned(content))


def _invoice_type(content: bytes) -> str:
    """An OFD or XML file is taken as an electronic invoice only, and only when its number can be read."""
    if len(content) > MAX_BYTES or read_invoice(content) is None:
        raise Refused("读不出这份电子发票", remedy="到税务平台重新下载，或者打印出来拍成照片再传")
    return KINDS[str(kind_of(content))]


def keep_paper(
    *,
    content: bytes,
    name: str,
    label: str,
    village: str,
    actor: str,
    at: datetime,
    subject: str | None = None,
) -> PaperKept:
    """Seal a paper. The `name` it came with is dropped: it may name a person, and it never decides anything.

    `subject` is what it is handed in for, such as `case:05-…`.

    Raises:
        Refused: not a picture or PDF, cannot be opened, too large, too many pages, something hidden in it; or
            the label has a personal number or no character that can be shown.
    """
    _label(label)
    return keep_examined(
        examined=examine(content), label=label, village=village, actor=actor, at=at, subject=subject
    )


def keep_examined(
    *,
    examined: Examined,
    label: str,
    village: str,
    actor: str,
    at: datetime,
    subject: str | None = None,
) -> PaperKept:
    """Seal a paper that was examined before.

    Raises:
        Refused: the label has a personal number or no character that can be shown.
    """
    label, content, copy = _label(label), examined.content, examined.copy
    row = Paper(
        digest=store.put("sealed", content), cleaned=store.put("cleaned", copy) if copy else "", label=label,
        village=village, media_type=examined.media_type, size=len(content), actor=actor, recorded_at=at,
        subject=subject,
    )  # fmt: skip
    row.save(force_insert=True)
    return PaperKept(row.pk, row.digest, examined.media_type, len(content))


def _label(text: str) -> str:
    label = clean_label(text)
    if not label:
        raise Refused("单据没有名称", remedy="写上这是什么单据，例如：发票")
    refuse_personal("单据名称", text)
    refuse_personal("单据名称", label)
    return label


def release_paper(*, paper: str, masks: Sequence[Box], actor: str, at: datetime, office: str = "") -> str:
    """Make the public copy of a paper under the masks that `actor`, who looked, drew; returns its digest.

    The copy is made from the pixels of the cleaned copy; nothing else of any file can be in it. The act enters
    the journal, so that what was published with the paper still sealed shows it from then on.

    Raises:
        Refused: no such paper, nobody looked, no cleaned copy (a PDF that cannot be drawn must be
            photographed), a mask is wrong, or the sealed original is gone or altered.
    """
    if not actor:
        remedy = "请由办事的人登录以后，在照片上遮住个人信息再公开"
        raise Refused("公开单据以前要有人看过、遮好", remedy=remedy)
    looked_at(paper=paper, at=at)
    with transaction.atomic():
        row = Paper.objects.select_for_update().filter(pk=paper).first()
        copy = store.get("cleaned", shown_copy(row)) if row and row.cleaned else None
        if row is None or copy is None:
            raise Refused("这张单据做不了公开的副本", remedy="请把它拍成照片，重新传一张")
        if store.get("sealed", row.digest) is None:
            raise Refused("这张单据的原件不见了或被改过，不能公开", remedy="请告诉系统管理员查明原因")
        masks = [*masks, *_kept_masked(row.pk)]
        digest = store.put("public", _unwithdrawn(masked(copy, masks)))
        boxes = [asdict(box) for box in masks]
        Release.objects.create(paper=row, digest=digest, masks=boxes, actor=actor, recorded_at=at)
        _record(row, len(boxes), actor, office, at)
    return digest


def _unwithdrawn(public: bytes) -> bytes:
    """A public copy that was not taken down before. Raises `Refused` otherwise."""
    if withdrawn_copies([sha256_hex(public)]):
        raise Refused("这一份公开过，因为有个人信息撤下了", remedy="把该遮的遮住再公开")
    return public


def _kept_masked(paper: str) -> list[Box]:
    """What the machine found on this copy: masked whatever one person says."""
    return [Box(0, one.x, one.y, one.w, one.h) for one in findings(paper) or ()]


def _record(row: Paper, masks: int, actor: str, office: str, at: datetime) -> None:
    record(
        act=RELEASED,
        village=row.village,
        subject=row.subject or f"village:{row.village}",
        actor=actor,
        office=office,
        occurred_on=at.astimezone(LEGAL_TIME).date(),
        at=at,
        fields=[TypedField("masks", "遮盖几处", FieldKind.integer.value, str(masks))],
        data={
            "paper": row.pk,
            "masks": masks,
            "papers": [{"id": row.pk, "label": row.label, "digest": row.digest}],
        },
    )
