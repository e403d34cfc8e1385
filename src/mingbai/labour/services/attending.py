"""Attendance: half day by half day, all or nothing, each person in one place a day in the whole district (R54)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mingbai.journal.numbering import hold
from mingbai.kernel import Citation, Confidence, Refused
from mingbai.labour import events
from mingbai.labour.models import Attendance, PayList, Sheet, Withdrawal, Witness, Worker, WorkOrder
from mingbai.labour.queries import access
from mingbai.labour.queries.attendance import standing
from mingbai.labour.queries.known import Known, known_of
from mingbai.labour.rules.pay import HALVES_A_DAY
from mingbai.labour.services.moment import ORIGINALS, ROLL, legal_day, record, step_office
from mingbai.labour.services.workers import require_paper
from mingbai.organisations.rules import Actor, may_see

ONE_PLACE = Citation("local-unknown", "本地惯例", Confidence.assumed)
HALVES = {1: "上午", 2: "下午"}
MOST_ROWS = 4_000


@dataclass(frozen=True)
class Row:
    """One half day (1 morning, 2 afternoon) of a worker; `hours` where the order pays by the hour, else 0."""

    worker: int
    on: date
    half: int
    hours: int = 0


@transaction.atomic
def record_attendance(*, order: str, rows: Sequence[Row], by: Actor, at: datetime) -> events.SheetTaken:
    """Take a sheet of attendance, all of it or nothing, in at most one query for each kind of thing known.

    The order's lock comes first, then the persons' in one sequence, so that two sheets wait and never block.

    Raises:
        Refused: not an office that records, nothing to record, a worker of another village, a day outside the order
            or not yet there, of a month that is listed, already somewhere that day (R54), in hospital or custody
            (R55), on a fixed allowance, dead or moved away, or more than was approved.
    """
    row = held_order(order)
    office = step_office(by, "record", row.village, at)
    workers = _workers(row, rows)
    for digest in sorted({one.digest for one in workers.values()}):
        hold(f"labour/who/{digest[:40]}")
    known = known_of(list(workers.values()), {one.on for one in rows})
    listed = sum(check_row(row, one, workers[one.worker], known, by, at) for one in rows)
    _refuse_listed(row, rows)
    sheet = Sheet.objects.create(order=row, person=by.person, office=office, recorded_at=at)
    Attendance.objects.bulk_create(_attendance(sheet, row, one, workers[one.worker], known) for one in rows)
    _refuse_excess(row)
    days = sorted({one.on.isoformat() for one in rows})
    record(
        events.RECORDED, row.village, f"case:{row.case}", by, office, at, on=max(one.on for one in rows),
        order=row.number, sheet=sheet.pk, count=len(rows), days=days, listed=listed,
    )  # fmt: skip
    return events.SheetTaken(int(sheet.pk), len(rows), listed)


def held_order(number: str) -> WorkOrder:
    """A work order, locked until the transaction ends.

    Raises:
        Refused: there is none of that number.
    """
    hold(f"labour/order/{number}"[:60])
    row = WorkOrder.objects.filter(pk=number).first()
    if row is None:
        raise Refused("没有这份用工单", remedy="核对编号")
    return row


def _workers(order: WorkOrder, rows: Sequence[Row]) -> dict[int, Worker]:
    if not rows or len(rows) > MOST_ROWS:
        raise Refused("没有勾出工的人，或者一次太多", basis=ROLL, remedy=f"一次记 1 到 {MOST_ROWS} 个半天")
    found = {one.pk: one for one in Worker.objects.filter(pk__in={one.worker for one in rows})}
    if any(one.worker not in found or found[one.worker].village != order.village for one in rows):
        raise Refused("有人没有在本村登记", basis=ROLL, remedy="先登记务工的人")
    if len({(one.worker, one.on, one.half) for one in rows}) != len(rows):
        raise Refused("同一个人同一个半天写了两遍", basis=ROLL, remedy="删去重复的")
    if order.unit == "hour":
        _refuse_long(rows)
    return found


def _refuse_long(rows: Sequence[Row]) -> None:
    """Refuse more hours on a day than a day has, within what is recorded at once."""
    hours: Counter[tuple[int, date]] = Counter()
    for one in rows:
        hours[one.worker, one.on] += one.hours
    most = max(access.settings_on(on).hours_a_day.value for _worker, on in hours)
    if max(hours.values()) > most:
        raise Refused(f"一天超过{most}小时", basis=ONE_PLACE, remedy="核对小时数")


def check_row(order: WorkOrder, one: Row, worker: Worker, known: Known, by: Actor, at: datetime) -> bool:
    """Refuse what may not be of one half day; whether the day stands on the list of what the town should look at."""
    name, today = known.names[worker.who], legal_day(at)
    if one.on > today:
        raise Refused(f"{name}的{one.on}还没有到，不能先记", basis=ROLL, remedy="当天干完再记")
    if not order.since <= one.on <= order.until:
        raise Refused(
            f"{one.on}不在用工单的日期里", basis=ROLL, remedy=f"用工单从{order.since}到{order.until}"
        )
    most = access.settings_on(today).hours_a_day.value if order.unit == "hour" else 0
    if one.half not in HALVES or not min(1, most) <= one.hours <= most:
        raise Refused(f"{name}的半天或者小时数不对", basis=ROLL, remedy="按小时计工的写小时数，别的只打勾")
    if most and known.hours_of(worker.digest, one) + one.hours > most:
        raise Refused(f"{name}{one.on}超过{most}小时", basis=ONE_PLACE, remedy="核对小时数")
    _refuse_elsewhere(order, one, worker, known, by, today)
    gone = known.gone.get(worker.who)
    if gone is not None and gone.on <= one.on:
        raise Refused(f"{name}{one.on}已经不在村里或者去世", basis=ROLL, remedy="核对考勤；登记错了的先更正")
    if known.allowance(worker.digest, one.on):
        basis = access.settings_on(today).allowance.no_wages.spoken()
        raise Refused(f"{name}在领误工补贴，同一天不能再领工钱", basis=basis, remedy="从考勤上去掉")
    return _outside(one, worker, known, name, today)


def _refuse_elsewhere(
    order: WorkOrder, one: Row, worker: Worker, known: Known, by: Actor, today: date
) -> None:
    """R54. Where he is already is told only to somebody who may see that village."""
    for other in known.days.get((worker.digest, one.on), ()):
        same_place = other.order.village == order.village and other.order.place == order.place
        if same_place and other.half != one.half:
            continue
        where = f"{other.order.place}（{known.villages[other.order.village]}，{other.order.number}）"
        where = where if may_see(by, other.order.village, today) else "别的村"
        name, half = known.names[worker.who], HALVES[other.half]
        raise Refused(
            f"{name}{one.on}{half}已经在{where}出工，一个人同一天不能在两处出工",
            basis=ONE_PLACE,
            remedy="核对两边的考勤，记错的一边先撤回",
        )


def _outside(one: Row, worker: Worker, known: Known, name: str, today: date) -> bool:
    """R55. The sentence does not say which: that is the town's to know."""
    kinds = [access.settings_on(today).state(kind) for kind in known.states(worker.digest, one.on)]
    refusing = next((kind for kind in kinds if kind.refuses), None)
    if refusing is not None:
        raise Refused(
            f"外部资料表明{name}{one.on}不能出工",
            basis=refusing.citation.spoken(),
            remedy="请镇（街）核对外部资料",
        )
    return bool(kinds)


