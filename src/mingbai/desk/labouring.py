"""Village labour at the desk: whose pages they are, what a case decided, and the grid of a month."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mingbai.cases import queries as cases
from mingbai.cases.events import STEP_COMPLETED
from mingbai.desk import opening
from mingbai.desk.views.access import for_office_holder
from mingbai.journal.queries import entries_of
from mingbai.kernel import Money, Refused
from mingbai.labour.events import Approved
from mingbai.labour.queries.access import office_for, rules_on, step_office
from mingbai.labour.queries.attendance import GridRow
from mingbai.labour.services import Row
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView
from mingbai.organisations.rules import Actor

View = Callable[..., HttpResponse]
HALVES = (1, 2)


def villages_of(actor: Actor, on: date) -> tuple[DivisionView, ...]:
    """The villages in which a person does a step of village labour."""
    rules = rules_on(on)
    return tuple(one for one in organisations.villages() if office_for(actor, one.code, on, rules))


def for_village(view: View) -> View:
    """Let in who does labour for the village; what he may do there is in `request.does`. Otherwise it is not there."""

    @for_office_holder
    @wraps(view)
    def guarded(request: HttpRequest, village: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            request.village = organisations.division(village)
        except Refused as unknown:
            raise Http404("没有这个村") from unknown
        rules, today = rules_on(request.today), request.today
        if len(village) != 12 or not office_for(request.actor, village, today, rules):
            raise Http404("没有这个村")
        steps = rules.settings.steps
        request.does = {
            name: bool(step_office(request.actor, getattr(steps, name), village, today, rules))
            for name in ("record", "witness", "list")
        }
        return view(request, *args, **kwargs)

    return guarded


def shown(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of labour."""
    who = opening.describe(request.actor, request.today, request.village)
    context = {"village": request.village, "does": request.does, "today": request.today, **context}
    return render(request, template, {"who": who, **context}, status=status)


def approved(number: str, village: str) -> Approved:
    """What a case decided of a job: rate, days and sum; nothing is typed a second time.

    Raises:
        Refused: no such case in the village, or its workers are not chosen yet.
    """
    case = cases.case(number)
    said = {
        (entry.data.get("step"), field.id): field.value
        for entry in entries_of(f"case:{number}")
        if entry.act == STEP_COMPLETED
        for field in entry.fields
    }
    done = {step.step for step in case.done}
    if case.village != village or "recruit" not in done or not said.get(("plan", "day_rate")):
        raise Refused(_("这件事不是本村的用工，或者还没有定下人选"), remedy=_("核对事项编号，等选用名单办完"))
    return Approved(
        number, said["plan", "task"], Money.parse(said["plan", "day_rate"]), int(said["plan", "days"]),
        Money.parse(said["plan", "amount"]),
    )  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """A month of an order as it is filled in: the days that belong to it, and a row for each worker."""

    month: date
    days: tuple[date, ...]
    rows: tuple[GridRow, ...]


def month_of(text: str, since: date, until: date, today: date) -> date:
    """The month asked for (`2026-09`), else the newest of the order that has begun."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return max(min(until, today), since).replace(day=1)


def days_of(month: date, since: date, until: date, today: date) -> tuple[date, ...]:
    """The days of a month that belong to an order and are not to come."""
    last = calendar.monthrange(month.year, month.month)[1]
    days = (month.replace(day=n) for n in range(1, last + 1))
    return tuple(day for day in days if since <= day <= min(until, today))


def new_rows(request: HttpRequest, rows: tuple[GridRow, ...], days: tuple[date, ...], unit: str) -> list[Row]:
    """The boxes that are ticked and were not before; by the hour the number that was typed."""
    found = []
    for row in rows:
        for day in days:
            for half in HALVES:
                said = request.POST.get(f"at-{row.worker.id}-{day.day}-{half}", "").strip()
                if said and (day.day, half) not in row.cells:
                    found.append(Row(row.worker.id, day, half, _hours(said) if unit == "hour" else 0))
    return found


def _hours(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 24):
        raise Refused(_("小时数不对"), remedy=_("写整数小时"))
    return int(text)
