"""The meetings of a village, and the steps that wait for one."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mingbai.cases import queries as cases
from mingbai.desk import opening, rolling
from mingbai.desk.views.access import for_office_holder
from mingbai.meetings import queries

A_PAGE = 50


@require_GET
@for_office_holder
def meetings(request: HttpRequest) -> HttpResponse:
    """The latest meetings first, a page after a key; above them the steps that wait for a body to decide."""
    villages = rolling.villages_of(request.actor, request.today)
    asked = request.GET.get("village", "")
    chosen = [one for one in villages if one.code == asked] or (list(villages) if len(villages) == 1 else [])
    lines, following = _page(chosen[0].code, request.GET.get("after", "")) if chosen else ((), "")
    codes = {one.code for one in (chosen or villages)}
    waiting = cases.steps_for_meetings(request.actor, request.today)
    context = {
        "villages": villages,
        "village": chosen[0] if chosen else None,
        "lines": lines,
        "following": following,
        "waiting": [one for one in waiting if one.village in codes],
        "today": request.today,
        "who": opening.describe(request.actor, request.today),
    }
    return render(request, "desk/meetings.html", context)


def _page(village: str, after: str) -> tuple[tuple[queries.MeetingLine, ...], str]:
    """A page of meetings after the one of that day and number, and the key of the page that follows."""
    day, _stroke, number = after.partition("/")
    try:
        key = (date.fromisoformat(day), number) if after else None
    except ValueError:
        key = None
    found = queries.meetings_of(village, A_PAGE + 1, key)
    lines = found[:A_PAGE]
    return lines, f"{lines[-1].held_on}/{lines[-1].number}" if len(found) > A_PAGE else ""