def _refuse_listed(order: WorkOrder, rows: Sequence[Row]) -> None:
    months = {one.on.replace(day=1) for one in rows}
    if PayList.objects.filter(order=order, month__in=months, void__isnull=True).exists():
        raise Refused(
            "这个月已经造了发放表，不能补签", basis=ORIGINALS, remedy="漏记的，先作废没有付的发放表"
        )


def _attendance(sheet: Sheet, order: WorkOrder, one: Row, worker: Worker, known: Known) -> Attendance:
    return Attendance(
        sheet=sheet, order=order, worker=worker, digest=worker.digest, on=one.on, half=one.half, hours=one.hours,
        turn=known.turns.get((worker.digest, one.on, one.half), 0),
    )  # fmt: skip


def _refuse_excess(order: WorkOrder) -> None:
    halves = standing(order.number).count()
    if halves > order.days * HALVES_A_DAY:
        raise Refused(
            f"考勤超过核定的{order.days}个工日",
            basis=ONE_PLACE,
            remedy="超过计划的先按程序重新定，再另开用工单",
        )


@transaction.atomic
def witness_sheet(*, sheet: int, paper: str, by: Actor, at: datetime) -> None:
    """Somebody else confirms a sheet, with the photograph of the signed roll.

    Raises:
        Refused: no such sheet, not an office that verifies, the recorder himself or one who stands on it, no paper,
            done already.
    """
    row = Sheet.objects.select_related("order").filter(pk=sheet).first()
    if row is None:
        raise Refused("没有这张考勤", remedy="从用工单里选")
    order = held_order(row.order_id)
    office = step_office(by, "witness", order.village, at)
    if by.person == row.person or row.lines.filter(worker__who=by.person).exists():
        raise Refused("记考勤的人、考勤上的人不能自己作证", basis=ROLL, remedy="请另一个人核实")
    if hasattr(row, "witness"):
        raise Refused("这张考勤已经核实了", basis=ROLL, remedy="不用再核")
    require_paper(paper, order.village, "签字的考勤表")
    Witness.objects.create(sheet=row, paper=paper, person=by.person, office=office, recorded_at=at)
    record(
        events.WITNESSED,
        order.village,
        f"case:{order.case}",
        by,
        office,
        at,
        order=order.number,
        sheet=row.pk,
    )


@transaction.atomic
def withdraw(*, attendance: int, reason: str, by: Actor, at: datetime) -> None:
    """Take back a half day that was recorded by mistake; the record of it stays.

    Raises:
        Refused: no such half day, not an office that records or verifies, no reason, taken back already, or listed.
    """
    row = Attendance.objects.select_related("order").filter(pk=attendance).first()
    if row is None or Withdrawal.objects.filter(pk=attendance).exists():
        raise Refused("没有这条考勤，或者已经撤回", remedy="从考勤表里选")
    order = held_order(row.order_id)
    hold(f"labour/who/{row.digest[:40]}")
    office = step_office(by, "record", order.village, at)
    if not reason.strip():
        raise Refused("没有写为什么撤回", basis=ORIGINALS, remedy="写明原因")
    _refuse_listed(order, [Row(row.worker_id, row.on, row.half)])
    if Withdrawal.objects.filter(pk=attendance).exists():
        raise Refused("这条考勤已经撤回", remedy="不用再撤")
    Withdrawal.objects.create(
        attendance=row, reason=reason.strip()[:200], person=by.person, office=office, recorded_at=at
    )
    record(
        events.WITHDRAWN, order.village, f"case:{order.case}", by, office, at, on=row.on,
        order=order.number, attendance=row.pk,
    )  # fmt: skip
