"""Social insurance quotas (被征地农民社保名额): given by the district, filled by act, publicised before reported."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold
from mingbai.kernel import FieldKind, Refused
from mingbai.land import events
from mingbai.land.models import (
    Candidate,
    QuotaGrant,
    QuotaReport,
    QuotaShown,
    Removal,
    Requisition,
)
from mingbai.land.queries.access import settings_on
from mingbai.land.queries.requisitions import granted, people_digest, standing
from mingbai.land.queries.standing import lost_area
from mingbai.land.rules.requisitions import COMPENSATED, Person, check_candidate
from mingbai.land.services.moment import act_office, field, legal_day, record
from mingbai.organisations import queries as organisations
from mingbai.organisations import services as people
from mingbai.organisations.rules import Actor
from mingbai.organisations.services.identity import read_number


@transaction.atomic
def give_quotas(*, requisition: str, count: int, document: str, by: Actor, at: datetime) -> None:
    """The district says how many quotas a requisition has; later ones count instead.

    Raises:
        Refused: not the office that confirms, no document, below nought or below those on the list, reported already.
    """
    row, office = _open(requisition, "requisition.quotas", by, at)
    if count < 0 or not document.strip():
        raise Refused("没有写几个名额，或者没有文号", basis=COMPENSATED, remedy="照下达名额的文件填写")
    if count < len(standing(requisition)):
        raise Refused("名单上的人比这个数还多", basis=COMPENSATED, remedy="先从名单里去掉")
    QuotaGrant.objects.create(
        requisition=row, count=count, document=document.strip()[:100], person=by.person, office=office,
        recorded_at=at,
    )  # fmt: skip
    _record(
        events.QUOTAS,
        row,
        by,
        office,
        at,
        [field("count", "几个名额", FieldKind.integer, count)],
        count=count,
    )


@transaction.atomic
def add_candidate(
    *, requisition: str, household: int, name: str, id_number: str, reason: str, by: Actor, at: datetime,
    person: str = "",
) -> int:  # fmt: skip
    """Put somebody of a household on the list, within the quotas; returns the candidate's id.

    The identity number is read and forgotten; its digest keeps a person from standing twice in the district.

    Raises:
        Refused: not an office of the step, no reason, no quota left, a wrong number, and what
            `rules.requisitions.check_candidate` refuses.
    """
    row, office = _open(requisition, "requisition.list", by, at)
    digest, birth = read_number(id_number)
    hold(f"land/who/{digest[:40]}")
    on_it = standing(requisition)
    if not reason.strip() or not (name.strip() or person):
        raise Refused("没有写姓名或者理由", basis=COMPENSATED, remedy="写明是谁、为什么列入")
    if len(on_it) >= granted(requisition):
        raise Refused(
            f"只有{granted(requisition)}个名额，已经列满",
            basis=COMPENSATED,
            remedy="先去掉一个，或者请区里核定名额",
        )
    who = _who(row, digest, person, name.strip(), by, at)
    gone = organisations.departed([who], legal_day(at))
    lost = lost_area(row.number, household)
    one = Person(
        organisations.person(who).name, birth, lost, gone[who].kind if who in gone else "",
        _elsewhere(digest),
    )  # fmt: skip
    check_candidate(settings_on(legal_day(at)).quota, one, row.announced_on)
    made = Candidate.objects.create(
        requisition=row, household_id=household, who=who, digest=digest, birth=birth, reason=reason.strip()[:200],
        person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    _changed(row, made, "列入", reason, by, office, at)
    return int(made.pk)


def _who(row: Requisition, digest: str, person: str, name: str, by: Actor, at: datetime) -> str:
    """The same identity number is the same person, whatever list it stood on before."""
    before = Candidate.objects.filter(digest=digest).order_by("id").first()
    known = before.who if before is not None else person
    if not known:
        return people.add_person(name=name, village=row.village, by=by, at=at)
    found = organisations.person(known)
    if name and found.name != name:
        raise Refused("这个身份证号或者这个人登记过别的姓名", basis=COMPENSATED, remedy="照着证件核对")
    return found.id


def _elsewhere(digest: str) -> bool:
    """Whether the person stands on any requisition's list in the district."""
    return Candidate.objects.filter(digest=digest, removal__isnull=True).exists()


