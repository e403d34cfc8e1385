"""Pure rules of a case: its number, its days, and who may not sign. No clock, no tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mingbai.kernel import Citation, Refused, WorkingCalendar
from mingbai.procedures.rules.graph import Limit, Node, Procedure

SHANGHAI = ZoneInfo("Asia/Shanghai")
_TOWN, _DISTRICT = 9, 6


def legal_day(instant: datetime) -> date:
    """The legal date of an instant: the calendar day in Asia/Shanghai."""
    return instant.astimezone(SHANGHAI).date()


def case_number(power_number: int, village: str, year: int, serial: int) -> str:
    """Number of a case: power, village, year, serial; `05-340311104201-2026-001`."""
    return f"{power_number:02d}-{village}-{year}-{serial:03d}"


def places_of(village: str) -> tuple[str, str, str]:
    """Where an office over a village may be held: the village, its town, its district."""
    return village, village[:_TOWN], village[:_DISTRICT]


def late_days(occurred_on: date, recorded_on: date) -> int:
    """Days between what is claimed and when we learned of it; 0 when entered the same day."""
    return max(0, (recorded_on - occurred_on).days)


def refuse_future(occurred_on: date, recorded_on: date) -> None:
    """Refuse a day that has not come yet."""
    if occurred_on > recorded_on:
        raise Refused(
            f"日期{occurred_on}还没有到，今天是{recorded_on}",
            remedy="填写实际发生的日期；还没有办的事等办了再记",
        )


@dataclass(frozen=True)
class Earlier:
    """A step that had to come first: the day claimed for it and the day it was recorded."""

    title: str
    occurred_on: date
    recorded_on: date


def refuse_before(node: Node, occurred_on: date, earlier: Iterable[Earlier], *, binding: bool) -> None:
    """Refuse a step dated before one that had to come first.

    For a `binding` step (a contract, a payment) the day on which the earlier step was *recorded* counts as
    well: a decision entered afterwards cannot cover money that had already gone.
    """
    for step in earlier:
        if occurred_on < step.occurred_on:
            raise Refused(
                f"“{node.title}”记在{occurred_on}，早于必须先完成的“{step.title}”（{step.occurred_on}）：先后颠倒",
                basis=node.citation,
                remedy=f"核对日期；确实办在“{step.title}”之前的，这一步不能算数，应当停下报村务监督委员会",
            )
        if binding and occurred_on < step.recorded_on:
            raise Refused(
                f"“{node.title}”记在{occurred_on}，而“{step.title}”到{step.recorded_on}才补录："
                f"补录不能抵作事前手续（先付后议）",
                basis=node.citation,
                remedy="已经付出的款项报村务监督委员会和镇（街）处理；尚未付的，按今天的日期办理",
            )


def due_on(limit: Limit | None, calendar: WorkingCalendar, since: date) -> date | None:
    """Last day for a step that has a longest time; None when it has none (民法典第201、203条)."""
    if limit is None or limit.bound != "max":
        return None
    return calendar.add(since, limit.value, limit.unit)


def first_day(limit: Limit | None, calendar: WorkingCalendar, since: date) -> date | None:
    """First day on which a step with a shortest time may be completed; None when it has none."""
    if limit is None or limit.bound != "min":
        return None
    return calendar.add(since, limit.value, limit.unit)


def refuse_early(node: Node, occurred_on: date, first: date | None) -> None:
    """Refuse a step done before its shortest time has run."""
    if first is None or occurred_on >= first or node.limit is None:
        return
    raise Refused(
        f"“{node.title}”最少要满{node.limit.value}{unit_word(node.limit.unit)}，{first}起才能办，不能提前",
        basis=node.limit.citation,
        remedy=f"等到{first}再办",
    )


def refuse_cut_short(node: Node, occurred_on: date, until: date) -> None:
    """Refuse to end a notice while it must still hang; the whole of `until` belongs to it."""
    if occurred_on > until:
        return
    free = until + timedelta(days=1)
    raise Refused(
        f"“{node.title}”要张贴到{until}期满，{free}起才能办结，不能缩短",
        basis=(node.limit.citation if node.limit else None) or node.citation,
        remedy=f"让公示继续张贴，{free}再来办结",
    )


def refuse_kin(node: Node, kin: Collection[str], others: Collection[str], basis: Citation | None) -> None:
    """Refuse a signer who is declared kin of the other side, or of somebody whose step this one checks."""
    if kin and set(kin) & set(others):
        raise Refused(
            f"您与本事项的相对人或前面的经办人有近亲属关系，办“{node.title}”应当回避",
            basis=basis,
            remedy="由同一职务的其他人办理；没有其他人的，报镇（街）指定",
        )


def moved(day: date | None, days: int, calendar: WorkingCalendar) -> date | None:
    """A due date after the clock stood still for `days` calendar days; never lands on a rest day."""
    if day is None or days <= 0:
        return day
    return calendar.add(day, days, "calendar_day")


def unit_word(unit: str) -> str:
    """A unit of time as people say it."""
    return {"working_day": "个工作日", "calendar_day": "日", "month": "个月", "year": "年"}.get(unit, unit)


def is_contract(node: Node) -> bool:
    """Whether a step signs a contract: it is named so in the chart, alone or inside a sub-procedure."""
    return node.id.rsplit("__", 1)[-1] == "contract"


def is_binding(node: Node) -> bool:
    """Whether a step binds the village to others: a payment or a contract. It cannot be taken back."""
    return node.kind == "payment" or is_contract(node)


def lane_title(chart: Procedure, node: Node) -> str:
    """The lane of a node as people read it: who."""
    return next((lane.title for lane in chart.lanes if lane.id == node.lane), node.lane)
