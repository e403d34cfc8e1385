"""Files to import with: built in memory, so that nothing of an office's own file lies in the tree."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook

VILLAGE, OTHER = "340311104201", "340311104202"
VOUCHERS = ("日期", "凭证号", "摘要", "科目编码", "科目名称", "往来单位", "借方金额", "贷方金额")
BALANCES = ("科目编码", "科目名称", "借方余额", "贷方余额")
BANK = ("交易日期", "收入", "支出", "余额", "对方户名", "摘要", "流水号", "账号")
RENT = [
    ("2026-09-01", "记-1", "收到租金", "102", "银行存款", "甲合作社", "1200.50", ""),
    ("2026-09-01", "记-1", "收到租金", "501", "经营收入", "甲合作社", "", "1200.50"),
    ("2026-09-01", "记-2", "提折旧", "513", "管理费用", "", "30", ""),
    ("2026-09-01", "记-2", "提折旧", "152", "累计折旧", "", "", "30"),
]


def book(*rows: Any, above: tuple[Any, ...] = (), merge: str = "") -> bytes:
    """An .xlsx file of these rows."""
    made = Workbook()
    sheet = made.active
    for row in (*above, *rows):
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def text(*rows: Any, encoding: str = "utf-8-sig") -> bytes:
    """A CSV file of these rows."""
    return "\r\n".join(",".join(map(str, row)) for row in rows).encode(encoding)
