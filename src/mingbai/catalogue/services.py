"""The act of confirming an edition of the list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from mingbai.catalogue.events import EDITION_CONFIRMED, EditionConfirmed
from mingbai.catalogue.models import EditionRow
from mingbai.catalogue.queries import catalogue_of
from mingbai.catalogue.rules import Catalogue
from mingbai.journal.events import TypedField
from mingbai.journal.services import record
from mingbai.kernel import Citation, Refused, canonical_bytes, sha256_hex

LEGAL_ZONE = ZoneInfo("Asia/Shanghai")


@transaction.atomic
def confirm_edition(
    *, files: Mapping[str, str], since: date, by_person: str, office: str, at: datetime,
    citation: Citation | None = None,
) -> EditionConfirmed:  # fmt: skip
    """Freeze the district folder as the next edition, in force from `since`; running cases stay on theirs.

    `citation` is the document on whose authority the list changes.

    Raises:
        BadFile: a file is wrong; nothing is kept.
        Refused: nothing changed, or `since` lies before the last edition.
    """
    digest = sha256_hex(canonical_bytes(dict(files)))
    said = catalogue_of(files, digest)
    last = EditionRow.objects.select_for_update().order_by("-number").first()
    if last is not None:
        _refuse_step_back(last, since, digest)
    number = last.number + 1 if last else 1
    EditionRow(number=number, since=since, confirmed_at=at, files=dict(files), digest=digest).save(
        force_insert=True
    )
    entry = _record(said, number, since, digest, by_person, office, at, citation)
    return EditionConfirmed(number, since, digest, entry)


def _refuse_step_back(last: EditionRow, since: date, digest: str) -> None:
    if since < last.since:
        raise Refused(f"第 {last.number} 版自{last.since}起生效，新版不能更早", remedy="改生效日期")
    if digest == last.digest:
        raise Refused(f"与第 {last.number} 版一字不差，不用再确认", remedy="改了内容再确认")


def _record(
    said: Catalogue, number: int, since: date, digest: str, by_person: str, office: str, at: datetime,
    citation: Citation | None,
) -> int:  # fmt: skip
    code = said.district.code
    entry = record(
        act=EDITION_CONFIRMED,
        village=code,
        subject=f"district:{code}",
        actor=by_person,
        office=office,
        occurred_on=at.astimezone(LEGAL_ZONE).date(),
        at=at,
        fields=[
            TypedField("number", "版次", "integer", str(number)),
            TypedField("since", "生效日", "date", since.isoformat()),
            TypedField("powers", "权力事项", "integer", str(len(said.powers))),
        ],
        data={"number": number, "since": since.isoformat(), "digest": digest, "powers": len(said.powers)},
        citation=citation,
    )
    return int(entry.seq)
