"""Relief at the desk: whose pages they are, what a confirming case already says, lists as Excel and back."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from mingbai.cases import queries as cases
from mingbai.cases.events import STEP_COMPLETED
from mingbai.desk.views.access import for_office_holder
from mingbai.evidence.sheets import Bounds, Sheet, open_csv, open_workbook
from mingbai.journal.queries import entries_of
from mingbai.kernel import Money, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView
from mingbai.organisations.rules import Actor, holds_over
from mingbai.relief.queries.access import filing_office, matrix_on, office_for, relief_offices
from mingbai.relief.queries.filings import NO_CADRE
from mingbai.relief.queries.payments import ListView
from mingbai.relief.rules import Scheme
from mingbai.relief.rules.lists import Reported

View = Callable[..., HttpResponse]
BOUNDS = Bounds(packed=5_000_000, unpacked=50_000_000, rows=5_000, columns=40)
AGREED = ("agree", "同意", "good", "符合")
COLUMNS = ("序号", "姓名", "金额")


def villages_of(actor: Actor, on: Any) -> tuple[DivisionView, ...]:
    """The villages in which a person does a step of some relief chart."""
    offices = relief_offices(on)
    mine = [office for office in offices if any(office == one.office for one in actor.mandates)]
    return tuple(
        one
        for one in organisations.villages()
        if any(holds_over(actor, office, one.code, on) for office in mine)
    )


def may_file(request: HttpRequest) -> bool:
    """Whether the person may see the register of near relatives of some village."""
    places = organisations.villages()
    return any(filing_office(request.actor, one.code, request.today) for one in places)


def for_village(view: View) -> View:
    """Let in who does relief for the village; `request.village` is that village. Otherwise it is not there."""

    @for_office_holder
    @wraps(view)
    def guarded(request: HttpRequest, village: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            request.village = organisations.division(village)
        except Refused as unknown:
            raise Http404("没有这个村") from unknown
        if len(village) != 12 or not office_for(request.actor, village, request.today):
            raise Http404("没有这个村")
        return view(request, *args, **kwargs)

    return guarded


@dataclass(frozen=True)
class FromCase:
    """What a confirming case already says, so that nobody types it again; empty where it does not.

    identity: the number that the application gave; it is compared and shown nowhere.
    """

    case: str
    scheme: Scheme
    amount: str
    applicant: str
    identity: str


def confirmed(number: str, scheme: Scheme, village: str) -> FromCase:
    """The amount that the case's deciding step fixed, and who applied; the latest word counts.

    Raises:
        Refused: no such case in the village, another power's, or the step is not done yet.
    """
    case = cases.case(number)
    if case.village != village or case.power != scheme.power:
        raise Refused(_("这件事不是本村的，或者不是这一种"), remedy=_("核对事项编号和种类"))
    said = {
        (entry.data.get("step"), field.id): field.value
        for entry in entries_of(f"case:{number}")
        if entry.act == STEP_COMPLETED
        for field in entry.fields
    }
    done = scheme.step in {step.step for step in case.done}
    agreed = said.get((scheme.step, "verdict"), AGREED[0]) in AGREED
    if not done or not agreed or not said.get((scheme.step, "amount")):
        raise Refused(_("这件事还没有确认，或者没有同意"), remedy=_("等确认以后再登记"))
    amount, applicant = said[scheme.step, "amount"], said.get(("apply", "applicant"), "")
    return FromCase(number, scheme, amount, applicant, said.get(("apply", "id_number"), ""))


def in_office_of(village: str, on: Any) -> list[tuple[str, str]]:
    """Who is in office in a village or above it, as a choice: the person, and the name with the office."""
    held = organisations.holders_over(village, on)
    return [
        (one.id, f"{one.name}（{organisations.office_title(office)}）")
        for one, office in held
        if office not in NO_CADRE
    ]


def schemes_of(village: str, actor: Actor, on: Any) -> tuple[Scheme, ...]:
    """The schemes that a person may see in a village."""
    return tuple(one for one in matrix_on(on).schemes if office_for(actor, village, on, one.id))


def workbook(view: ListView) -> bytes:
    """The list as an Excel sheet: every cell is text, so that none is a formula."""
    book = Workbook()
    sheet = book.active
    sheet.title = "发放名单"
    rows = [(str(one.line), one.name, one.amount.yuan().replace(",", "")) for one in view.lines]
    for place, row in enumerate([COLUMNS, *rows], 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(place, column, value)
            cell.data_type, cell.number_format = "s", "@"
    for column in "ABC":
        sheet.column_dimensions[column].width = 16
        sheet[f"{column}1"].font = Font(bold=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_report(content: bytes) -> tuple[Reported, ...]:
    """The lines of a list that came back: columns 姓名 and 金额, and 序号 when there is one.

    Raises:
        Refused: no table, no such columns, or rows that cannot be read, each named by its number in the file.
    """
    book = content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0"
    sheet = open_workbook(content, BOUNDS)[0] if book else open_csv(content, BOUNDS)
    head = [str(one or "").strip() for one in sheet.lines[0]] if sheet.lines else []
    if "姓名" not in head or "金额" not in head:
        raise Refused(_("第一行没有“姓名”“金额”两列"), remedy=_("照下载的名单的样子填"))
    read, faults = [], []
    for row, cells in _rows(sheet, head):
        try:
            read.append(_line(cells))
        except (ValueError, Refused):
            faults.append(str(row))
    if faults:
        raise Refused(
            _("第 %(rows)s 行读不通") % {"rows": "、".join(faults[:20])},
            remedy=_("姓名、金额都要填，金额只写数"),
        )
    return tuple(read)


def _rows(sheet: Sheet, head: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    for row, line in enumerate(sheet.lines[1:], 2):
        texts = ["" if one is None else str(one).strip() for one in line]
        if any(texts):
            yield row, dict(zip(head, texts, strict=False))


def _line(cells: dict[str, str]) -> Reported:
    name, sum_ = cells.get("姓名", ""), cells.get("金额", "")
    if not name or len(name) > 60 or name.startswith("=") or sum_.startswith("="):
        raise ValueError(name)
    amount = Money.parse(sum_)
    number = cells.get("序号", "")
    return Reported(int(number) if number.isdigit() else 0, name, amount.fen)
