"""Drafts of the next edition: their files, who wrote what when, what was kept aside, what is unsound yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from mingbai.catalogue.models import DraftFileRow, DraftRow
from mingbai.catalogue.queries.editions import catalogue, edition
from mingbai.catalogue.rules import read_folder
from mingbai.catalogue.rules.change_record import change_record
from mingbai.catalogue.rules.changes import Change
from mingbai.catalogue.rules.readers import read_all
from mingbai.kernel import BadFile, Citation, Refused, canonical_bytes, sha256_hex


@dataclass(frozen=True)
class DraftView:
    """A draft; `changed` are the files that differ from its base, `base` the edition it stands on."""

    id: int
    name: str
    base: int
    reason: str
    citation: Citation | None
    author: str
    opened_at: datetime
    updated_at: datetime
    revision: int
    status: str
    edition: int | None
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Writing:
    """One writing of a file: `aside` when it could not be merged and was kept beside the draft."""

    file: str
    text: str | None
    revision: int
    author: str
    written_at: datetime
    aside: bool


def open_drafts() -> tuple[DraftView, ...]:
    """Drafts that are being written, the one written last first."""
    rows = DraftRow.objects.filter(status=DraftRow.Status.open).order_by("-updated_at", "-id")
    return tuple(_view(row) for row in rows)


def draft(id: int) -> DraftView:
    """A draft, open or closed.

    Raises:
        Refused: there is none.
    """
    row = DraftRow.objects.filter(pk=id).first()
    if row is None:
        raise Refused("没有这份草案", remedy="从草案列表进入")
    return _view(row)


def _view(row: DraftRow) -> DraftView:
    citation = Citation.from_dict(row.citation) if row.citation else None
    changed = tuple(sorted(overlay(row.pk)))
    return DraftView(
        row.pk, row.name, row.base, row.reason, citation, row.author, row.opened_at, row.updated_at,
        row.revision, row.status, row.edition, changed,
    )  # fmt: skip


def overlay(id: int) -> dict[str, str | None]:
    """The files that a draft says otherwise than its base; None: taken out."""
    base = edition(DraftRow.objects.values_list("base", flat=True).get(pk=id)).files
    rows = DraftFileRow.objects.filter(draft_id=id, aside=False).order_by("revision", "id")
    latest = dict(rows.values_list("file", "text"))
    return {file: text for file, text in latest.items() if text != base.get(file)}


def files(id: int) -> dict[str, str]:
    """The whole folder as the draft would have it."""
    base = edition(DraftRow.objects.values_list("base", flat=True).get(pk=id)).files
    merged = {**base, **overlay(id)}
    return {file: text for file, text in sorted(merged.items()) if text is not None}


def text_at(id: int, file: str, revision: int | None = None) -> str | None:
    """One file as it stood at a revision of the draft, or as it stands; None when it is not there."""
    rows = DraftFileRow.objects.filter(draft_id=id, file=file, aside=False).order_by("revision", "id")
    row = (rows.filter(revision__lte=revision) if revision is not None else rows).last()
    if row is not None:
        return row.text
    base = DraftRow.objects.values_list("base", flat=True).get(pk=id)
    return edition(base).files.get(file)


def last_writer(id: int, file: str) -> str:
    """Who wrote a file of the draft last; empty when nobody did."""
    rows = DraftFileRow.objects.filter(draft_id=id, file=file, aside=False).order_by("revision", "id")
    row = rows.last()
    return row.author if row else ""


def writings(id: int, file: str | None = None) -> tuple[Writing, ...]:
    """Every writing of a draft, or of one file of it, earliest first; those kept aside too."""
    rows = DraftFileRow.objects.filter(draft_id=id).order_by("id")
    rows = rows.filter(file=file) if file else rows
    columns = ("file", "text", "revision", "author", "written_at", "aside")
    return tuple(Writing(*row) for row in rows.values_list(*columns))


def aside(id: int) -> tuple[Writing, ...]:
    """What could not be merged and was kept, earliest first."""
    return tuple(one for one in writings(id) if one.aside)


def digest(id: int) -> str:
    """The digest of the whole folder: what is reviewed and what is confirmed must have the same."""
    return sha256_hex(canonical_bytes(files(id)))


def problem(id: int) -> BadFile | None:
    """The first thing that is unsound in the draft, by file and line; None when every file can be read."""
    held = files(id)
    return _problem(_Folder(sha256_hex(canonical_bytes(held)), held))


@dataclass(frozen=True)
class _Folder:
    """A folder as a key: the same words have the same faults."""

    digest: str
    files: Mapping[str, str] = field(compare=False)


@lru_cache(maxsize=32)
def _problem(folder: _Folder) -> BadFile | None:
    try:
        read_folder(folder.files)
        read_all(folder.files, all_there=True)
    except BadFile as bad:
        return bad
    return None


def changes(id: int) -> tuple[Change, ...]:
    """What the draft changes against its base, in sentences.

    Raises:
        BadFile: the draft is not sound yet.
    """
    base, held = edition(draft(id).base), files(id)
    return change_record(base.files, catalogue(base), held, read_folder(held))
