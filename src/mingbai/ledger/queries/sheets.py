"""The statements as an Excel workbook: words as text, amounts as numbers in yuan, never a formula.

openpyxl writes a string that begins with `=` as a formula; every word here is typed as text instead.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from mingbai.ledger.rules.statements import (
    ASSET_PARTS,
    LIABILITY_PARTS,
    BalanceSheet,
    FlowRow,
    IncomeStatement,
)

PARTS = {
    "current_assets": "流动资产合计",
    "fixed_assets": "非流动资产合计",
    "current_liabilities": "流动负债合计",
    "long_liabilities": "非流动负债合计",
    "equity": "所有者权益合计",
}
Cell = str | Decimal | None


def yuan(fen: int) -> Decimal:
    """Fen as yuan, exact."""
    return Decimal(fen).scaleb(-2)


def write_workbook(sheets: Iterable[tuple[str, Sequence[Sequence[Cell]]]], heading: str) -> bytes:
    """An .xlsx of sheets: each has its title, `heading` below it, a row of column names, and rows."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        _put(sheet, 1, [title], bold=True)
        _put(sheet, 2, [heading])
        for at, row in enumerate(rows, start=3):
            _put(sheet, at, row, bold=at == 3)
        _shape(sheet, max(len(row) for row in rows))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def sheet_rows(sheet: BalanceSheet) -> list[list[Cell]]:
    """资产负债表 as rows, each part with its sum."""
    rows: list[list[Cell]] = [["项目", "期末余额（元）", "年初余额（元）"]]
    for part in (*ASSET_PARTS, "", *LIABILITY_PARTS, "equity"):
        if not part:
            rows.append(_pair("资产总计", sheet.assets))
            continue
        rows += [_pair(row.title, (row.now, row.before)) for row in sheet.rows if row.part == part]
        rows.append(_pair(PARTS[part], sheet.total(part)))
    return [*rows, _pair("负债和所有者权益总计", sheet.claims)]


def income_rows(income: IncomeStatement) -> list[list[Cell]]:
    """收益及收益分配表 as rows; what is taken away is marked 减."""
    rows: list[list[Cell]] = [["项目", "本期金额（元）", "本年累计（元）"]]
    rows += [_pair(_marked(row), (row.period, row.year)) for row in income.rows]
    return [
        *rows,
        _pair("净收益", income.result),
        ["加：年初未分配收益", None, yuan(income.carried)],
        ["减：本年已分配", None, yuan(income.used)],
        ["年末未分配收益", None, yuan(income.undistributed)],
    ]


def detail_rows(details: Sequence[FlowRow]) -> list[list[Cell]]:
    """收支明细表 as rows."""
    rows: list[list[Cell]] = [["编码", "科目", "本期金额（元）", "本年累计（元）"]]
    for sign, title in ((1, "收入合计"), (-1, "支出合计")):
        chosen = [row for row in details if row.sign == sign]
        rows += [[row.code, row.title, yuan(row.period), yuan(row.year)] for row in chosen]
        rows.append([None, title, yuan(sum(r.period for r in chosen)), yuan(sum(r.year for r in chosen))])
    return rows


def _pair(title: str, pair: tuple[int, int]) -> list[Cell]:
    return [title, yuan(pair[0]), yuan(pair[1])]


def _marked(row: FlowRow) -> str:
    return row.title if row.sign > 0 else f"减：{row.title}"


def _put(sheet: Any, at: int, row: Sequence[Cell], *, bold: bool = False) -> None:
    for column, value in enumerate(row, start=1):
        if value is None:
            continue
        cell = sheet.cell(row=at, column=column)
        if isinstance(value, str):
            cell.value, cell.data_type = value, "s"
        else:
            cell.value, cell.number_format = value, "#,##0.00"
            cell.alignment = Alignment(horizontal="right")
        cell.font = Font(bold=bold)


def _shape(sheet: Any, columns: int) -> None:
    for column in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 26 if column == 1 else 20
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
