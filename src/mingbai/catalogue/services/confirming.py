"""Confirming an edition of the list, in the ordinary way or in an emergency, and ratifying the latter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from mingbai.catalogue.events import (
    EDITION_CONFIRMED,
    EDITION_RATIFIED,
    EditionConfirmed,
    EditionRatified,
)
from mingbai.catalogue.models import EditionReasonRow, EditionRow, RatificationRow
from mingbai.catalogue.queries import catalogue_of
from mingbai.catalogue.rules import Catalogue
from mingbai.catalogue.rules.readers import read_all
from mingbai.journal.events import TypedField
from mingbai.journal.services import record
from mingbai.kernel import Citation, Refused, canonical_bytes, scan_text, sha256_hex

LEGAL_ZONE = ZoneInfo("Asia/Shanghai")
RATIFICATION = "emergency_ratification_days"
LONGEST_REASON = 1000


@dataclass(frozen=True)
class _Act:
    """Who confirms, when, why, on whose authority."""

    by_person: str
    office: str
    at: datetime
    reason: str
    citation: Citation | None
    emergency: bool
    case: str

    @property
    def today(self) -> date:
        """The legal day of the act."""
        return self.at.astimezone(LEGAL_ZONE).date()


@transaction.atomic
def confirm_edition(
    *, files: Mapping[str, str], since: date, by_person: str, office: str, at: datetime,
    citation: Citation | None = None, reason: str = "", emergency: bool = False, case: str = "",
) -> EditionConfirmed:  # fmt: skip
    """Freeze the district folder as the next edition, in force from `since`; running cases stay on theirs.

    `citation` is the document on whose authority the list changes, `reason` says why, `case` is the adjustment
    that decided it. An `emergency` edition must be ratified within the days of the parameter
    `emergency_ratification_days`.

    Raises:
        BadFile: a file is wrong; nothing is kept.
        Refused: nothing changed; `since` is past, or another edition begins that day or later; no reason for
            an emergency, or a personal number in the reason.
    """
    act = _Act(by_person, office, at, _reason(reason, emergency), citation, emergency, case)
    digest = sha256_hex(canonical_bytes(dict(files)))
    said = catalogue_of(files, digest)
    read_all(files)
    last = EditionRow.objects.select_for_update().order_by("-number").first()
    if last is not None:
        _refuse_step_back(last, since, digest, act.today)
        _refuse_before_the_law(catalogue_of(last.files, last.digest), said, since)
    number = last.number + 1 if last else 1
    row = EditionRow(number=number, since=since, confirmed_at=at, files=dict(files), digest=digest)
    row.save(force_insert=True)
    ratify_by = _ratify_by(said, since) if emergency else None
    EditionReasonRow(
        edition=row, reason=act.reason, citation=citation.as_dict() if citation else None, case=case,
        emergency=emergency, ratify_by=ratify_by,
    ).save(force_insert=True)  # fmt: skip
    entry = _record(said, number, since, digest, act, ratify_by)
    return EditionConfirmed(number, since, digest, entry)


def _reason(text: str, emergency: bool) -> str:
    said = text.strip()
    if emergency and not said:
        raise Refused("紧急增加事项要写明为什么等不及", remedy="写明事由，例如汛期接收捐赠物资")
    if len(said) > LONGEST_REASON or scan_text(said):
        raise Refused("理由太长，或者里面有个人号码", remedy=f"最多 {LONGEST_REASON} 字，不写号码")
    return said


def _refuse_step_back(last: EditionRow, since: date, digest: str, today: date) -> None:
    if digest == last.digest:
        raise Refused(f"与第 {last.number} 版一字不差，不用再确认", remedy="改了内容再确认")
    if since < last.since:
        raise Refused(f"第 {last.number} 版自{last.since}起生效，新版不能更早", remedy="改生效日期")
    if since == last.since:
        raise Refused(
            f"第 {last.number} 版也自{since}起生效，同一天不能有两版", remedy="新版的生效日期再晚一天"
        )
    if since < today:
        raise Refused(
            f"新版不能从已经过去的{since}起生效，今天是{today}", remedy="从今天或者以后的日子起生效"
        )


def _refuse_before_the_law(before: Catalogue, after: Catalogue, since: date) -> None:
    """An edition that follows an amendment begins no earlier than the amendment does."""
    for id, law in after.laws.items():
        followed = before.laws[id].amendments if id in before.laws else ()
        for one in law.amendments:
            if one not in followed and since < one.since:
                raise Refused(
                    f"新版已经按《{law.title}》{one.since}起的修改写，不能早在{since}就生效",
                    remedy=f"生效日期写{one.since}或者以后",
                )


def _ratify_by(said: Catalogue, since: date) -> date:
    figure = said.parameters.get(RATIFICATION)
    value = figure.on(since) if figure else None
    days = figure.number(value) if figure and value else None
    if figure is None or days is None:
        raise Refused(
            "没有定紧急增加事项多少天内补办确认",
            remedy=f"先在 parameters.yaml 里写明 {RATIFICATION}",
        )
    return said.calendar.add(since, days, figure.unit)


def _record(said: Catalogue, number: int, since: date, digest: str, act: _Act, ratify_by: date | None) -> int:
    code = said.district.code
    fields = [
        TypedField("number", "版次", "integer", str(number)),
        TypedField("since", "生效日", "date", since.isoformat()),
        TypedField("powers", "权力事项", "integer", str(len(said.powers))),
        *([TypedField("reason", "为什么改", "text", act.reason)] if act.reason else []),
        *([TypedField("ratify_by", "补办确认最迟", "date", ratify_by.isoformat())] if ratify_by else []),
    ]
    entry = record(
        act=EDITION_CONFIRMED,
        village=code,
        subject=f"district:{code}",
        actor=act.by_person,
        office=act.office,
        occurred_on=act.today,
        at=act.at,
        fields=fields,
        data={
            "number": number, "since": since.isoformat(), "digest": digest, "powers": len(said.powers),
            "emergency": act.emergency, "case": act.case,
        },
        citation=act.citation,
    )  # fmt: skip
    return int(entry.seq)


@transaction.atomic
def ratify_edition(
    *, number: int, ratified_on: date, by_person: str, office: str, at: datetime, case: str = ""
) -> EditionRatified:
    """Confirm afterwards, with every step that the emergency left out, what was added in an emergency.

    Late ratification is taken, and says by how many days it is late.

    Raises:
        Refused: no such edition, not an emergency one, or ratified already.
    """
    row = EditionRow.objects.select_for_update().filter(pk=number).first()
    why = EditionReasonRow.objects.filter(edition_id=number).first()
    if row is None or why is None or not why.emergency or why.ratify_by is None:
        raise Refused(f"第 {number} 版不是紧急增加的，不用补办确认", remedy="核对版次")
    if RatificationRow.objects.filter(edition_id=number).exists():
        raise Refused(f"第 {number} 版已经补办过确认", remedy="不用重复补办")
    RatificationRow(edition_id=number, ratified_on=ratified_on, case=case, recorded_at=at).save(
        force_insert=True
    )
    late = max(0, (ratified_on - why.ratify_by).days)
    code = catalogue_of(row.files, row.digest).district.code
    entry = record(
        act=EDITION_RATIFIED,
        village=code,
        subject=f"district:{code}",
        actor=by_person,
        office=office,
        occurred_on=ratified_on,
        at=at,
        fields=[
            TypedField("number", "版次", "integer", str(number)),
            TypedField("late_days", "超过期限", "integer", str(late)),
        ],
        data={"number": number, "digest": row.digest, "late_days": late, "case": case},
    )
    return EditionRatified(number, ratified_on, late, int(entry.seq))
