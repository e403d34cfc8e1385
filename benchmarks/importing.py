"""Voucher lines imported a second, from CSV and from Excel, beside openpyxl reading the same file and nothing more.

    python benchmarks/importing.py [LINES]

Works in a SQLite file of its own that is thrown away. Prints JSON. Passes no judgement.
"""

from __future__ import annotations

import csv
import io
import json
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "ledger")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingbai.config.settings")
HEAD = ("日期", "凭证号", "摘要", "科目编码", "科目名称", "往来单位", "借方金额", "贷方金额")
VILLAGES = ("340311104201", "340311104202")
BEGAN = date(2026, 1, 1)


def main(lines: int) -> None:
    """Measure in a folder that is removed."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MINGBAI_DATA"] = folder
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        json.dump(_measured(lines), sys.stdout, indent=1)


def _measured(lines: int) -> dict[str, Any]:
    _village()
    rows = list(_rows(lines))
    files = {"csv": _csv(rows), "xlsx": _xlsx(rows)}
    told: dict[str, Any] = {"lines": lines}
    for village, (kind, content) in zip(VILLAGES, files.items(), strict=True):
        begun = time.perf_counter()
        taken = _take(village, content)
        spent = time.perf_counter() - begun
        told[kind] = {"seconds": round(spent, 1), "lines_per_second": round(lines / spent), "ok": taken.ok,
                      "added": taken.added}  # fmt: skip
    told["openpyxl_reading_only_seconds"] = round(_plain(files["xlsx"]), 1)
    told["peak_megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return told


def _village() -> None:
    from bookkeeping import district

    from mingbai.exchange.services import SHELL
    from mingbai.kernel import Money
    from mingbai.ledger.services import open_book
    from mingbai.organisations.services import load_divisions

    district()
    load_divisions((ROOT / "districts/huaishang/divisions.csv").read_text("utf-8"))
    for village in VILLAGES:
        open_book(village=village, opening={"102": Money(10**12)}, on=BEGAN, by=SHELL, at=_now())


def _now() -> datetime:
    return datetime(2026, 9, 20, 1, 0, tzinfo=UTC)


def _rows(lines: int):
    for at in range(lines // 2):
        day = (BEGAN + timedelta(days=at * 260 // (lines // 2))).isoformat()
        yield (
            day,
            f"记-{at}",
            f"付第{at}笔办公费",
            "513",
            "管理费用",
            f"商店{at % 97}",
            f"{at % 900 + 1}.00",
            "",
        )
        yield (day, f"记-{at}", f"付第{at}笔办公费", "102", "银行存款", "", "", f"{at % 900 + 1}.00")


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: list[tuple[str, ...]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (HEAD, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _take(village: str, content: bytes) -> Any:
    from mingbai.exchange.services import SHELL, Asked, take

    asked = Asked(kind="vouchers", village=village, content=content, name="a")
    return take(asked, by=SHELL, at=_now(), dry_run=False)


def _plain(content: bytes) -> float:
    from openpyxl import load_workbook

    begun = time.perf_counter()
    for _row in load_workbook(io.BytesIO(content), read_only=True).active.iter_rows(values_only=True):
        pass
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
