"""Months, quarters and years as the ledger writes them: `2026-09`, `2026Q3`, `2026`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mingbai.kernel import Refused

AT_OPENING = ""
"""The month under which the balances at the opening of a book are kept: before every other."""


@dataclass(frozen=True)
class Span:
    """The months of a period; both ends belong to it."""

    text: str
    first: str
    last: str

    @property
    def year_first(self) -> str:
        """January of the year, from which a year's sums so far count."""
        return f"{self.first[:4]}-01"


def closing_month(year: int) -> str:
    """The month after December under which a year's closing is kept, `2026-13`."""
    return f"{year:04d}-13"


def read_span(text: str) -> Span:
    """The period that a text names. Raises `Refused` for anything else than a month, a quarter or a year."""
    found = re.fullmatch(r"(2\d{3})(?:-(0[1-9]|1[0-2])|Q([1-4]))?", text, re.ASCII)
    if not found:
        raise Refused(f"“{text[:20]}”不是会计期间", remedy="写成2026-09、2026Q3或者2026")
    year, month, quarter = found.groups()
    if month:
        return Span(text, text, text)
    if quarter:
        last = int(quarter) * 3
        return Span(text, f"{year}-{last - 2:02d}", f"{year}-{last:02d}")
    return Span(text, f"{year}-01", f"{year}-12")
