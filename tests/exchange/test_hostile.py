"""Files made to hurt: each ends in sentences, in little time and memory, and with nothing half taken."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from exchange_ground import RENT, VILLAGE, VOUCHERS, book, text

from mingbai.exchange import services
from mingbai.exchange.models import ReceiptRow, TakenKey
from mingbai.exchange.services import SHELL, Asked
from mingbai.journal.models import EntryRow
from mingbai.ledger.models import LineRow

ROOT = Path(__file__).resolve().parents[2]
MEGABYTES, SECONDS = 700, 20
# Opened in a process that may have so much memory and processor time and no more.
READER = f"""
import json, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
resource.setrlimit(resource.RLIMIT_AS, ({MEGABYTES} << 20, {MEGABYTES} << 20))
import django; django.setup()
from mingbai.exchange.services.opening import table
from mingbai.kernel import Refused
try:
    print(json.dumps(["ok", len(table(sys.stdin.buffer.read()).lines)]))
except Refused as problem:
    print(json.dumps(["refused", problem.reason]))
"""


def packed(**parts: str) -> bytes:
    """An .xlsx whose parts are replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book(VOUCHERS))) as whole,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in whole.namelist():
            said = parts.get(Path(name).stem)
            made.writestr(name, whole.read(name) if said is None else said)
    return out.getvalue()


def sheet(rows: str) -> str:
    head = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    )
    return f"{head}<sheetData>{rows}</sheetData></worksheet>"


def bomb() -> bytes:
    return packed(sheet1=sheet(" " * 700_000_000))


def empty_rows() -> bytes:
    return packed(sheet1=sheet("".join(f'<row r="{at}"/>' for at in range(1, 1_000_001))))


def far_cell() -> bytes:
    return packed(sheet1=sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def laughs() -> bytes:
    said = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    return packed(sheet1=f"{said}]><worksheet>&j;</worksheet>")


HOSTILE = {
    "a zip bomb": (bomb, ""),
    "a million empty rows": (empty_rows, ""),
    "a cell in the last corner": (far_cell, ""),
    "entities in entities": (laughs, ""),
    "a million empty lines": (lambda: b"\r\n" * 1_000_000, ""),
    "a million lines of commas": (lambda: b",,,,,,,\n" * 1_000_000, ""),
    "one line of ten megabytes": (lambda: b"a," * 5_000_000, ""),
    "an open quote": (lambda: b'"' + b"a" * 10_000_000, ""),
    "no table at all": (lambda: os.urandom(100_000), ""),
    "a torn workbook": (lambda: book(VOUCHERS, *RENT)[:900], ""),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 5000, ""),
    "nothing": (lambda: b"", ""),
}


@pytest.mark.once
@pytest.mark.parametrize("name", HOSTILE)
def test_opening_takes_little_time_and_memory(name, tmp_path) -> None:
    content = HOSTILE[name][0]()
    world = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "MINGBAI_DATA": str(tmp_path), "MINGBAI_TESTING": "1",
             "DJANGO_SETTINGS_MODULE": "mingbai.config.settings"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", READER], input=content, capture_output=True, env=world, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()[-600:]
    how, what = json.loads(done.stdout)
    assert how == "refused" or what <= 1, f"{name}: {how} {what}"


def rows(day="2026-09-01", summary="租金", debit="1", credit="1", account="102", party=""):
    return [(day, "1", summary, account, "", party, debit, ""), (day, "1", "租金", "501", "", "", "", credit)]


