"""A requisition is entered whole: announcement, land, compensation by item, every household's area and sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from mingbai.journal.events import TypedField
from mingbai.journal.numbering import take_number
from mingbai.kernel import FieldKind, Money, Refused
from mingbai.land import events
from mingbai.land.models import (
    Household,
    Requisition,
    RequisitionLand,
    RequisitionLine,
    RequisitionShare,
    RequisitionSum,
)
from mingbai.land.queries.access import settings_on
from mingbai.land.queries.parcels import heads
from mingbai.land.rules.requisitions import COMPENSATED, SHOWN, Award, check_award
from mingbai.land.rules.settings import RequisitionRules
from mingbai.land.services.moment import field, legal_day, mu, one_of, record, require_papers
from mingbai.organisations.rules import Actor

STEPS = ("requisition.list", "requisition.announce")


@transaction.atomic
def register_requisition(
    *, village: str, case: str, title: str, announced_on: date, paper: str, award: Award, by: Actor, at: datetime,
) -> str:  # fmt: skip
    """Enter a requisition with every household's line; `award.shares` name households by contract. Returns its number.

    The whole stands or nothing: land and sums by item are what the lines and the collective's share add up to.

    Raises:
        Refused: not an office of the step, no case or title, a day to come, no announcement's paper, a household that
            is not entered, and what `rules.requisitions.check_award` refuses.
    """
    office, today = one_of(by, STEPS, village, at), legal_day(at)
    if not case.strip() or not title.strip() or announced_on > today:
        raise Refused("没有事项、没有名称，或者公告日期还没有到", basis=COMPENSATED, remedy="照征地公告填写")
    require_papers([paper], village, "征地公告", COMPENSATED)
    rules, homes = settings_on(today).requisition, _homes(village, award)
    names = heads(list(homes.values()))
    check_award(
        rules,
        replace(
            award,
            shares=[
                replace(one, household=f"{names[homes[one.household].id]}（{one.household}）")
                for one in award.shares
            ],
        ),
    )
    row = Requisition.objects.create(
        number=f"ZD-{village}-{today.year}-{take_number(f'land-taken/{village}/{today.year}'):03d}", village=village,
        case=case.strip(), title=title.strip()[:100], announced_on=announced_on, paper=paper,
        collective_area=award.collective_area, person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    _keep(row, award, homes)
    fields = [*_totals(rules, row, award), *_lines(award, homes, names)]
    record(
        events.REQUISITION, village, f"land:{row.number}", by, office, at, SHOWN, fields, announced_on,
        requisition=row.number, case=row.case, area=sum(award.lands.values()), total_fen=sum(award.totals.values()),
        kept_fen=sum(award.kept.values()), households=len(award.shares), announced_on=announced_on.isoformat(),
    )  # fmt: skip
    return row.number


def _homes(village: str, award: Award) -> dict[str, Household]:
    """The households of the shares, by contract."""
    asked = [one.household for one in award.shares]
    found = {one.contract: one for one in Household.objects.filter(village=village, contract__in=asked)}
    unknown = next((one for one in asked if one not in found or not found[one].who), "")
    if unknown:
        raise Refused(f"没有登记{unknown[:40]}号承包合同", basis=COMPENSATED, remedy="先登记这一户的承包地")
    return found


def _keep(row: Requisition, award: Award, homes: dict[str, Household]) -> None:
    RequisitionLand.objects.bulk_create(
        RequisitionLand(requisition=row, kind=kind, area=area) for kind, area in award.lands.items() if area
    )
    RequisitionSum.objects.bulk_create(
        RequisitionSum(requisition=row, item=item, fen=fen, kept_fen=award.kept.get(item, 0))
        for item, fen in award.totals.items()
    )
    for one in award.shares:
        line = RequisitionLine.objects.create(requisition=row, household=homes[one.household], area=one.area)
        RequisitionShare.objects.bulk_create(
            RequisitionShare(line=line, item=item, fen=fen) for item, fen in one.sums.items() if fen
        )


def _totals(rules: RequisitionRules, row: Requisition, award: Award) -> list[TypedField]:
    lands = [
        field(f"land.{id}", f"征收{rules.land(id).title}（亩）", FieldKind.text, mu(area))
        for id, area in award.lands.items()
        if area
    ]
    sums = [
        field(f"item.{id}", rules.item(id).title, FieldKind.money, Money(fen).yuan())
        for id, fen in award.totals.items()
        if fen
    ]
    kept = [
        field(f"kept.{id}", f"{rules.item(id).title}，集体留用", FieldKind.money, Money(fen).yuan())
        for id, fen in award.kept.items()
        if fen
    ]
    name = field("what", "哪一次征收", FieldKind.text, row.title)
    return [
        name,
        field("announced", "公告日期", FieldKind.date, row.announced_on.isoformat()),
        *lands,
        *sums,
        *kept,
    ]


def _lines(award: Award, homes: dict[str, Household], names: dict[int, str]) -> Sequence[TypedField]:
    """Households by their order; the name goes as a name, so that the door masks it by the district's rule."""
    found: list[TypedField] = []
    for order, one in enumerate(award.shares, 1):
        home = homes[one.household]
        found += [
            field(f"name.{order}", f"{order}·户主", FieldKind.person, names[home.id]),
            field(f"group.{order}", f"{order}·村民小组", FieldKind.text, home.group or "未分组"),
            field(f"area.{order}", f"{order}·面积（亩）", FieldKind.text, mu(one.area)),
            field(f"sum.{order}", f"{order}·补偿", FieldKind.money, Money(one.total).yuan()),
        ]
    return found
