"""A table leaves as a file: text in every cell, so that no spreadsheet takes one for a formula; a mandated system's
file leaves under a receipt."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from mingbai.exchange.events import FILE_SENT
from mingbai.exchange.models import ReceiptRow
from mingbai.exchange.queries.tables import layout_of, table
from mingbai.journal import services as journal
from mingbai.journal.numbering import take_number
from mingbai.kernel import Refused
from mingbai.kernel.cells import no_formula
from mingbai.ledger.rules import Span
from mingbai.organisations.rules import Actor


def send(
    *, kind: str, village: str, span: Span, suffix: str, by: Actor, at: datetime, today: date, layout: str = "",
    body: str = "",
) -> tuple[bytes, int, str]:  # fmt: skip
    """The file, how many rows it has, and its receipt when it is for a mandated system.

    `suffix` is `.xlsx` or `.csv`. Raises `Refused` for another suffix, or no such kind or layout.
    """
    if suffix not in (".xlsx", ".csv"):
        raise Refused("只能写成 .xlsx 或者 .csv", remedy="换一个文件名")
    header, rows = table(kind, village, span, today, layout, body)
    kept = list(rows)
    content = _xlsx([header, *kept]) if suffix == ".xlsx" else _csv([header, *kept])
    system = layout_of(kind, today, layout).system if layout else ""
    receipt = _keep(kind, village, content, len(kept), system, by, at, today) if system else ""
    return content, len(kept), receipt


def _csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([no_formula(cell) for cell in row] for row in rows)
    # The mark tells old spreadsheets that it is UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: Iterable[tuple[str, ...]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("表")
    for row in rows:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=text)
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@transaction.atomic
def _keep(
    kind: str, village: str, content: bytes, rows: int, system: str, by: Actor, at: datetime, today: date
) -> str:
    serial = take_number(f"receipt/{village}/{today.year}")
    number = f"HZ-{village}-{today.year}-{serial:03d}"
    office = next(iter(by.offices_in(village, today)), "")
    ReceiptRow.objects.create(
        number=number, village=village, kind=kind, way="out", name=system[:120],
        digest=hashlib.sha256(content).hexdigest(), rows=rows, added=0, person=by.person, office=office,
        recorded_at=at,
    )  # fmt: skip
    journal.record(
        act=FILE_SENT, village=village, subject=f"village:{village}", actor=by.person, office=office,
        occurred_on=today, at=at, data={"receipt": number, "kind": kind, "rows": rows, "system": system},
    )  # fmt: skip
    return number