CELLS = {
    "a formula": (rows(debit="=1+1"), "公式"),
    "a formula in wide letters": (rows(summary="＝1+1"), "公式"),
    "a formula's error": (rows(debit="#REF!"), "公式出的错"),
    "a sum in words": (rows(debit="壹佰元整"), "不是金额"),
    "an exponent": (rows(debit="1e3"), "不是金额"),
    "not a number": (rows(debit="nan"), "不是金额"),
    "infinity": (rows(debit="inf"), "不是金额"),
    "commas in the wrong place": (rows(debit="1,00"), "不是金额"),
    "more than any book": (rows(debit="9" * 30, credit="9" * 30), "太大"),
    "half a fen": (rows(debit="0.005", credit="0.005"), "零头"),
    "truth": (rows(debit=True), "不是金额"),
    "no such day": (rows(day="2026-02-30"), "2026-02-30"),
    "a short year": (rows(day="26.9.1"), "只有两位"),
    "a day number": (rows(day=46266), "46266"),
    "a time": (rows(day=datetime(2026, 9, 1, 8, 30)), ""),
    "an invisible letter": (rows(summary="租\u200b金"), "看不见的字符"),
    "a long summary": (rows(summary="长" * 300), "太长"),
    "an account of another chart": (rows(account="1002"), ""),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", CELLS)
def test_a_cell_is_read_exactly_or_refused_by_row_and_column(world, name) -> None:
    lines, words = CELLS[name]
    before = EntryRow.objects.count(), LineRow.objects.count()
    asked = Asked(kind="vouchers", village=VILLAGE, content=book(VOUCHERS, *lines), name="x.xlsx")
    taken = services.take(asked, by=SHELL, at=world.at, dry_run=False)
    told = [one for one in taken.faults if one.row == 2 and one.column and words in one.message]
    assert told, taken.faults
    assert (EntryRow.objects.count(), LineRow.objects.count()) == before
    assert not ReceiptRow.objects.exists() and not TakenKey.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("party", ["-退款", "+1", "@某", "普通"])
def test_encodings_and_words_that_look_like_formulas_go_out_and_in_again(world, encoding, party) -> None:
    from mingbai.ledger.rules import read_span

    lines = [(*row[:5], party, *row[6:]) for row in RENT]
    asked = Asked(
        kind="vouchers", village=VILLAGE, content=text(VOUCHERS, *lines, encoding=encoding), name="x.csv"
    )
    taken = services.take(asked, by=SHELL, at=world.at, dry_run=False)
    assert taken.ok and taken.added == 4, taken.faults
    for suffix in (".csv", ".xlsx"):
        content, _, _ = services.send(
            kind="vouchers", village=VILLAGE, span=read_span("2026-09"), suffix=suffix, by=SHELL, at=world.at,
            today=world.day,
        )  # fmt: skip
        if suffix == ".csv":
            cells = [cell for line in content.decode("utf-8-sig").splitlines() for cell in line.split(",")]
            assert not [
                cell
                for cell in cells
                if cell[:1] in "=+-@" and cell and not cell[1:].replace(".", "").isdigit()
            ]


@pytest.mark.django_db
def test_what_fails_in_the_middle_leaves_nothing(world, monkeypatch) -> None:
    """The power goes after the first portion: no line, no number, no receipt, and the same file comes in afterwards."""
    from mingbai.ledger.services import batch

    lines = [
        row
        for n in range(5)
        for row in ((*RENT[0][:1], f"{n}", *RENT[0][2:]), (*RENT[1][:1], f"{n}", *RENT[1][2:]))
    ]
    content = book(VOUCHERS, *lines)
    asked = Asked(kind="vouchers", village=VILLAGE, content=content, name="x.xlsx")
    before = EntryRow.objects.count(), LineRow.objects.count()

    def gone(done: int) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(batch, "PORTION", 2)
    with pytest.raises(KeyboardInterrupt):
        services.take(asked, by=SHELL, at=world.at, dry_run=False, progress=gone)
    assert (EntryRow.objects.count(), LineRow.objects.count()) == before and not ReceiptRow.objects.exists()
    done = services.take(asked, by=SHELL, at=world.at, dry_run=False)
    assert done.ok and (done.first, done.last) == ("2026-09-记-1", "2026-09-记-5")
