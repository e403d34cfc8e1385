"""A work order is opened on what a case decided: once for each case, within the district's cap."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from mingbai.catalogue import queries as catalogue
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold, take_number
from mingbai.kernel import Citation, Confidence, FieldKind, Money, Refused
from mingbai.labour import events
from mingbai.labour.models import WorkOrder
from mingbai.labour.queries.access import settings_on
from mingbai.labour.services.moment import ROLL, legal_day, record, step_office
from mingbai.organisations.rules import Actor

UNITS = {"day": "日", "half": "半日", "hour": "小时"}
DAY_CAP = "labor_day_rate_cap"
PLAN = Citation("local-unknown", "本地惯例", Confidence.assumed)


@transaction.atomic
def open_order(
    *, village: str, decided: events.Approved, place: str, since: date, until: date, unit: str, by: Actor,
    at: datetime, rate: Money | None = None,
) -> str:  # fmt: skip
    """Open the work order (用工单) of a case; returns its number. `decided` is read from the case by its caller.

    Its rate holds from `since` to `until`; another rate is another decision and another order. A `rate` for a half
    day or an hour is given by the caller; without one it is the decided day's rate, which then pays by the day.

    Raises:
        Refused: not an office that records attendance, no place, days that end before they begin, a rate above the
            decided one or above the cap of the day, a day's rate that has no half, the case has its order already.
    """
    office = step_office(by, "record", village, at)
    hold(f"labour/case/{decided.case}"[:60])
    earned = rate or decided.rate
    _refuse(decided, place, since, until, unit, earned)
    _refuse_rate(decided, since, unit, earned, legal_day(at))
    if WorkOrder.objects.filter(case=decided.case).exists():
        raise Refused("这件事已经开过用工单", basis=PLAN, remedy="在原来的用工单上记考勤")
    number = f"YG-{village}-{since.year}-{take_number(f'labour-order/{village}/{since.year}'):03d}"
    WorkOrder.objects.create(
        number=number, village=village, case=decided.case, job=decided.job.strip()[:100], place=place.strip(),
        since=since, until=until, unit=unit, rate_fen=earned.fen, days=decided.days, total_fen=decided.total.fen,
        person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    fields = [
        TypedField("job", "干什么活", FieldKind.text.value, decided.job.strip()[:100]),
        TypedField("place", "在哪里", FieldKind.text.value, place.strip()),
        TypedField("unit", "怎样计工", FieldKind.text.value, UNITS[unit]),
        TypedField("rate", "单价", FieldKind.money.value, earned.yuan()),
        TypedField("days", "核定工日", FieldKind.integer.value, str(decided.days)),
        TypedField("total", "核定金额", FieldKind.money.value, decided.total.yuan()),
    ]
    record(
        events.ORDERED,
        village,
        f"case:{decided.case}",
        by,
        office,
        at,
        fields,
        order=number,
        case=decided.case,
    )
    return number


def _refuse(decided: events.Approved, place: str, since: date, until: date, unit: str, rate: Money) -> None:
    if unit not in UNITS:
        raise Refused("没有这种计工办法", basis=PLAN, remedy="选按日、按半日或者按小时")
    if not decided.job.strip() or not place.strip() or len(place.strip()) > 60:
        raise Refused("没有写干什么活、在哪里干", basis=ROLL, remedy="地点写到自然村、路段，60 字以内")
    if until < since or (until - since).days > 366:
        raise Refused("用工的起止日期不对", basis=PLAN, remedy="止日不早于起日，不超过一年")
    if min(rate.fen, decided.days, decided.total.fen) <= 0:
        raise Refused("工价、工日、金额都要大于零", basis=PLAN, remedy="核对用工计划")


def _refuse_rate(decided: events.Approved, since: date, unit: str, rate: Money, today: date) -> None:
    a_day = rate.fen * {"day": 1, "half": 2, "hour": settings_on(today).hours_a_day.value}[unit]
    if a_day > decided.rate.fen or (unit == "day" and rate.fen != decided.rate.fen):
        raise Refused(
            f"工价和决定的每个工日{decided.rate.yuan()}元不一致",
            basis=PLAN,
            remedy="按决定的工价，要改先重新决定",
        )
    if unit == "day" and rate.fen % 2:
        raise Refused("日工价的一半不是整分", basis=PLAN, remedy="工价写成双数分，或者按半日计工")
    cap = catalogue.parameter_values(catalogue.current(today), since).get(DAY_CAP)
    if cap is not None and a_day > cap:
        raise Refused(f"日工价超过上限{Money(cap).yuan()}元", basis=PLAN, remedy="按镇（街）定的上限")
