"""Rolls to read: the bodies of a village, one roll, its Excel sheet, and the sheet that is signed at the door."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from mingbai.desk import opening, rolling
from mingbai.desk.rolling import for_roll, for_village
from mingbai.desk.views.access import for_office_holder
from mingbai.meetings import queries as meetings
from mingbai.meetings.queries import RollEntry
from mingbai.meetings.rules import BodyRule

A_PAGE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class BodyLine:
    """A body of a village in the list: how many on its roll, since when, until when its term runs."""

    rule: BodyRule
    count: int
    since: date | None
    until: date | None


@require_GET
@for_office_holder
def rolls(request: HttpRequest) -> HttpResponse:
    """The villages whose rolls I may see; with one only, its bodies."""
    villages = rolling.villages_of(request.actor, request.today)
    if len(villages) == 1:
        return redirect("desk:village-rolls", villages[0].code)
    return shown(request, "desk/rolls_villages.html", villages=villages)


@require_GET
@for_village
def village(request: HttpRequest) -> HttpResponse:
    """The bodies of a village."""
    code, today = request.village.code, request.today
    sizes = meetings.roll_sizes(code, today)
    lines = [
        BodyLine(one, *sizes.get(one.id, (0, None)), meetings.term_ends(code, one, today))
        for one in rolling.bodies_of(request.village, today)
    ]
    return shown(request, "desk/rolls.html", village=request.village, lines=lines)


@require_GET
@for_roll
def roll(request: HttpRequest) -> HttpResponse:
    """Who stands on a roll today: a page of it after a key, or those of a name or number."""
    book = meetings.roll_book(request.village.code, request.rule.id, request.today, request.rule.left_by)
    asked = request.GET.get("q", "").strip()[:40]
    entries = [one for one in book.entries if not asked or asked in one.name or asked == one.number]
    page, following = _page(entries, request.GET.get("after", ""))
    return shown(
        request, "desk/roll.html", village=request.village, rule=request.rule, keeps=request.keeps, book=book,
        page=page, following=following, q=asked, found=len(entries), upload=rolling.kept_upload(request),
        until=meetings.term_ends(request.village.code, request.rule, request.today),
        gone=sum(one.gone is not None for one in book.entries), told=_told(book.entries),
    )  # fmt: skip


def _told(entries: Iterable[RollEntry]) -> dict[str, bool]:
    """Which columns say anything."""
    members = tuple(entries)
    return {
        name: any(getattr(one, name) for one in members)
        for name in ("number", "household", "group", "standing")
    }


def _page(entries: list[RollEntry], after: str) -> tuple[list[RollEntry], str]:
    """The entries after the one of that person, and the key of the page that follows; empty at the end."""
    ids = [one.person for one in entries]
    begin = ids.index(after) + 1 if after in ids else 0
    page = entries[begin : begin + A_PAGE]
    return page, page[-1].person if begin + A_PAGE < len(entries) else ""


@require_GET
@for_roll
def sheet(request: HttpRequest) -> HttpResponse:
    """The roll as an Excel sheet, to change and hand in again."""
    book = meetings.roll_book(request.village.code, request.rule.id, request.today, request.rule.left_by)
    entries = tuple(one for one in book.entries if one.gone is None)
    response = HttpResponse(rolling.workbook(entries), content_type=XLSX)
    name = quote(f"{request.village.short}{request.rule.title}名册.xlsx")
    response.headers["Content-Disposition"] = f"attachment; filename=\"roll.xlsx\"; filename*=UTF-8''{name}"
    return response


@require_GET
@for_roll
def printed(request: HttpRequest) -> HttpResponse:
    """The roll of a day as a sheet to be signed, with rows large enough for a hand."""
    on = day(request.GET.get("on", "")) or request.today
    book = meetings.roll_book(request.village.code, request.rule.id, on, request.rule.left_by)
    entries = [one for one in book.entries if one.gone is None]
    return shown(
        request, "desk/roll_print.html", village=request.village, rule=request.rule, entries=entries, on=on,
        told=_told(entries),
    )  # fmt: skip


def day(text: str) -> date | None:
    """A date that a form sent; None when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def shown(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of rolls."""
    who = opening.describe(request.actor, request.today)
    return render(request, template, {"who": who, "today": request.today, **context}, status=status)
