"""What was entered wrongly of a requisition is put right by lines of its own; and the State's approval of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from mingbai.journal.events import TypedField
from mingbai.kernel import Citation, FieldKind, Money, Refused
from mingbai.land import events
from mingbai.land.models import Approval, Correction, CorrectionLine, Household, Payment, Requisition
from mingbai.land.queries.access import settings_on
from mingbai.land.queries.parcels import heads
from mingbai.land.queries.standing import award_of
from mingbai.land.rules.requisitions import COMPENSATED, SHOWN, Share, corrected, differences_of
from mingbai.land.rules.settings import RequisitionRules
from mingbai.land.services.moment import field, legal_day, mu, one_of, record, require_papers
from mingbai.organisations.rules import Actor

STEPS = ("requisition.list", "requisition.announce")
APPROVED = Citation("land-admin", "第46条")


@transaction.atomic
def correct_requisition(
    *, requisition: str, rows: Sequence[Share], kept: Mapping[str, int], collective_area: int | None, reason: str,
    paper: str, by: Actor, at: datetime,
) -> int:  # fmt: skip
    """Put households' lines right as `rows` say them now (by contract); what was entered stays, contra lines are added.

    The correction is of the day on which it is made, and public. Returns how many lines it has.

    Raises:
        Refused: not an office of the step, no reason or paper, a list of compensation was made of the lines, a
            household that is not entered, and what `rules.requisitions.corrected` refuses.
    """
    row = _requisition(requisition)
    office, today = one_of(by, STEPS, row.village, at), legal_day(at)
    if not reason.strip():
        raise Refused("没有写为什么更正", basis=SHOWN, remedy="写明哪里登记错了")
    if Payment.objects.filter(requisition=row).exists():
        raise Refused(
            "补偿名单已经按这些行做好", basis=SHOWN, remedy="多发的追回、少发的补发，按追回、补发办"
        )
    require_papers([paper], row.village, "更正的依据", SHOWN)
    rules = settings_on(today).requisition
    before, homes = award_of(row)
    homes |= _new_homes(row.village, [one.household for one in rows if one.household not in homes])
    own = before.collective_area if collective_area is None else collective_area
    after = corrected(rules, before, rows, kept, own)
    lines = differences_of(before, after)
    made = Correction.objects.create(
        requisition=row, on=today, reason=reason.strip()[:200], paper=paper, person=by.person, office=office, recorded_at=at
    )  # fmt: skip
    CorrectionLine.objects.bulk_create(
        CorrectionLine(correction=made, household=homes.get(contract), item=item, delta=delta)
        for (contract, item), delta in lines.items()
    )
    fields = [
        field("what", "哪一次征收", FieldKind.text, row.title),
        field("reason", "为什么更正", FieldKind.text, made.reason),
    ]
    record(
        events.CORRECTED, row.village, f"land:{row.number}", by, office, at, SHOWN, [*fields, *_lines(lines, homes, rules)],
        today, requisition=row.number, case=row.case, lines=len(lines),
    )  # fmt: skip
    return len(lines)


def _requisition(number: str) -> Requisition:
    row = Requisition.objects.filter(number=number).first()
    if row is None:
        raise Refused("没有这次征收", basis=SHOWN, remedy="核对编号")
    return row


def _new_homes(village: str, contracts: Sequence[str]) -> dict[str, Household]:
    found = {one.contract: one for one in Household.objects.filter(village=village, contract__in=contracts)}
    unknown = next((one for one in contracts if one not in found or not found[one].who), "")
    if unknown:
        raise Refused(f"没有登记{unknown[:40]}号承包合同", basis=COMPENSATED, remedy="先登记这一户的承包地")
    return found


def _lines(
    lines: Mapping[tuple[str, str], int], homes: Mapping[str, Household], rules: RequisitionRules
) -> list[TypedField]:
    """Each contra line: whose (a name goes as a name), of what, how much more or less."""
    names = heads(list(homes.values()))
    found: list[TypedField] = []
    for order, ((contract, item), delta) in enumerate(lines.items(), 1):
        what = rules.item(item).title if item else "面积（亩）"
        whose = (
            field(f"name.{order}", f"{order}·户主", FieldKind.person, names[homes[contract].id])
            if contract
            else field(f"name.{order}", f"{order}·谁的", FieldKind.text, "集体")
        )
        money = field(f"sum.{order}", f"{order}·{what}", FieldKind.money, Money(delta).yuan())
        sign = "-" if delta < 0 else "+"
        area = field(f"area.{order}", f"{order}·{what}", FieldKind.text, f"{sign}{mu(abs(delta))}")
        found += [whose, money if item else area]
    return found


@transaction.atomic
def approve_requisition(
    *, requisition: str, document: str, authority: str, on: date, paper: str, by: Actor, at: datetime
) -> None:
    """Enter the State's approval (批准文号) of a requisition, by its document (土地管理法 第46条). The latest counts.

    Raises:
        Refused: not an office of the step, no number, authority or paper, or a day to come.
    """
    row = _requisition(requisition)
    office = one_of(by, STEPS, row.village, at)
    if not document.strip() or not authority.strip() or on > legal_day(at):
        raise Refused("没有写批准文号、批准机关，或者日期还没有到", basis=APPROVED, remedy="照批准文件填写")
    require_papers([paper], row.village, "批准文件", APPROVED)
    Approval.objects.create(
        requisition=row, document=document.strip()[:100], authority=authority.strip()[:100], on=on, paper=paper,
        person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    fields = [
        field("what", "哪一次征收", FieldKind.text, row.title),
        field("document", "批准文号", FieldKind.text, document.strip()[:100]),
        field("authority", "批准机关", FieldKind.text, authority.strip()[:100]),
        field("on", "批准日期", FieldKind.date, on.isoformat()),
    ]
    record(
        events.APPROVED, row.village, f"land:{row.number}", by, office, at, APPROVED, fields, on,
        requisition=row.number, case=row.case, document=document.strip()[:100], approved_on=on.isoformat(),
    )  # fmt: skip
