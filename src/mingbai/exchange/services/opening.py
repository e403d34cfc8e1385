"""A file becomes one table with a known header: opened within bounds, its layout recognised or mapped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.evidence.sheets import Bounds, Line, Sheet, open_csv, open_workbook
from mingbai.exchange.models import HeaderMap
from mingbai.exchange.rules.layouts import (
    HEADER_WITHIN,
    LAYOUTS_FILE,
    Layout,
    fingerprint,
    read_layouts,
    recognise,
)
from mingbai.exchange.rules.rows import Rows
from mingbai.kernel import Refused

BOUNDS = Bounds(packed=60_000_000, unpacked=600_000_000, rows=200_020, columns=60)
_BOOK = (b"PK", b"\xd0\xcf\x11\xe0")
_CELL_ROW = re.compile(r"[A-Z]+(\d+)(?::[A-Z]+(\d+))?")


def layouts(edition: Edition, kind: str) -> tuple[Layout, ...]:
    """The district's layouts of a kind. Raises `Refused` when the edition has none."""
    text = edition.files.get(LAYOUTS_FILE)
    found = tuple(one for one in read_layouts(text) if one.kind == kind) if text else ()
    if not found:
        raise Refused("本版清单没有这一种的表样", remedy="请区级在 layouts.yaml 里补上")
    return found


def table(content: bytes) -> Sheet:
    """The one table of a file.

    Raises:
        Refused: no table, larger than the bounds, or several sheets with something in them.
    """
    if not content.startswith(_BOOK):
        return open_csv(content, BOUNDS)
    filled = [one for one in open_workbook(content, BOUNDS) if one.lines and not one.hidden]
    if len(filled) != 1:
        said = (
            "文件里没有表"
            if not filled
            else f"文件里有{len(filled)}张表：{'、'.join(one.title for one in filled[:5])}"
        )
        raise Refused(said, remedy="一个文件只留一张表，别的删去再传")
    return filled[0]


def rows_of(sheet: Sheet, village: str, kind: str, edition: Edition, mapping: Mapping[str, str]) -> Rows:
    """The rows below the header, with joined cells among them kept as faults."""
    known = mapping or remembered(village, kind, sheet.lines)
    found = recognise(sheet.lines, layouts(edition, kind), known)
    rows = Rows(sheet.lines, found)
    for joined in sheet.merged:
        last = max(int(number) for number in _CELL_ROW.findall(joined)[-1] if number)
        if last > found.header + 1:
            rows.fault(last, "", f"{joined}是合并的单元格：取消合并，每行都填上")
    for number in sheet.hidden_rows:
        if number > found.header + 1:
            rows.fault(number, "", "这一行隐藏了：取消隐藏，或者删去")
    return rows


def remembered(village: str, kind: str, lines: Sequence[Line]) -> Mapping[str, str]:
    """How somebody mapped one of these headers before; nothing when nobody did."""
    prints = [fingerprint(line) for line in lines[:HEADER_WITHIN]]
    row = HeaderMap.objects.filter(village=village, kind=kind, fingerprint__in=prints).order_by("-id").first()
    return dict(row.columns) if row else {}


def current(day: Any) -> Edition:
    """The edition in force on a day."""
    return catalogue.current(day)
