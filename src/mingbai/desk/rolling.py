"""Rolls at the desk: whose they are to see, the uploaded file kept until it is set, and the roll as an Excel sheet."""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from mingbai.catalogue import queries as catalogue
from mingbai.desk.models import Draft
from mingbai.desk.views.access import for_office_holder
from mingbai.kernel import Refused
from mingbai.meetings import queries as meetings
from mingbai.meetings.queries import RollEntry
from mingbai.meetings.rules import BodyRule, find_body
from mingbai.meetings.rules.roll_rows import BIRTH, GROUP, HOUSEHOLD, NAME, NOTE, NUMBER, STANDING
from mingbai.meetings.rules.rolls import may_keep
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView
from mingbai.organisations.rules import Actor, may_see

View = Callable[..., HttpResponse]
NOT_READERS = frozenset({"villager", "household_rep"})
KEPT_DAYS = 7
"""An upload that nobody confirms is forgotten after so many days: it holds days of birth."""
KEPT_AS = "roll/"
SHEET_COLUMNS = (NUMBER, NAME, BIRTH, HOUSEHOLD, GROUP, STANDING, NOTE)
WIDTHS = (10, 14, 14, 10, 14, 22, 24)


def may_read(actor: Actor, village: str, on: date) -> bool:
    """Whether a person may see the names on a village's rolls: who holds an office there or above, villager aside."""
    held = [one for one in actor.mandates if one.active(on) and one.office not in NOT_READERS]
    return may_see(Actor(actor.person, actor.name, tuple(held)), village, on)


def villages_of(actor: Actor, on: date) -> tuple[DivisionView, ...]:
    """The villages whose rolls a person may see."""
    return tuple(one for one in organisations.villages() if may_read(actor, one.code, on))


def bodies_of(village: DivisionView, on: date) -> tuple[BodyRule, ...]:
    """The bodies that a village or a community may have, as the rules of a day say."""
    rules = meetings.bodies(catalogue.current(on))
    known = dict.fromkeys(one.id for one in rules if one.since <= on)
    return tuple(find_body(rules, id, on) for id in known if _belongs(id, village))


def _belongs(body: str, village: DivisionView) -> bool:
    """Villagers' bodies are of villages, residents' of communities; the others of both."""
    if village.committee == "residents":
        return not body.startswith(("villager", "village_group"))
    return not body.startswith("residents")


def for_village(view: View) -> View:
    """Let in who may see the village's rolls; `request.village` is that village. Otherwise it is not there."""

    @for_office_holder
    @wraps(view)
    def guarded(request: HttpRequest, village: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            request.village = organisations.division(village)
        except Refused as unknown:
            raise Http404("没有这个村") from unknown
        if not may_read(request.actor, village, request.today):
            raise Http404("没有这个村")
        return view(request, *args, **kwargs)

    return guarded


def for_roll(view: View) -> View:
    """As above, for one body: `request.rule` is its rule, `request.keeps` whether the person may set its roll."""

    @for_village
    @wraps(view)
    def guarded(request: HttpRequest, body: str, *args: Any, **kwargs: Any) -> HttpResponse:
        found = [one for one in bodies_of(request.village, request.today) if one.id == body]
        if not found:
            raise Http404("没有这个会")
        request.rule = found[0]
        request.keeps = may_keep(request.actor, request.rule, request.village.code, request.today)
        return view(request, *args, **kwargs)

    return guarded


@dataclass(frozen=True)
class Upload:
    """A file handed in and not yet set."""

    content: bytes
    name: str
    since: date
    term_from: date | None
    saved_at: datetime


def keep_upload(request: HttpRequest, upload: Upload) -> None:
    """Keep the file for the person, in place of an earlier one; forget uploads that nobody confirmed."""
    Draft.objects.filter(
        case__startswith=KEPT_AS, saved_at__lt=request.now - timedelta(days=KEPT_DAYS)
    ).delete()
    values = {
        "content": base64.b64encode(upload.content).decode("ascii"),
        "name": upload.name[:120],
        "since": upload.since.isoformat(),
        "term_from": upload.term_from.isoformat() if upload.term_from else "",
    }
    Draft.objects.update_or_create(
        **_key(request), defaults={"values": values, "papers": {}, "saved_at": request.now}
    )


def kept_upload(request: HttpRequest) -> Upload | None:
    """The person's file for this roll; None when there is none."""
    row = Draft.objects.filter(**_key(request)).first()
    if row is None:
        return None
    try:
        content = base64.b64decode(row.values["content"], validate=True)
    except binascii.Error:
        return None
    term = row.values["term_from"]
    return Upload(
        content, row.values["name"], date.fromisoformat(row.values["since"]),
        date.fromisoformat(term) if term else None, row.saved_at,
    )  # fmt: skip


def drop_upload(request: HttpRequest) -> None:
    """Forget the file."""
    Draft.objects.filter(**_key(request)).delete()


def _key(request: HttpRequest) -> dict[str, Any]:
    return {"user": request.user, "case": f"{KEPT_AS}{request.village.code}", "step": request.rule.id}


def workbook(entries: tuple[RollEntry, ...]) -> bytes:
    """A roll as an .xlsx file that can be changed and handed in again: every cell is text, none a formula.

    The day of birth is not known here; it is asked for again only of people who are new.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = "名册"
    sheet.append(SHEET_COLUMNS)
    for row, one in enumerate(entries, 2):
        for place, value in enumerate(
            (one.number, one.name, "", one.household, one.group, one.standing, ""), 1
        ):
            cell = sheet.cell(row, place, value)
            cell.data_type, cell.number_format = "s", "@"
    for place, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.cell(1, place).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