@transaction.atomic
def remove_candidate(*, candidate: int, reason: str, by: Actor, at: datetime) -> None:
    """Take somebody off the list again, with the reason; the row stays.

    Raises:
        Refused: nobody of that id, not an office of the step, off already, no reason, reported already.
    """
    found = Candidate.objects.filter(pk=candidate).first()
    if found is None:
        raise Refused("名单上没有这个人", basis=COMPENSATED, remedy="从名单里选")
    row, office = _open(found.requisition_id, "requisition.list", by, at)
    if not reason.strip() or Removal.objects.filter(candidate=found).exists():
        raise Refused("没有写理由，或者已经去掉了", basis=COMPENSATED, remedy="写明理由")
    Removal.objects.create(
        candidate=found, reason=reason.strip()[:200], person=by.person, office=office, recorded_at=at
    )
    _changed(row, found, "去掉", reason, by, office, at)


@transaction.atomic
def publicise_quotas(*, requisition: str, by: Actor, at: datetime) -> int:
    """The list as it stands is publicised from today; returns how many stand on it. Names are masked at the door.

    Raises:
        Refused: not an office of the step, nobody on it, reported already.
    """
    row, office = _open(requisition, "requisition.publicise", by, at)
    on_it = standing(requisition)
    if not on_it:
        raise Refused("名单上一个人也没有", basis=COMPENSATED, remedy="先列名单")
    today = legal_day(at)
    QuotaShown.objects.create(
        requisition=row, on=today, people=people_digest(on_it), count=len(on_it),
        person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    lines = [
        one
        for order, it in enumerate(on_it, 1)
        for one in (
            field(f"name.{order}", f"{order}·姓名", FieldKind.person, it.name),
            field(f"group.{order}", f"{order}·村民小组", FieldKind.text, it.group or "未分组"),
            field(f"lost.{order}", f"{order}·本户征了（亩）", FieldKind.text, it.lost),
        )
    ]
    count = field("count", "几个人", FieldKind.integer, len(on_it))
    total = field("quotas", "几个名额", FieldKind.integer, granted(requisition))
    _record(
        events.PUBLICISED,
        row,
        by,
        office,
        at,
        [count, total, *lines],
        count=len(on_it),
        quotas=granted(requisition),
    )
    return len(on_it)


@transaction.atomic
def report_quotas(*, requisition: str, by: Actor, at: datetime) -> None:
    """Report the list upwards: exactly the people publicised last, after the days of publicity. It is closed then.

    Raises:
        Refused: not an office of the step, publicised never, otherwise, or not long enough; reported already.
    """
    row, office = _open(requisition, "requisition.list", by, at)
    shown = QuotaShown.objects.filter(requisition=row).order_by("-id").first()
    on_it, rule = standing(requisition), settings_on(legal_day(at)).quota.shown_days
    basis = rule.citation.spoken()
    if shown is None or shown.people != people_digest(on_it):
        said = "名单还没有公示过" if shown is None else "公示以后名单变过"
        raise Refused(f"{said}，不能上报", basis=basis, remedy="公示现在的名单，公示期满再上报")
    first = _first_day(shown.on, rule.value)
    if legal_day(at) < first:
        raise Refused(
            f"公示要满{rule.value}天，{first.isoformat()}起才能上报", basis=basis, remedy="公示期满再上报"
        )
    QuotaReport.objects.create(requisition=row, shown=shown, person=by.person, office=office, recorded_at=at)
    count = field("count", "几个人", FieldKind.integer, len(on_it))
    _record(events.REPORTED, row, by, office, at, [count], count=len(on_it))


def _first_day(shown: date, days: int) -> date:
    """The day after the last of the days; the day of posting does not count (民法典 第201条)."""
    return shown + timedelta(days=days + 1)


def _open(number: str, step: str, by: Actor, at: datetime) -> tuple[Requisition, str]:
    """The requisition, its village held until the transaction ends, and the office of whoever acts; not reported yet."""
    row = Requisition.objects.filter(number=number).first()
    if row is None:
        raise Refused("没有这次征收", basis=COMPENSATED, remedy="核对编号")
    office = act_office(by, step, row.village, at)
    if QuotaReport.objects.filter(requisition=row).exists():
        raise Refused("名单已经上报，不能再改", basis=COMPENSATED, remedy="请镇里退回，或者另办更正")
    return row, office


def _changed(
    row: Requisition, one: Candidate, how: str, reason: str, by: Actor, office: str, at: datetime
) -> None:
    """That the list changed; neither who nor why leaves the desk."""
    _record(events.CANDIDATE, row, by, office, at, [], candidate=one.pk, change=how)


def _record(
    act: str, row: Requisition, by: Actor, office: str, at: datetime, fields: list[TypedField], **data: object
) -> None:
    record(
        act, row.village, f"land:{row.number}", by, office, at, COMPENSATED, fields,
        requisition=row.number, case=row.case, **data,
    )  # fmt: skip
