"""A village's month of money: every line, where it went, beside last month and last year; to take away and add up."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from mingbai.disclosure.queries import MoneyLine
from mingbai.kernel import Money
from mingbai.kernel.cells import no_formula
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView
from mingbai.portal.pages.villages import Book, book

NO_PURPOSE = "没有写科目"
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}


@dataclass(frozen=True)
class Share:
    """What went to, or came from, one purpose in the month; `width` is its part of the largest, in thousandths."""

    name: str
    sum: Money
    count: int
    width: int


@dataclass(frozen=True)
class Beside:
    """Another month beside this one; both sums are empty where nothing is on record."""

    name: str
    month: str
    income: Money | None
    expense: Money | None


@dataclass(frozen=True)
class MoneyOfMonth:
    """Everything the page shows."""

    village: DivisionView
    town: DivisionView
    book: Book
    went: tuple[Share, ...]
    came: tuple[Share, ...]
    beside: tuple[Beside, ...]


def money_page(code: str, month: str, today: date) -> MoneyOfMonth:
    """The money of a village in a month (`2026-09`), or in the newest that has any.

    Raises:
        Refused: no such village.
    """
    village, town = organisations.village_and_town(code)
    of_month = book(code, month, today)
    page = of_month.page
    return MoneyOfMonth(
        village=village,
        town=town,
        book=of_month,
        went=_shares((one.purpose, one.expense) for one in page.lines if one.expense),
        came=_shares((one.purpose, one.income) for one in page.lines if one.income),
        beside=tuple(_beside(of_month, name, key) for name, key in _others(page.month)),
    )


def _shares(sums: Iterable[tuple[str, Money]]) -> tuple[Share, ...]:
    totals: dict[str, list[int]] = {}
    for name, amount in sums:
        totals.setdefault(name or NO_PURPOSE, []).append(amount.fen)
    found = sorted(((name, sum(fens), len(fens)) for name, fens in totals.items()), key=lambda one: -one[1])
    largest = max((total for _name, total, _count in found), default=0) or 1
    return tuple(Share(name, Money(total), count, total * 1000 // largest) for name, total, count in found)


def _others(month: str) -> tuple[tuple[str, str], ...]:
    year, number = int(month[:4]), int(month[5:])
    before = f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02d}"
    return (_("这个月"), month), (_("上个月"), before), (_("去年这个月"), f"{year - 1}-{number:02d}")


def _beside(of_month: Book, name: str, month: str) -> Beside:
    held = of_month.page.totals.get(month)
    return Beside(name, month, *(held or (None, None)))


COLUMNS = (
    "日期",
    "凭证",
    "用途",
    "科目",
    "收入（元）",
    "支出（元）",
    "结余（元）",
    "对方",
    "方式",
    "事项",
    "决定",
    "单据（份）",
    "晚登记（天）",
    "公布编号",
)


def as_file(page: MoneyOfMonth, kind: str) -> bytes:
    """The month as a file: the same lines in the same order, with opening and closing; no cell is a formula."""
    rows = [_row(one) for one in page.book.page.lines]
    if kind == "json":
        return _json(page, rows)
    head = [
        [f"{page.village.name}  {page.book.page.month}"],
        ["月初结余（元）", page.book.page.opening.yuan()],
        list(COLUMNS),
    ]
    money = page.book.page
    foot = [["合计", "", "", "", money.income.yuan(), money.expense.yuan(), money.closing.yuan()]]
    return _csv([*head, *rows, *foot]) if kind == "csv" else _xlsx([*head, *rows, *foot])


def _row(line: MoneyLine) -> list[Any]:
    return [
        line.occurred_on.isoformat(), line.number, line.summary, line.purpose,
        line.income.yuan() if line.income else "", line.expense.yuan() if line.expense else "", line.balance.yuan(),
        line.counterparty, line.method, line.case, line.decision, line.papers, line.late_days, line.publication,
    ]  # fmt: skip


def _csv(rows: Iterable[list[Any]]) -> bytes:
    out = io.StringIO()
    plain = ([no_formula(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    csv.writer(out, lineterminator="\r\n").writerows(plain)
    # The mark tells old spreadsheets that it is UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: Iterable[list[Any]]) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            placed = sheet.cell(number, column, cell)
            if isinstance(cell, str):
                placed.data_type = "s"
    for placed in (*sheet[1], *sheet[3]):
        placed.font = Font(bold=True)
    for column, width in zip(
        "ABCDEFGHIJKLMN", (12, 16, 34, 12, 14, 14, 16, 28, 10, 26, 34, 10, 12, 20), strict=True
    ):
        sheet.column_dimensions[column].width = width
    out = io.BytesIO()
    workbook.save(out)
    return _timeless(out.getvalue())


def _timeless(workbook: bytes) -> bytes:
    """The same file without the moment at which it was made: the same records give the same bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as made,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for part in made.infolist():
            content = _MOMENT.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", made.read(part))
            kept.writestr(zipfile.ZipInfo(part.filename), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _json(page: MoneyOfMonth, rows: list[list[Any]]) -> bytes:
    money = page.book.page
    document = {
        "village": page.village.code, "name": page.village.name, "month": money.month,
        "opening": money.opening.yuan(), "income": money.income.yuan(), "expense": money.expense.yuan(),
        "closing": money.closing.yuan(), "columns": list(COLUMNS), "lines": rows,
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
