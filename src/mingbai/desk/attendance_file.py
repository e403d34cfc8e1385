"""Attendance as a file: read by the district's layout, each cell that cannot be read named by row and column."""

from __future__ import annotations

import unicodedata
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mingbai.desk.relieving import BOUNDS
from mingbai.evidence.sheets import Line, open_csv, open_workbook
from mingbai.exchange.queries.tables import layout_of
from mingbai.exchange.rules.layouts import recognise
from mingbai.exchange.rules.rows import Fault, Row, Rows
from mingbai.kernel import Refused
from mingbai.labour.services import FileLine

HERE = ("√", "✓", "✔", "1", "是", "到", "出工")
"""How a sheet says that somebody came; half days only, so that 1 is one half day."""
AWAY = ("", "0", "-", "×", "否", "/")
_HALVES = {1: "morning", 2: "afternoon"}


def handed_in(request: HttpRequest) -> bytes:
    """The file of the form. Raises `Refused` for none, or one too large."""
    file = request.FILES.get("file")
    if file is None or file.size > BOUNDS.packed:
        raise Refused(_("没有选文件，或者文件太大"), remedy=_("选 5 兆以内的 .xlsx 或者 .csv 文件"))
    return bytes(file.read())


def read(content: bytes, unit: str, today: date) -> tuple[list[FileLine], list[Fault]]:
    """The lines of the first sheet, and what is wrong with its cells.

    Raises:
        Refused: no table, or no header that the district's layout of attendance knows.
    """
    lines = _lines(content)
    rows = Rows(lines, recognise(lines, [layout_of("attendance", today)]))
    found = [line for row in rows if (line := _line(row, unit)) is not None]
    return found, rows.faults


def _lines(content: bytes) -> tuple[Line, ...]:
    book = content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0"
    return (open_workbook(content, BOUNDS)[0] if book else open_csv(content, BOUNDS)).lines


def _line(row: Row, unit: str) -> FileLine | None:
    name, number, day = (
        row.text("person", 60, needed=True),
        row.text("identity", 24).lstrip("'"),
        row.day("day"),
    )
    halves = {
        half: hours for half, name_ in _HALVES.items() if (hours := _half(row, name_, unit)) is not None
    }
    if not name or day is None:
        if day is None and not str(row.raw("day") or "").strip():
            row.wrong("day", _("没有填"))
        return None
    return FileLine(row.number, name, day, halves, number)


def _half(row: Row, name: str, unit: str) -> int | None:
    """Hours of a half day, 0 where days or halves are counted; None when the person was not there."""
    said = row.raw(name)
    said = int(said) if isinstance(said, float) and said.is_integer() else said
    text = unicodedata.normalize("NFKC", "" if said is None else str(said)).strip()
    if text in AWAY:
        return None
    if unit == "hour" and text.isdecimal() and len(text) < 3:
        return int(text)
    if unit != "hour" and text in HERE:
        return 0
    row.wrong(name, _("写整数小时，没有来的空着") if unit == "hour" else _("来了打√，没有来的空着"))
    return None
