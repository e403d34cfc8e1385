"""Reading papers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from mingbai.evidence import store
from mingbai.evidence.invoice import Invoice, InvoiceName
from mingbai.evidence.invoice_files import kind_of, read_invoice
from mingbai.evidence.models import InvoiceUse, Paper, Release, WithdrawalAsked, WithdrawnCopy
from mingbai.evidence.pictures import dimensions
from mingbai.evidence.proposing import Proposal
from mingbai.evidence.straightening import Point, found_corners
from mingbai.kernel import Money, Refused


@dataclass(frozen=True)
class Original:
    """A sealed original, whether or not there is a public copy of it."""

    id: str
    digest: str
    label: str
    village: str


@dataclass(frozen=True)
class PaperView:
    """A paper: `public_digest` is the digest of its newest public copy, or nothing."""

    id: str
    digest: str
    label: str
    village: str
    media_type: str
    subject: str | None
    public_digest: str | None


@dataclass(frozen=True)
class UseView:
    """A use of an invoice that stands; `voucher` is empty until it was paid."""

    id: int
    name: InvoiceName
    village: str
    subject: str
    paper: str
    seller: str
    amount_fen: int | None
    voucher: str

    @property
    def amount(self) -> Money | None:
        """Tax included, as the person who entered it read it."""
        return Money(self.amount_fen) if self.amount_fen is not None else None

    @property
    def voucher_number(self) -> str:
        """The number that people say, without the village."""
        return self.voucher.rpartition("/")[2]


@dataclass(frozen=True)
class WithdrawalView:
    """What somebody asked to be taken down; `copy` is empty for a whole publication. `state`: asked, down or kept."""

    id: int
    publication: str
    copy: str
    village: str
    reason: str
    person: str
    office: str
    asked_at: datetime
    state: str


_NEWEST_COPY = Release.objects.filter(paper=OuterRef("pk")).order_by("-pk").values("digest")[:1]


def paper(id: str) -> PaperView | None:
    """One paper."""
    return papers([id]).get(id)


def papers(ids: Sequence[str]) -> Mapping[str, PaperView]:
    """Several papers by id, in one query; unknown ids are absent."""
    return {view.id: view for view in _views(Paper.objects.filter(pk__in=ids))}


def originals(ids: Sequence[str]) -> Mapping[str, Original]:
    """The sealed originals by id, in one cheap query: what an act needs that only hands papers in."""
    rows = Paper.objects.filter(pk__in=ids).values_list("pk", "digest", "label", "village")
    return {row[0]: Original(*row) for row in rows}


def papers_of(subject: str) -> tuple[PaperView, ...]:
    """The papers handed in for a subject, such as `case:05-…`, in the order in which they came."""
    return tuple(_views(Paper.objects.filter(subject=subject).order_by("recorded_at", "pk")))


def _views(rows: QuerySet[Paper]) -> list[PaperView]:
    columns = ("pk", "digest", "label", "village", "media_type", "subject", Subquery(_NEWEST_COPY))
    return [PaperView(*row) for row in rows.values_list(*columns)]


def cleaned_bytes(id: str) -> tuple[bytes, str]:
    """What somebody within reach of the village may see of a paper: its cleaned copy as JPEG.

    Of a PDF whose pages could not be drawn it is the PDF as handed in: to be saved, never shown in place.

    Raises:
        LookupError: no such paper, or the file is gone or altered.
    """
    row = Paper.objects.filter(pk=id).first()
    if row is None:
        raise LookupError(id)
    content = store.get("cleaned", shown_copy(row)) if row.cleaned else store.get("sealed", row.digest)
    if content is None:
        raise LookupError(id)
    return content, "image/jpeg" if row.cleaned else row.media_type


def shown_copy(row: Paper) -> str:
    """The digest of the copy that is shown and masked: straightened when somebody did so, else as photographed."""
    newest = row.straightenings.order_by("-pk").first()
    return newest.digest if newest and newest.digest else row.cleaned


def findings(id: str) -> tuple[Proposal, ...] | None:
    """What the machine found on the copy that is shown now; None when it was not asked."""
    row = Paper.objects.filter(pk=id).first()
    newest = row.findings.filter(copy=shown_copy(row)).order_by("-pk").first() if row else None
    return tuple(Proposal(**one) for one in newest.boxes) if newest else None


def photographed(id: str) -> tuple[bytes, tuple[int, int]] | None:
    """The cleaned copy as it was photographed and its size in pixels: where corners are set; None when it has none."""
    row = Paper.objects.filter(pk=id).first()
    content = store.get("cleaned", row.cleaned) if row and row.cleaned else None
    return (content, dimensions(content)) if content else None


def proposed_corners(id: str) -> tuple[Point, ...] | None:
    """Where the sheet lies in the photograph: as a person set it last, else as found; None where nothing was."""
    row = Paper.objects.filter(pk=id).first()
    newest = row.straightenings.order_by("-pk").first() if row else None
    if newest and newest.corners:
        return tuple((x, y) for x, y in newest.corners)
    found = photographed(id)
    return found_corners(found[0]) if found else None


def size(id: str) -> tuple[int, int] | None:
    """Width and height of a paper's cleaned copy in pixels; nothing when it has none that can be masked."""
    row = Paper.objects.filter(pk=id).first()
    content = store.get("cleaned", shown_copy(row)) if row and row.cleaned else None
    return dimensions(content) if content else None


