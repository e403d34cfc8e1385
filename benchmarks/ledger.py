"""Posting lines a second beside raw SQL inserts and beancount; month page and trial balance at many lines.

    python benchmarks/ledger.py [LINES] [POSTED]

Works in a SQLite file of its own that is thrown away. Prints JSON. Passes no judgement.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "ledger")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingbai.config.settings")
VILLAGES = [f"3403111{at:05d}" for at in range(10_000, 10_100)]
MONTHS = [f"{2016 + at // 12}-{at % 12 + 1:02d}" for at in range(8, 128)]
"""September 2016 to August 2026."""


def main(lines: int, posted: int) -> None:
    """Measure in a folder that is removed."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MINGBAI_DATA"] = folder
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        told = _posting(posted) | _raw(posted, folder) | _beancount(posted, folder) | _reading(lines)
        json.dump(told, sys.stdout, indent=1)


def _posting(posted: int) -> dict[str, float]:
    """Vouchers of two lines through the service: lock, number, balances, journal."""
    from bookkeeping import Office, district

    district()
    desk = Office(at=datetime(2026, 9, 20, 1, 0, tzinfo=UTC))
    desk.open(a101="1000.00", a102="50000.00")
    paper = desk.paper()
    begun = time.perf_counter()
    for _ in range(posted // 2):
        desk.receive("1.00", papers=[paper], occurred_on=date(2026, 9, 10))
    return {"posted_lines_a_second": round(posted / (time.perf_counter() - begun))}


def _raw(posted: int, folder: str) -> dict[str, float]:
    """The same count of bare rows, one commit a voucher."""
    db = sqlite3.connect(Path(folder) / "raw.sqlite3")
    db.execute("PRAGMA journal_mode=WAL")
    db.execute(
        "CREATE TABLE line (id INTEGER PRIMARY KEY, voucher TEXT, account TEXT, debit INT, credit INT)"
    )
    db.commit()
    begun = time.perf_counter()
    for at in range(posted // 2):
        rows = [(str(at), "102", 100, 0), (str(at), "504", 0, 100)]
        db.executemany("INSERT INTO line (voucher, account, debit, credit) VALUES (?, ?, ?, ?)", rows)
        db.commit()
    return {"raw_lines_a_second": round(posted / (time.perf_counter() - begun))}


def _beancount(posted: int, folder: str) -> dict[str, float | str]:
    """beancount loading a ledger of the same vouchers: it checks balance, but locks, logs and stores nothing."""
    try:
        from beancount import loader
    except ImportError:
        return {"beancount": "not installed"}
    file = Path(folder) / "book.beancount"
    head = "2026-01-01 open Assets:Bank CNY\n2026-01-01 open Income:Other CNY\n"
    one = '2026-09-10 * "a" "b"\n  Assets:Bank  1.00 CNY\n  Income:Other  -1.00 CNY\n\n'
    file.write_text(head + one * (posted // 2))
    begun = time.perf_counter()
    loader.load_file(str(file))
    return {"beancount_lines_a_second": round(posted / (time.perf_counter() - begun))}


def _reading(lines: int) -> dict[str, float]:
    """A month of one village among many lines of many villages and months."""
    from django.db import connection

    from mingbai.ledger.queries.journals import vouchers_page
    from mingbai.ledger.queries.statements import month_accounts

    before = _size(connection)
    _fill(connection, lines)
    village, month = VILLAGES[50], MONTHS[-1]
    return {
        "lines": lines,
        "bytes_a_line": round((_size(connection) - before) / lines),
        "month_page_ms": _timed(lambda: vouchers_page(village, month)),
        "trial_balance_ms": _timed(lambda: month_accounts(village, month)),
    }


def _fill(connection: object, lines: int) -> None:
    """Vouchers of two lines, spread evenly, written by SQL with their balances."""
    spread = lines // 2 // (len(VILLAGES) * len(MONTHS)) or 1
    with connection.cursor() as c:
        c.execute("PRAGMA foreign_keys=OFF")
        c.executemany("INSERT INTO ledger_book VALUES (%s, '2016-01-01', '')", [[one] for one in VILLAGES])
        c.execute("BEGIN")
        for village in VILLAGES:
            for month in MONTHS:
                _month(c, village, month, spread)
        c.execute("COMMIT")
        c.execute(
            "INSERT INTO ledger_monthbalance (book_id, month, account, debit_fen, credit_fen) "
            + SUMS.format("month, account")
        )
        c.execute(
            "INSERT INTO ledger_balance (book_id, account, debit_fen, credit_fen, liquid) "
            "SELECT *, 0 FROM (" + SUMS.format("account") + ")"
        )


SUMS = (
    "SELECT book_id, {0}, SUM(debit_fen), SUM(credit_fen) FROM ledger_linerow JOIN ledger_book"
    " ON village = book_id WHERE opened_on = '2016-01-01' GROUP BY book_id, {0}"
)
LINE = (
    "INSERT INTO ledger_linerow (voucher_id, book_id, month, account, debit_fen, credit_fen)"
    " VALUES (%s, %s, %s, %s, %s, %s)"
)
VOUCHER = (
    "INSERT INTO ledger_voucher (id, book_id, month, serial, kind, occurred_on, summary, [case], decision,"
    " party, party_account, method, amount_fen, income_fen, expense_fen, balance_fen, fingerprint, person,"
    " office, recorded_at) VALUES (%s, %s, %s, %s, 'receipt', %s, '收到租金', '', '', '某社', '', 'bank',"
    " 100, 100, 0, 100, %s, 'a', 'b', '2026-09-20')"
)


def _month(c: object, village: str, month: str, count: int) -> None:
    keys = [(f"{village}/{month}-记-{at}", at) for at in range(1, count + 1)]
    sides = (("102", 100, 0), ("504", 0, 100))
    c.executemany(LINE, [(key, village, month, *side) for key, _ in keys for side in sides])
    c.executemany(VOUCHER, [(key, village, month, at, f"{month}-10", key) for key, at in keys])


def _size(connection: object) -> int:
    with connection.cursor() as c:
        c.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return c.fetchone()[0]


def _timed(act: object, times: int = 20) -> float:
    spent = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        spent.append(time.perf_counter() - begun)
    return round(1000 * sorted(spent)[times // 2], 2)


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:3]]
    main(*(numbers + [1_000_000, 2_000][len(numbers) :]))
