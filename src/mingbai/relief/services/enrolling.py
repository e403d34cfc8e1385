"""Somebody is put on a scheme from a confirming case; an enrolment is stopped or its amount changed by a decision."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold, take_number
from mingbai.kernel import Citation, FieldKind, Money, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.relief.events import CHANGED, ENROLLED, Changed, Enrolled
from mingbai.relief.models import Change, Enrolment, Member, PaymentLine
from mingbai.relief.queries.access import deciding_office, matrix_on
from mingbai.relief.queries.people import covering, enrolment, household, living_in
from mingbai.relief.rules import Scheme
from mingbai.relief.rules.admitting import Applicant, Holding, check_enrolment
from mingbai.relief.rules.changing import Paid, next_month, overpaid
from mingbai.relief.services.filing import notice_kin
from mingbai.relief.services.identity import read_number
from mingbai.relief.services.moment import legal_day

CONFIRMED = Citation("social-assistance-law", "第44条")
HEARD = Citation("social-assistance-law", "第48条")


@transaction.atomic
def enrol(
    *,
    member: int,
    scheme: str,
    case: str,
    amount: Money,
    since: date,
    by: Actor,
    at: datetime,
    identity: str = "",
) -> Enrolled:
    """Put a member, or with a household scheme the member's whole household, on a scheme from `since` on.

    `amount` is what the case decided, a month or a year as the scheme says; `identity` is the identity number that
    the application gave, compared by its digest and not kept. Whoever would be on it twice anywhere
    in the district waits for the other's transaction and is then refused.

    Raises:
        Refused: not an office that confirms it, no case or amount, somebody else applied, gone from the
            household, and what `rules.check_enrolment` refuses.
    """
    kind, who = matrix_on(since).scheme(scheme), _member(member)
    office = _deciding(by, kind, who.household.village, at)
    if not case.strip() or amount.fen <= 0:
        raise Refused("没有确认的事项，或者没有金额", basis=CONFIRMED, remedy="从确认了的事项登记")
    _same_person(who, kind, identity, since)
    warnings = check_enrolment(matrix_on(since), kind, _applicants(kind, who, since), since)
    if Enrolment.objects.filter(case=case, scheme=scheme, member=who).exists():
        raise Refused("这件事已经登记过", basis=CONFIRMED, remedy="不用再登记")
    row = _keep(kind, who, case, amount, since, by, office, at)
    _record(ENROLLED, row, by, office, at, since, amount, {"since": since.isoformat()})
    notice_kin(village=row.village, case=case, applicant=who.who, by=by, office=office, at=at)
    return Enrolled(row.number, warnings)


def _same_person(who: Member, scheme: Scheme, identity: str, since: date) -> None:
    """The one who applied is the one enrolled, or lives in the household that a household scheme covers."""
    living = living_in(who.household_id, since)
    if who.id not in {one.id for one in living}:
        raise Refused("他已经不在这一户", basis=CONFIRMED, remedy="以他现在的那一户登记")
    applied = read_number(identity)[0] if identity else ""
    able = living if scheme.covers == "household" else [who]
    if applied and applied not in {one.digest for one in able}:
        raise Refused("申请时写的身份证号不是他的", basis=CONFIRMED, remedy="核对事项编号，登记申请人本人")
    head = household(who.household_id, since).members[0].id
    if scheme.covers == "household" and who.id != head:
        raise Refused("整户的救助发给户主", basis=CONFIRMED, remedy="选户主；户主变了的，先登记换户主")


def _member(id: int) -> Member:
    found = Member.objects.select_related("household").filter(pk=id).first()
    if found is None:
        raise Refused("没有这个人", remedy="先登记这一户")
    return found


def _deciding(by: Actor, scheme: Scheme, village: str, at: datetime) -> str:
    office = deciding_office(by, scheme, village, legal_day(at))
    if not office:
        raise Refused(
            f"您的职务不确认{scheme.title}", basis=CONFIRMED, remedy="请流程图上确认这一项的职务登记"
        )
    return office


def _applicants(scheme: Scheme, who: Member, on: date) -> list[Applicant]:
    """Everybody covered, each locked by the digest in one order, so that two offices cannot both be first."""
    people = [who]
    if scheme.covers == "household":
        people = living_in(who.household_id, on)
    for digest in sorted(one.digest for one in people):
        hold(f"relief/{digest[:50]}")
    ids = [one.who for one in people]
    names, gone = {one.id: one.name for one in organisations.people(ids)}, organisations.departed(ids, on)
    found = [(one, gone[one.who].kind if one.who in gone else "") for one in people]
    # Somebody of the household who died is no longer covered; the one who is paid must be there.
    return [
        Applicant(names.get(one.who, ""), one.birth, _holdings(one, on), left)
        for one, left in found
        if one.id == who.id or not left
    ]


def _holdings(one: Member, on: date) -> tuple[Holding, ...]:
    return tuple(Holding(held.scheme, held.village) for held in covering(one.digest, on))


def _keep(
    scheme: Scheme, who: Member, case: str, amount: Money, since: date, by: Actor, office: str, at: datetime
) -> Enrolment:
    village = who.household.village
    serial = take_number(f"relief/{village}/{since.year}")
    return Enrolment.objects.create(
        number=f"ZL-{village}-{since.year}-{serial:03d}", village=village, member=who, covers=scheme.covers,
        scheme=scheme.id, case=case, since=since, fen=amount.fen, person=by.person, office=office, recorded_at=at,
    )  # fmt: skip


@transaction.atomic
def stop(*, number: str, event_on: date, reason: str, by: Actor, at: datetime) -> Changed:
    """Stop an enrolment from the month after the event; what was paid since then is to be asked back.

    Raises:
        Refused: not an office that confirms it, stopped already, no reason, a day to come.
    """
    return _change(number, "stop", 0, event_on, reason, by, at)


@transaction.atomic
def change_amount(
    *, number: str, amount: Money, event_on: date, reason: str, by: Actor, at: datetime
) -> Changed:
    """Pay another amount from the month after the event; what was paid beyond it since then is to be asked back.

    Raises:
        Refused: as `stop`, or the amount is not above zero.
    """
    if amount.fen <= 0:
        raise Refused("调整后的金额必须大于零", basis=HEARD, remedy="不再发的，按停发办")
    return _change(number, "amount", amount.fen, event_on, reason, by, at)


def _change(
    number: str, kind: str, fen: int, event_on: date, reason: str, by: Actor, at: datetime
) -> Changed:
    hold(f"relief/{number}"[:60])
    row = Enrolment.objects.filter(number=number).select_related("member").first()
    view = enrolment(number, legal_day(at))
    assert row is not None
    office = _deciding(by, matrix_on(legal_day(at)).scheme(row.scheme), row.village, at)
    if view.stopped is not None:
        raise Refused("已经停了", basis=HEARD, remedy="不用再停；要再领的重新申请")
    if not reason.strip() or event_on > legal_day(at):
        raise Refused("没有写理由，或者日期在今天之后", basis=HEARD, remedy="听取本人意见，写明理由和日期")
    asked = overpaid(_paid(row), event_on, fen)
    Change.objects.create(
        enrolment=row, kind=kind, month=next_month(event_on), fen=fen, reason=reason.strip()[:200],
        event_on=event_on, overpaid_fen=asked, person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    more = {"kind": kind, "month": next_month(event_on).isoformat(), "overpaid_fen": asked}
    _record(CHANGED, row, by, office, at, event_on, Money(fen), more)
    return Changed(number, kind, event_on, Money(asked))


def _paid(row: Enrolment) -> list[Paid]:
    """What stood on signed lists: a list counts as paid from the second signature on."""
    lines = (
        PaymentLine.objects.filter(enrolment=row).select_related("list").prefetch_related("list__signatures")
    )
    return [Paid(one.list.month, one.fen) for one in lines if one.list.signatures.count() >= 2]


def _record(
    act: str,
    row: Enrolment,
    by: Actor,
    office: str,
    at: datetime,
    on: date,
    amount: Money,
    more: dict[str, object],
) -> None:
    """The number of the enrolment and the sum; neither who it is nor why."""
    fields = [
        TypedField("number", "登记编号", FieldKind.text.value, row.number),
        TypedField("amount", "金额", FieldKind.money.value, amount.yuan()),
    ]
    data = {"number": row.number, "scheme": row.scheme, "case": row.case, **more}
    journal.record(
        act=act, village=row.village, subject=f"case:{row.case}", actor=by.person, office=office,
        occurred_on=min(on, legal_day(at)), at=at, fields=fields, data=data, citation=CONFIRMED,
    )  # fmt: skip