def public_bytes(digest: str) -> tuple[bytes, str] | None:
    """A public copy by its digest; nothing when it was never released, was taken down or is altered on disk."""
    released = Release.objects.filter(digest=digest).exists() and not withdrawn_copies([digest])
    content = store.get("public", digest) if released else None
    return (content, "image/jpeg") if content is not None else None


def withdrawn_copies(digests: Collection[str]) -> Mapping[str, str]:
    """Which of these public copies were taken down, and why; one query, none when nothing is asked."""
    rows = WithdrawnCopy.objects.filter(digest__in=digests) if digests else WithdrawnCopy.objects.none()
    return dict(rows.values_list("digest", "reason"))


def withdrawals(prefix: str, limit: int = 100) -> tuple[WithdrawalView, ...]:
    """What was asked to be taken down in the places whose code begins so, the newest first; one query."""
    rows = (
        WithdrawalAsked.objects.filter(village__startswith=prefix).select_related("confirmed").order_by("-pk")
    )
    return tuple(_withdrawal(row) for row in rows[:limit])


def withdrawal(id: int) -> WithdrawalView | None:
    """One withdrawal as asked and settled."""
    row = WithdrawalAsked.objects.select_related("confirmed").filter(pk=id).first()
    return _withdrawal(row) if row else None


def _withdrawal(row: WithdrawalAsked) -> WithdrawalView:
    settled = getattr(row, "confirmed", None)
    state = "asked" if settled is None else "down" if settled.taken_down else "kept"
    return WithdrawalView(
        row.pk,
        row.publication,
        row.copy,
        row.village,
        row.reason,
        row.person,
        row.office,
        row.recorded_at,
        state,
    )


def altered() -> tuple[str, ...]:
    """Ids of papers whose sealed original is gone or no longer matches its digest (the sweep)."""
    rows = Paper.objects.order_by("recorded_at").iterator()
    return tuple(row.pk for row in rows if store.get("sealed", row.digest) is None)


def invoice_uses(village: str, paper: str = "") -> tuple[UseView, ...]:
    """The uses of invoices of a village that stand, newest first; with `paper` only those entered with it."""
    rows = InvoiceUse.objects.filter(village=village, freed__isnull=True).select_related("paid")
    return tuple(_use_view(row) for row in (rows.filter(paper=paper) if paper else rows).order_by("-pk"))


def invoices_of(subject: str) -> tuple[Invoice, ...]:
    """What the invoices say that were entered for a subject (`case:…`) and are neither paid nor freed."""
    rows = InvoiceUse.objects.filter(subject=subject, freed__isnull=True, paid__isnull=True).order_by("pk")
    return tuple(
        Invoice(InvoiceName(row.code, row.number), row.seller, row.amount_fen, row.issued_on) for row in rows
    )


def _use_view(row: InvoiceUse) -> UseView:
    voucher = row.paid.voucher if hasattr(row, "paid") else ""
    name = InvoiceName(row.code, row.number)
    return UseView(row.pk, name, row.village, row.subject, row.paper, row.seller, row.amount_fen, voucher)


def invoice_said(id: str) -> Invoice | None:
    """What an electronic invoice that was handed in says of itself, for a person to confirm; None for all others."""
    row = Paper.objects.filter(pk=id).first()
    content = store.get("sealed", row.digest) if row and row.media_type.startswith("application/") else None
    try:
        return read_invoice(content) if content and kind_of(content) else None
    except Refused:
        return None
