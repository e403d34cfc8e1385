"""Attendance as it stands: what was not taken back, by order and month; what the town should look at."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from mingbai.kernel import Refused
from mingbai.labour.models import Allowance, Appraisal, Attendance, ExternalState, Sheet, Worker, WorkOrder
from mingbai.labour.queries.access import settings_on
from mingbai.labour.rules.pay import HALVES_A_DAY, Earned, earned_fen, month_after
from mingbai.organisations import queries as organisations


def standing(order: str) -> QuerySet[Attendance]:
    """The half days of an order that were not taken back."""
    return Attendance.objects.filter(order=order, withdrawal__isnull=True)


def earned(order: WorkOrder, month: date) -> tuple[Earned, ...]:
    """What each person worked and earns in a month (its first day) of an order, by worker. One query."""
    what = Sum("hours") if order.unit == "hour" else Count("id")
    rows = standing(order.number).filter(on__gte=month, on__lt=month_after(month))
    grouped = rows.values("worker").annotate(units=what).order_by("worker").values_list("worker", "units")
    return tuple(
        Earned(worker, units, earned_fen(order.unit, order.rate_fen, units)) for worker, units in grouped
    )


def unwitnessed(order: str, month: date | None = None) -> tuple[Sheet, ...]:
    """Sheets of an order (with half days of that month) that nobody else confirmed and that still say something."""
    lines = Attendance.objects.filter(sheet=OuterRef("pk"), withdrawal__isnull=True)
    if month:
        lines = lines.filter(on__gte=month, on__lt=month_after(month))
    return tuple(Sheet.objects.filter(Exists(lines), order=order, witness__isnull=True).order_by("id"))


def work_order(number: str) -> WorkOrder:
    """One work order.

    Raises:
        Refused: there is none of that number.
    """
    row = WorkOrder.objects.filter(pk=number).first()
    if row is None:
        raise Refused("没有这份用工单", remedy="核对编号")
    return row


def worked_months(order: str) -> tuple[date, ...]:
    """The months in which somebody worked at an order, by their first day, oldest first."""
    return tuple(standing(order).dates("on", "month"))


def work_orders(village: str) -> tuple[WorkOrder, ...]:
    """The work orders of a village, newest first."""
    return tuple(WorkOrder.objects.filter(village=village).order_by("-since", "-number")[:200])


@dataclass(frozen=True)
class WorkerView:
    """A worker by name; `outsider`: not of the village."""

    id: int
    name: str
    outsider: bool


def workers(village: str) -> tuple[WorkerView, ...]:
    """The workers of a village by name. Two queries."""
    rows = list(Worker.objects.filter(village=village))
    names = {one.id: one.name for one in organisations.people({row.who for row in rows})}
    return tuple(
        sorted((WorkerView(row.pk, names[row.who], row.outsider) for row in rows), key=lambda one: one.name)
    )


@dataclass(frozen=True)
class GridRow:
    """A worker's month: by day and half, the id of the half day and its hours; `days` in whole and half days."""

    worker: WorkerView
    cells: dict[tuple[int, int], tuple[int, int]]

    @property
    def days(self) -> str:
        """How many days, halves as .5."""
        whole, rest = divmod(len(self.cells), HALVES_A_DAY)
        return f"{whole}.5" if rest else str(whole)


def grid(order: WorkOrder, month: date) -> tuple[GridRow, ...]:
    """The attendance of a month as a grid, every worker of the village a row. Three queries."""
    cells: dict[int, dict[tuple[int, int], tuple[int, int]]] = defaultdict(dict)
    for one in standing(order.number).filter(on__gte=month, on__lt=month_after(month)):
        cells[one.worker_id][one.on.day, one.half] = (one.pk, one.hours)
    return tuple(GridRow(one, cells.get(one.id, {})) for one in workers(order.village))


@dataclass(frozen=True)
class Overlap:
    """A half day on which the person is known to be elsewhere (R55)."""

    attendance: int
    order: str
    name: str
    on: date
    half: int
    kind: str
    refuses: bool


def overlaps(village: str, on: date, order: str = "") -> tuple[Overlap, ...]:
    """Attendance of a village (of an order) on days of an outside state, whenever either was entered. Three queries."""
    state = ExternalState.objects.filter(
        digest=OuterRef("digest"), since__lte=OuterRef("on"), until__gte=OuterRef("on")
    )
    rows = Attendance.objects.filter(Exists(state), order__village=village, withdrawal__isnull=True)
    if order:
        rows = rows.filter(order=order)
    found = list(rows.select_related("worker").order_by("-on", "id")[:500])
    names = {one.id: one.name for one in organisations.people({one.worker.who for one in found})}
    states = list(ExternalState.objects.filter(digest__in={one.digest for one in found}))
    kinds = {kind.id: kind for kind in settings_on(on).states}
    return tuple(
        Overlap(
            one.pk,
            one.order_id,
            names[one.worker.who],
            one.on,
            one.half,
            kinds[it.kind].title,
            kinds[it.kind].refuses,
        )
        for one in found
        for it in states
        if it.digest == one.digest and it.since <= one.on <= it.until and it.kind in kinds
    )


@dataclass(frozen=True)
class Unappraised:
    """Somebody on a fixed allowance who may not be paid this month, and why (R56)."""

    worker: int
    name: str
    reason: str


def unappraised(village: str, month: date) -> tuple[Unappraised, ...]:
    """Who receives a fixed allowance in a month and lacks last year's appraisal, or failed too often (R56).

    Last year's appraisal is asked of whoever received the allowance in that year already.
    """
    rules, last = settings_on(month).allowance, month.year - 1
    rows = list(
        Allowance.objects.filter(
            worker__village=village, since__lt=month_after(month), until__gte=month
        ).select_related("worker")
    )
    done: dict[str, dict[int, str]] = defaultdict(dict)
    for one in Appraisal.objects.filter(
        worker__digest__in={row.worker.digest for row in rows}
    ).select_related("worker"):
        done[one.worker.digest][one.year] = one.result
    before = _before(rows, date(last, 12, 31))
    names = {one.id: one.name for one in organisations.people({row.worker.who for row in rows})}
    found = []
    for row in rows:
        years = done[row.worker.digest]
        if all(years.get(last - back) == rules.worst for back in range(rules.ends_after)):
            found.append(
                Unappraised(
                    row.worker_id, names[row.worker.who], f"连续{rules.ends_after}年评议不称职，职务终止"
                )
            )
        elif row.worker.digest in before and last not in years:
            found.append(Unappraised(row.worker_id, names[row.worker.who], f"{last}年没有民主评议"))
    return tuple(found)


def _before(rows: list[Allowance], day: date) -> set[str]:
    first = date(day.year, 1, 1)
    digests = {row.worker.digest for row in rows}
    held = Allowance.objects.filter(worker__digest__in=digests, since__lte=day, until__gte=first)
    return set(held.values_list("worker__digest", flat=True))


def allowances_in(village: str, case: str, month: date) -> QuerySet[Allowance]:
    """The allowances of a case that run in a month."""
    here = Q(worker__village=village, case=case)
    return Allowance.objects.filter(here, since__lt=month_after(month), until__gte=month).annotate(
        who=F("worker__who")
    )
