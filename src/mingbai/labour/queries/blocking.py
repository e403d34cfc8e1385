"""What was learned after a day was recorded and keeps it off the pay list: R55, an allowance, a death."""

from __future__ import annotations

from datetime import date

from mingbai.labour.models import Allowance, WorkOrder
from mingbai.labour.queries.attendance import overlaps, standing
from mingbai.labour.rules.pay import month_after
from mingbai.organisations import queries as organisations


def blocking(order: WorkOrder, month: date, on: date) -> tuple[str, ...]:
    """A sentence for each half day of the month that may not be paid; at most seven queries.

    Of an outside state the sentence does not say which: that is the town's to know.
    """
    rows = list(
        standing(order.number)
        .filter(on__gte=month, on__lt=month_after(month))
        .select_related("worker")
        .order_by("on", "id")
    )
    outside = {one.attendance for one in overlaps(order.village, on, order.number) if one.refuses}
    held = list(
        Allowance.objects.filter(worker__digest__in={one.digest for one in rows}).values_list(
            "worker__digest", "since", "until"
        )
    )
    people = {one.worker.who for one in rows}
    gone = organisations.departed(people, on)
    names = {one.id: one.name for one in organisations.people(people)}
    found = []
    for one in rows:
        name = names[one.worker.who]
        if one.pk in outside:
            found.append(f"外部资料表明{name}{one.on}不能出工")
        if any(who == one.digest and since <= one.on <= until for who, since, until in held):
            found.append(f"{name}{one.on}在领误工补贴")
        if one.worker.who in gone and gone[one.worker.who].on <= one.on:
            found.append(f"{name}{one.on}已经不在村里或者去世")
    return tuple(found)
