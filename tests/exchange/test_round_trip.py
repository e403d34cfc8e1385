"""Any sum, day and words: written as people write them they read back the same, and what is no sum is refused."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from exchange_ground import BANK, VOUCHERS, book, text

from mingbai.exchange.rules.books import read_bank, read_vouchers
from mingbai.exchange.rules.layouts import LAYOUTS_FILE, read_layouts, recognise
from mingbai.exchange.rules.rows import Rows, to_fen
from mingbai.exchange.services.opening import table
from mingbai.exchange.services.sending import _csv, _xlsx
from mingbai.kernel import Money
from mingbai.kernel.cells import BadCell

pytestmark = pytest.mark.once
LAYOUTS = read_layouts(
    (Path(__file__).resolve().parents[2] / "districts/huaishang" / LAYOUTS_FILE).read_text("utf-8")
)
NAMES = {"102": "银行存款", "501": "经营收入", "513": "管理费用"}
FEN = st.integers(1, 10**13)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
WORDS = (
    st.text("收付款租金水电abc12 -+@、“”,\"'", min_size=1, max_size=30)
    .map(lambda text: text.strip(" '"))
    .filter(bool)
)
WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


def rows_of(content: bytes, kind: str) -> Rows:
    sheet = table(content)
    return Rows(sheet.lines, recognise(sheet.lines, [one for one in LAYOUTS if one.kind == kind]))


@given(st.integers(-(10**13), 10**13))
def test_a_sum_reads_the_same_however_it_is_written(fen) -> None:
    yuan = Decimal(fen) / 100
    plain = f"{yuan:.2f}"
    assert (
        to_fen(plain)
        == to_fen(f"{yuan:,.2f}")
        == to_fen(plain.translate(WIDE))
        == to_fen(f" {plain}元")
        == fen
    )
    assert to_fen(f"{Decimal(fen) / 1_000_000:f}", 1_000_000) == fen
    assert to_fen(float(plain)) == fen


@given(st.text(max_size=20))
def test_what_is_no_sum_is_refused_and_never_guessed(said) -> None:
    try:
        fen = to_fen(said)
    except BadCell:
        return
    assert fen == 0 or any(one.isdigit() or one.isdecimal() for one in said)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(DAYS, WORDS, WORDS, FEN), min_size=1, max_size=8))
@pytest.mark.parametrize("made", [_csv, _xlsx])
def test_vouchers_written_and_read_are_the_same(made, told) -> None:
    lines = [
        (day.isoformat(), f"记-{at}", summary, account, "", party, *sides)
        for at, (day, summary, party, fen) in enumerate(told)
        for account, sides in (("102", (sum_of(fen), "")), ("501", ("", sum_of(fen))))
    ]
    rows = rows_of(made([VOUCHERS, *lines]), "vouchers")
    found = read_vouchers(rows, NAMES)
    assert not rows.faults and len(found) == len(told), rows.faults
    for voucher, (day, summary, party, fen) in zip(found, told, strict=True):
        assert (voucher.day, voucher.off, voucher.entries[0].debit) == (day, 0, fen)
        assert (voucher.summary, voucher.entries[0].party) == (summary, party)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(DAYS, st.booleans(), FEN), min_size=1, max_size=8), st.sampled_from([book, text]))
def test_statement_lines_read_the_same_from_either_file(told, made) -> None:
    told = sorted(told, key=lambda one: one[0])
    lines = [
        (
            day.isoformat(),
            sum_of(fen) if coming else "",
            "" if coming else sum_of(fen),
            "1",
            "甲",
            "",
            str(at),
            "62220000",
        )
        for at, (day, coming, fen) in enumerate(told)
    ]
    rows = rows_of(made(BANK, *lines), "bank")
    found = read_bank(rows)
    assert not rows.faults
    assert [(one.day, one.fen) for one in found] == [
        (day, fen if coming else -fen) for day, coming, fen in told
    ]


def sum_of(fen: int) -> str:
    return Money(fen).yuan().replace(",", "")
