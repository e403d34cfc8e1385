"""Rows under a header: cells read one by one, every fault kept with its row and column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from mingbai.exchange.rules.layouts import TITLES, Recognised
from mingbai.kernel import Money, cells
from mingbai.kernel.cells import FORMULA, BadCell

LIKE = "2026-09-01"
MOST_FAULTS = 500
LARGEST = 10**14
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_TOTALS = ("合计", "总计", "小计", "本页合计", "承前页", "过次页")


@dataclass(frozen=True)
class Fault:
    """What is wrong at a row (counted as the spreadsheet counts, 0 for the whole file) and column."""

    row: int
    column: str
    message: str


@dataclass
class Rows:
    """The rows below a header; faults gather while they are read."""

    lines: Sequence[Sequence[Any]]
    found: Recognised
    faults: list[Fault] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        """Each row that says anything and is not a sum of others."""
        for at in range(self.found.header + 1, len(self.lines)):
            row = Row(at + 1, self.lines[at], self)
            if not row.empty and not row.is_total:
                yield row

    def fault(self, row: int, column: str, message: str) -> None:
        """Keep what is wrong; beyond a number of faults the file is simply not this table."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(row, column, message))


@dataclass(frozen=True)
class Row:
    """One row by the fields of its layout."""

    number: int
    cells: Sequence[Any]
    of: Rows

    @property
    def empty(self) -> bool:
        """Whether no column that is read says anything."""
        return all(
            self.raw(one) in (None, "") or not str(self.raw(one)).strip() for one in self.of.found.columns
        )

    @property
    def is_total(self) -> bool:
        """Whether it sums up rows above: such rows say nothing of their own."""
        texts = ["".join(str(cell).split()) for cell in self.cells if isinstance(cell, str)]
        return any(text in _TOTALS for text in texts)

    def raw(self, name: str) -> Any:
        """The cell as it stands in the file; None without the column."""
        at = self.of.found.columns.get(name)
        return self.cells[at] if at is not None and at < len(self.cells) else None

    def text(self, name: str, most: int, *, needed: bool = False) -> str:
        """A cell as text of at most `most` letters."""
        try:
            text = _unquoted(cells.plain(self.raw(name), private=True))
            if needed and not text:
                raise BadCell("没有填")
            if len(text) > most:
                raise BadCell(f"太长，最多{most}个字")
        except BadCell as bad:
            self.wrong(name, str(bad))
            return ""
        return text

    def day(self, name: str) -> date | None:
        """A cell as a day; None, with the fault kept, when it is none."""
        try:
            return cells.day(self.raw(name), LIKE)
        except BadCell as bad:
            self.wrong(name, str(bad))
            return None

    def fen(self, name: str) -> int:
        """A cell as whole fen by its column's unit; nothing is 0."""
        try:
            return to_fen(self.raw(name), self.of.found.factors.get(name, 100))
        except BadCell as bad:
            self.wrong(name, str(bad))
            return 0

    def wrong(self, name: str, message: str) -> None:
        """Keep a fault of this row."""
        self.of.fault(self.number, TITLES.get(name, name), message)


def _unquoted(text: str) -> str:
    """Without the apostrophe that an export sets before what a spreadsheet would take for a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def to_fen(value: Any, factor: int = 100) -> int:
    """A sum in whole fen; `factor` is how many fen one of the column's unit is.

    Raises:
        BadCell: a formula, no number, parts of a fen, or more than a book can hold.
    """
    number = _decimal(value)
    if number is None:
        return 0
    fen = number * factor
    if fen != fen.to_integral_value():
        raise BadCell(f"{str(value)[:20]}不到一分的零头：金额写到分")
    if abs(fen) > LARGEST:
        raise BadCell(f"{Money(int(fen)).yuan()[:30]}元太大：核对小数点和单位")
    return int(fen)


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool):
        raise BadCell("是“真”或“假”，不是金额")
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        # A spreadsheet keeps 0.1 + 0.2 as 0.30000000000000004 and shows 0.30.
        return Decimal(repr(round(value, 4))) if abs(value) < 10**15 else Decimal(value)
    text = unicodedata.normalize("NFKC", cells.plain(value, private=True)).strip("￥¥元 ")
    if text in ("", "-", "—", "/"):
        return None
    text = text.replace(",", "") if _GROUPED.fullmatch(text) else text
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise BadCell(f"“{text[:20]}”不是金额：只写数字") from None
    if not number.is_finite() or "e" in text.lower() or "_" in text:
        raise BadCell(f"“{text[:20]}”不是金额：只写数字")
    return number
