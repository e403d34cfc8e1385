"""Papers of a publication: shown when they were released before, sealed otherwise, and opened when released later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mingbai.disclosure.models import PaperPlace, PublicationRow
from mingbai.disclosure.rules import documents, redaction
from mingbai.disclosure.rules.profiles import Profiles
from mingbai.disclosure.rules.values import PublicPaper
from mingbai.evidence import queries as evidence
from mingbai.evidence.events import RELEASED
from mingbai.journal.queries import Entry

PAPER_PUBLIC = "已公开"


def public_papers(entry: Entry, profiles: Profiles, salt: bytes) -> tuple[PublicPaper, ...]:
    """The papers an act lists, each as the public may hold it now."""
    listed = _listed(entry)
    kept = evidence.papers([item["id"] for item in listed if item.get("id")]) if listed else {}
    return tuple(_paper(item, kept.get(item.get("id", "")), profiles, salt) for item in listed)


def _listed(entry: Entry) -> Sequence[Mapping[str, str]]:
    return (entry.data or {}).get("papers") or []


def _paper(
    item: Mapping[str, str], kept: evidence.PaperView | None, profiles: Profiles, salt: bytes
) -> PublicPaper:
    """Public only when a person has masked and released it before, and the public copy is whole."""
    label = redaction.clean_text(item.get("label", "")) or redaction.WITHHELD
    seal = documents.seal(salt, item.get("digest", ""))
    digest = kept.public_digest if kept else None
    copy = evidence.public_bytes(digest) if digest else None
    if copy is None:
        return PublicPaper(label, None, "", True, profiles.paper_sealed, seal)
    return PublicPaper(label, digest, copy[1], False, PAPER_PUBLIC, seal)


def sealed_places(entry: Entry) -> list[PaperPlace]:
    """Where the paper that this act releases stands sealed in earlier publications; nothing for other acts."""
    if entry.act != RELEASED:
        return []
    rows = PaperPlace.objects.select_related("publication").filter(paper=(entry.data or {}).get("paper"))
    return list(rows.order_by("publication", "position"))


def note_papers(
    row: PublicationRow, entry: Entry, papers: Sequence[PublicPaper], opens: Sequence[PaperPlace]
) -> None:
    """Remember which papers of this publication are sealed, and which earlier ones it opens."""
    PaperPlace.objects.bulk_create(
        PaperPlace(publication=row, position=place, paper=item.get("id", ""))
        for place, (item, paper) in enumerate(zip(_listed(entry), papers, strict=True))
        if paper.masked
    )
    shown = [paper for paper in papers if not paper.masked]
    if opens and shown:
        PaperPlace.objects.filter(pk__in=[one.pk for one in opens]).update(
            opened=row, digest=shown[0].digest, media_type=shown[0].media_type
        )
