"""The act of calling a meeting: which body, when and where, with what agenda, and told in time."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold, take_number
from mingbai.kernel import FieldKind, Refused, scan_text
from mingbai.meetings import queries
from mingbai.meetings.events import CALLED, MeetingCalled
from mingbai.meetings.models import MeetingItem, MeetingRow
from mingbai.meetings.rules import BodyRule, Unit, check_notice
from mingbai.meetings.rules.floor import Seat
from mingbai.meetings.services.deciding import matter_of_case, passing_for
from mingbai.meetings.services.kinship import kin_seats
from mingbai.meetings.services.rolling import LEGAL_TIME
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor, holds_over

LONGEST_MOTION = 500
MOST_ITEMS = 20
LONGEST_PLACE = 60
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True)
class Motion:
    """One item of an agenda to be; `interested` are names or ids of whoever it is about."""

    text: str
    case: str = ""
    step: str = ""
    matter: str = ""
    interested: Collection[str] = ()


@dataclass(frozen=True)
class Plan:
    """When and where, and since when the members know."""

    held_on: date
    starts_at: str
    place: str
    notified_on: date
    urgent_reason: str = ""
    by_household: bool = False
    group: str = ""


def call_meeting(
    *, village: str, body: str, plan: Plan, motions: Sequence[Motion], by: Actor, at: datetime
) -> MeetingCalled:
    """Call a meeting under the next number; from here on its agenda is what may be voted on.

    Raises:
        Refused: not an office that convenes this body, a matter it may not decide, no agenda, a day gone by, too short
            a notice, no roll, a term run out, or households where the roll does not know them all.
    """
    today = at.astimezone(LEGAL_TIME).date()
    edition = catalogue.current(plan.held_on)
    rule = queries.body_rule(edition, body, plan.held_on)
    office = convening_office(rule, village, by, today)
    texts = _agenda(rule, motions)
    _refuse_day(plan, today)
    check_notice(rule, notified_on=plan.notified_on, held_on=plan.held_on, urgent_reason=plan.urgent_reason)
    with transaction.atomic():
        hold(f"roll/{village}/{body}")
        seats = queries.seats(village, rule, plan.held_on, plan.group)
        matters = [_matter(edition, rule, village, one, plan.held_on) for one in motions]
        _refuse_households(rule, plan, seats)
        row = _row(village, rule, plan, edition.number, by, office, at)
        MeetingItem.objects.bulk_create(
            MeetingItem(
                meeting=row, serial=serial, motion=text, case=one.case, step=one.step, matter=matter,
                recused=kin_seats(seats, one.interested),
            )
            for serial, (one, text, matter) in enumerate(zip(motions, texts, matters, strict=True), 1)
        )  # fmt: skip
        _record(row, rule, texts, motions, by, today, at)
    return MeetingCalled(row.number)


def _matter(edition: Edition, rule: BodyRule, village: str, motion: Motion, on: date) -> str:
    """The kind of matter, by choice or by the case's power; refused when this body may not decide it."""
    chosen = motion.matter or matter_of_case(edition, rule.id, village, motion.case, on)
    passing_for(edition, rule, village, chosen, on, motion.case)
    return chosen


def convening_office(rule: BodyRule, village: str, by: Actor, today: date) -> str:
    """The office under which a person may convene the body. Raises `Refused` naming who may."""
    for office in rule.offices:
        if holds_over(by, office, village, today):
            return office
    titles = "、".join(organisations.office_title(one) for one in rule.offices)
    raise Refused(f"{rule.title}由{rule.convened_by}召集", rule.citation, f"请{titles}登录召集")


def read_motion(text: str) -> str:
    """A motion as it may be put. Raises `Refused` when it is empty, too long, or carries a personal number."""
    words = text.strip()
    if not words or len(words) > LONGEST_MOTION:
        raise Refused(f"表决事项没有写，或者超过{LONGEST_MOTION}个字", remedy="请写明这次会议表决什么")
    if scan_text(words):
        raise Refused("表决事项里像是有身份证号、银行卡号或者电话号码", remedy="删去号码，公开的文字里不能有")
    return words


