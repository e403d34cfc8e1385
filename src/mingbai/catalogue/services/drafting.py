"""Drafting the next edition beside the one in force: begun, written by several hands, brought up to date, discarded.

A draft may hold unfinished text: whether it is sound is said at each write, and asked again when it is confirmed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from mingbai.catalogue import queries
from mingbai.catalogue.events import DraftBegun, DraftWritten
from mingbai.catalogue.models import DraftFileRow, DraftRow
from mingbai.catalogue.queries import LARGEST_FILE, MOST_FILES, SUFFIXES, Edition
from mingbai.catalogue.queries import drafts as reading
from mingbai.catalogue.rules.merging import Conflict, merge
from mingbai.catalogue.services.confirming import LEGAL_ZONE
from mingbai.kernel import Citation, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor

_FILE = re.compile(r"[a-z0-9_]+(?:/[a-z0-9_-]+)?\.(?:yaml|csv)")
LONGEST_NAME = 60


@transaction.atomic
def begin_draft(
    *, name: str, reason: str, by: Actor, at: datetime, citation: Citation | None = None
) -> DraftBegun:
    """Begin a draft on the edition confirmed last.

    Raises:
        Refused: no name or one taken already, or the person holds no office that compiles the list.
    """
    edition = queries.latest()
    require_drafter(edition, by, at.astimezone(LEGAL_ZONE).date())
    title = " ".join(name.split())
    if not 0 < len(title) <= LONGEST_NAME:
        raise Refused(f"草案名称要有 1 到 {LONGEST_NAME} 个字", remedy="例如“村民委员会组织法修改后的调整”")
    if DraftRow.objects.filter(name=title, status=DraftRow.Status.open).exists():
        raise Refused(f"已经有一份草案叫“{title}”", remedy="接着改那一份，或者换一个名称")
    row = DraftRow.objects.create(
        name=title, base=edition.number, reason=reason.strip(), author=by.person, opened_at=at, updated_at=at,
        citation=citation.as_dict() if citation else None,
    )  # fmt: skip
    return DraftBegun(row.pk, title, edition.number)


def write_draft(
    *, draft: int, file: str, text: str | None, seen: int, by: Actor, at: datetime
) -> DraftWritten:
    """Write one file of a draft; `seen` is the draft's revision that the officer was looking at, None takes it out.

    When another wrote the same file since, both are put together by key and entry; where both changed one place
    the writing is refused and kept aside (`queries.drafts.aside`): nothing is lost. Call it outside a transaction.

    Raises:
        Refused: no such draft, it is closed, not a file of the folder, or both changed one place.
    """
    with transaction.atomic():
        row = open_row(draft)
        require_drafter(queries.edition(row.base), by, at.astimezone(LEGAL_ZONE).date())
        _refuse_file(row, file, text)
        current, seen_text = reading.text_at(row.pk, file), reading.text_at(row.pk, file, seen)
        merged, conflict = _put_together(seen_text, text, current)
        if seen < row.based_at and text != current:
            # What the officer saw stood on another edition: its text is no common ground any more.
            conflict = ()
        if conflict is None:
            row.revision += 1
            _keep(row, file, merged, by, at)
            row.updated_at = at
            row.save(update_fields=["revision", "updated_at"])
        else:
            _keep(row, file, text, by, at, aside=True)
    if conflict is not None:
        raise _refusal(draft, file, conflict)
    problem = reading.problem(draft)
    return DraftWritten(draft, file, row.revision, merged != text, problem)


def open_row(draft: int) -> DraftRow:
    """The row of a draft that is being written, locked until the transaction ends.

    Raises:
        Refused: there is none, or it is closed.
    """
    row = DraftRow.objects.select_for_update().filter(pk=draft).first()
    if row is None:
        raise Refused("没有这份草案", remedy="从草案列表进入")
    if row.status != DraftRow.Status.open:
        word = "确认成正式版本" if row.status == DraftRow.Status.confirmed else "作废"
        raise Refused(f"草案“{row.name}”已经{word}，不能再改", remedy="另起一份草案")
    return row


def require_drafter(edition: Edition, by: Actor, on: date) -> None:
    """Refuse a person without an office that compiles powers or keeps a file of the district.

    Raises:
        Refused: naming who may.
    """
    said = queries.catalogue(edition)
    compiling = {one.office for power in said.powers for one in power.compiling_departments}
    allowed = compiling | set(said.keepers.values())
    if not any(one.active(on) and one.office in allowed for one in by.mandates):
        titles = "、".join(organisations.office_title(one) for one in sorted(allowed))
        raise Refused(f"清单由制定单位起草，您在{on}不在其中", remedy=f"请以下单位的人起草：{titles}")


def _refuse_file(row: DraftRow, file: str, text: str | None) -> None:
    if not _FILE.fullmatch(file) or not file.endswith(SUFFIXES):
        raise Refused(f"“{file}”不是区县数据里的文件名", remedy="如 parameters.yaml、powers/05-….yaml")
    if text is not None and len(text.encode()) > LARGEST_FILE:
        raise Refused(f"{file} 太大", remedy="拆成几个文件，或者核对是不是传错了")
    if text is None and file in ("district.yaml", "laws.yaml", "parameters.yaml", "offices.yaml"):
        raise Refused(f"{file} 不能去掉", remedy="只改里面的内容")
    files = reading.files(row.pk)
    if text is not None and file not in files and len(files) >= MOST_FILES:
        raise Refused(f"文件多于 {MOST_FILES} 个", remedy="先去掉不用的文件")


def _put_together(
    base: str | None, mine: str | None, theirs: str | None
) -> tuple[str | None, tuple[str, ...] | None]:
    """The text to keep, or the place where both changed."""
    if mine in (base, theirs):
        return theirs, None
    if theirs == base:
        return mine, None
    if base is None or mine is None or theirs is None:
        return None, ()
    try:
        return merge(base, mine, theirs), None
    except Conflict as conflict:
        return None, conflict.path


def _keep(
    row: DraftRow, file: str, text: str | None, by: Actor, at: datetime, *, aside: bool = False
) -> None:
    DraftFileRow.objects.create(
        draft=row, file=file, text=text, revision=row.revision, author=by.person, written_at=at, aside=aside
    )


def _refusal(draft: int, file: str, path: tuple[str, ...]) -> Refused:
    last = reading.last_writer(draft, file)
    who = next((one.name for one in organisations.people([last])), "别人") if last else "别人"
    where = f"的 {'.'.join(path)} " if path else ""
    return Refused(
        f"{who}刚刚也改了 {file}{where}，两份文字合不到一起",
        remedy="您写的已经另外留着，没有丢：对照两份，在现在的文字上再改",
    )


@transaction.atomic
def update_base(*, draft: int, by: Actor, at: datetime) -> DraftBegun:
    """Carry a draft over to the edition confirmed last, when one was confirmed since it was begun.

    Raises:
        Refused: no such draft, up to date already, or a place changed both in the draft and in the new edition.
    """
    row = open_row(draft)
    latest = queries.latest()
    require_drafter(latest, by, at.astimezone(LEGAL_ZONE).date())
    if latest.number == row.base:
        raise Refused("草案已经建立在最新一版上", remedy="不用再更新")
    old, written = queries.edition(row.base).files, reading.overlay(row.pk)
    carried = _carried(row, old, written, latest.files)
    row.base, row.revision, row.updated_at = latest.number, row.revision + 1, at
    row.based_at = row.revision
    row.save(update_fields=["base", "based_at", "revision", "updated_at"])
    for file, text in carried.items():
        _keep(row, file, text, by, at)
    return DraftBegun(row.pk, row.name, row.base)


def _carried(
    row: DraftRow, old: Mapping[str, str], written: Mapping[str, str | None], new: Mapping[str, str]
) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for file, mine in written.items():
        text, conflict = _put_together(old.get(file), mine, new.get(file))
        if conflict is not None:
            where = f"的 {'.'.join(conflict)} " if conflict else ""
            raise Refused(
                f"草案“{row.name}”和新的一版都改了 {file}{where}",
                remedy="对照新版的文字，先在草案里改成一致，或者另起一份草案",
            )
        found[file] = text
    return found


@transaction.atomic
def discard_draft(*, draft: int, by: Actor, at: datetime) -> None:
    """Give a draft up; what was written in it stays readable.

    Raises:
        Refused: no such draft, closed already, or the person may not draft.
    """
    row = open_row(draft)
    require_drafter(queries.edition(row.base), by, at.astimezone(LEGAL_ZONE).date())
    row.status, row.updated_at = DraftRow.Status.discarded, at
    row.save(update_fields=["status", "updated_at"])
