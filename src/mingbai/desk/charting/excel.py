"""The table of steps as an Excel sheet, out and in; a mistake is named by sheet, row and column."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from mingbai.kernel import Refused
from mingbai.procedures.rules.table import COLUMNS, Row

SHEET = "步骤"
FIXED = ("编号", "种类")
LARGEST = 1_000_000
MOST_ROWS = 400
_WIDE = {"fields", "papers", "branches", "discipline"}


def write(rows: Sequence[Row]) -> bytes:
    """The table as an .xlsx file: one row a step; the first column is the step's id and must stay."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append([*FIXED, *COLUMNS.values()])
    for row in rows:
        sheet.append([row.id, row.kind_title, *(_safe(row.cells[column]) for column in COLUMNS)])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for at, column in enumerate([*FIXED, *COLUMNS], 1):
        sheet.column_dimensions[get_column_letter(at)].width = 36 if column in _WIDE else 18
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "D2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _safe(text: str) -> str:
    """Text that a spreadsheet will not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def read(content: bytes, known: Sequence[str]) -> dict[str, dict[str, str]]:
    """The cells by step id; `known` are the ids that the chart has.

    Raises:
        Refused: not an .xlsx file, too large, another sheet or heading, an unknown step, one twice; named by row.
    """
    sheet = _sheet(content)
    lines = list(sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2))
    if len(lines) > MOST_ROWS + 1:
        raise Refused(f"“{SHEET}”多于 {MOST_ROWS} 行", remedy="一张流程图没有这么多步，核对是不是传错了")
    columns = _columns(lines[0] if lines else ())
    found: dict[str, dict[str, str]] = {}
    for at, line in enumerate(lines[1:], 2):
        if not any(line):
            continue
        id = str(line[0] or "").strip()
        if id not in known:
            raise Refused(
                f"“{SHEET}”第 {at} 行 A 列：没有编号为“{id[:20]}”的步骤", remedy="新步骤请先在网页上加"
            )
        if id in found:
            raise Refused(f"“{SHEET}”第 {at} 行：{id} 写了两遍", remedy="每个步骤一行")
        found[id] = {column: str(line[place] or "").lstrip("'") for column, place in columns.items()}
    return found


def _sheet(content: bytes):  # type: ignore[no-untyped-def]
    if len(content) > LARGEST:
        raise Refused("Excel 文件太大", remedy="只传步骤表这一个文件")
    try:
        book = load_workbook(io.BytesIO(content), data_only=True, read_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as bad:
        raise Refused("打不开这个 Excel 文件", remedy="用“下载 Excel”得到的那个文件改，存成 .xlsx") from bad
    if SHEET not in book.sheetnames:
        raise Refused(f"没有叫“{SHEET}”的工作表", remedy="用“下载 Excel”得到的那个文件改")
    return book[SHEET]


def _columns(heading: Sequence[object]) -> dict[str, int]:
    places = {str(title).strip(): at for at, title in enumerate(heading) if title is not None}
    if places.get(FIXED[0]) != 0:
        raise Refused(f"“{SHEET}”第 1 行 A 列应当是“{FIXED[0]}”", remedy="不要改表头")
    strange = set(places) - {*FIXED, *COLUMNS.values()}
    if strange:
        raise Refused(f"“{SHEET}”第 1 行：不认识“{min(strange)}”这一列", remedy="不要改表头")
    return {column: places[title] for column, title in COLUMNS.items() if title in places}