def _agenda(rule: BodyRule, motions: Sequence[Motion]) -> list[str]:
    if not 1 <= len(motions) <= MOST_ITEMS:
        raise Refused(f"议程要有1到{MOST_ITEMS}项", rule.citation, "写明这次会议要表决的事")
    return [read_motion(one.text) for one in motions]


def _refuse_day(plan: Plan, today: date) -> None:
    if plan.held_on < today:
        raise Refused(
            f"会议日期{plan.held_on}已经过去", remedy="会已经开过的，在事项的会议环节里直接登记到会和票数"
        )
    if plan.notified_on > today:
        raise Refused(f"通知日期{plan.notified_on}还没有到", remedy="填实际通知的日期")
    if not plan.place.strip() or len(plan.place) > LONGEST_PLACE:
        raise Refused(f"没有写开会地点，或者超过{LONGEST_PLACE}个字", remedy="写明在哪里开会")
    if not _CLOCK.fullmatch(plan.starts_at):
        raise Refused("开会时间看不懂", remedy="写成 09:30 这样")


def _refuse_households(rule: BodyRule, plan: Plan, seats: dict[str, Seat]) -> None:
    if not plan.by_household:
        return
    if all(way.unit is not Unit.households for way in rule.quorum):
        raise Refused(f"{rule.title}不能按户召开", rule.citation, "按人召开")
    unknown = [one.name for one in seats.values() if not one.household]
    if unknown:
        raise Refused(
            f"名册上有{len(unknown)}人没有户号，不能按户召开：{'、'.join(unknown[:5])}",
            rule.citation,
            "先在名册上补齐户号，或者按人召开",
        )


def _row(
    village: str, rule: BodyRule, plan: Plan, edition: int, by: Actor, office: str, at: datetime
) -> MeetingRow:
    year = plan.held_on.year
    serial = take_number(f"meeting/{village}/{rule.id}/{year}")
    return MeetingRow.objects.create(
        number=f"H-{village}-{rule.id}-{year}-{serial:03d}",
        village=village,
        body=rule.id,
        body_title=f"{plan.group}{rule.title}",
        year=year,
        serial=serial,
        held_on=plan.held_on,
        starts_at=plan.starts_at,
        place=plan.place.strip(),
        notified_on=plan.notified_on,
        urgent_reason=plan.urgent_reason.strip(),
        by_household=plan.by_household,
        group=plan.group,
        edition=edition,
        person=by.person,
        office=office,
        recorded_at=at,
    )


def _record(
    row: MeetingRow,
    rule: BodyRule,
    texts: Sequence[str],
    motions: Sequence[Motion],
    by: Actor,
    today: date,
    at: datetime,
) -> None:
    text = FieldKind.text.value
    journal.record(
        act=CALLED,
        village=row.village,
        subject=f"meeting:{row.number}",
        actor=by.person,
        office=row.office,
        occurred_on=today,
        at=at,
        fields=[
            TypedField("body", "会议", text, row.body_title),
            TypedField("held_on", "开会日期", FieldKind.date.value, row.held_on.isoformat()),
            TypedField("starts_at", "时间", text, row.starts_at),
            TypedField("place", "地点", text, row.place),
            TypedField("notified_on", "通知日期", FieldKind.date.value, row.notified_on.isoformat()),
            *(TypedField(f"item{n}", f"第{n}项", text, one) for n, one in enumerate(texts, 1)),
        ],
        data={
            "meeting": row.number,
            "body": rule.id,
            "body_title": row.body_title,
            "held_on": row.held_on.isoformat(),
            "starts_at": row.starts_at,
            "place": row.place,
            "by_household": row.by_household,
            "group": row.group,
            "urgent_reason": row.urgent_reason,
            "items": [{"n": n, "text": one, "case": motions[n - 1].case} for n, one in enumerate(texts, 1)],
        },
        citation=rule.citation,
    )
