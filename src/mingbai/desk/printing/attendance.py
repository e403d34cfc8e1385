"""考勤表: a month of a work order, a row for each worker with room to sign; and free rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from mingbai.desk.printing.sources import Content
from mingbai.labour.queries.attendance import GridRow
from mingbai.organisations.queries import DivisionView
from mingbai.printing import press

TEMPLATE = Path(__file__).parent / "data" / "attendance.typ"
FREE_ROWS = 3
"""For who comes and is not registered yet; entered afterwards."""


def make_sheet(
    order: Any, village: DivisionView, month: date, days: Sequence[date], rows: Sequence[GridRow], at: datetime
) -> bytes:  # fmt: skip
    """The sheet as PDF, A4 across.

    Raises:
        Refused: a character that the print fonts lack.
    """
    return press.print_pdf(TEMPLATE, content(order, village, month, days, rows), at)


def content(
    order: Any, village: DivisionView, month: date, days: Sequence[date], rows: Sequence[GridRow]
) -> Content:
    """What the sheet says. Who stands on it signs; who recorded and who confirmed sign below."""
    by_hour = order.unit == "hour"
    return {
        "title": f"{village.short}用工考勤表",
        "month": f"{month.year}年{month.month}月",
        "job": order.job,
        "place": order.place,
        "number": order.number,
        "unit": "按小时计工，写小时数" if by_hour else "每天上午、下午各一格，来了打√",
        "days": [one.day for one in days],
        "rows": [_row(one, days, by_hour) for one in rows],
        "free": FREE_ROWS,
        "demo": "演示" if settings.MINGBAI_DEMO else "",
    }


def _row(row: GridRow, days: Sequence[date], by_hour: bool) -> Content:
    def mark(day: date, half: int) -> str:
        cell = row.cells.get((day.day, half))
        return "" if cell is None else str(cell[1]) if by_hour else "√"

    halves = [[mark(day, half) for day in days] for half in (1, 2)]
    total = str(sum(hours for _id, hours in row.cells.values())) if by_hour else row.days
    return {"name": row.worker.name, "halves": halves, "total": total if row.cells else ""}
