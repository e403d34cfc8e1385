"""The code on a sheet: made from what the sheet says, so none is kept and every one can be made again.

Twelve letters and digits in three groups, none of them I, L, O, U: two say the edition, nine are the sheet's
own digest, the last one checks the rest (Luhn, modulo 32: any one wrong sign is noticed).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.kernel.checked_codes import BITS, LENGTH, SIGNS, Mistyped, read_code, signs, written_code

__all__ = [
    "BITS",
    "KINDS",
    "LENGTH",
    "SIGNS",
    "Mistyped",
    "Sheet",
    "code_of",
    "figure_days",
    "figures_day",
    "find",
    "read_code",
]

EDITION_SIGNS = 2
EDITIONS = 1 << BITS * EDITION_SIGNS
KINDS = ("card", "handbook", "handbook-large")


@dataclass(frozen=True)
class Sheet:
    """What was printed: `kind` (one of KINDS), `power` (empty for a handbook), with the figures of `day`."""

    kind: str
    edition: Edition
    day: date
    power: str = ""


def figures_day(edition: Edition, on: date) -> date:
    """The last day up to `on` from which the edition's figures are what they are; the edition's own first day at least.

    So a sheet printed on Monday and one printed on Friday are one sheet, unless a figure changed in between.
    """
    return max(day for day in figure_days(edition) if day <= max(on, edition.since))


def figure_days(edition: Edition) -> tuple[date, ...]:
    """The days from which a figure of the edition counts, its first day among them, in order."""
    later = {
        value.since
        for one in catalogue.parameters(edition).values()
        for value in one.values
        if value.since > edition.since
    }
    return tuple(sorted({edition.since, *later}))


def code_of(sheet: Sheet) -> str:
    """The sheet's code: the same sheet, the same code, on any machine."""
    said = [sheet.kind, sheet.edition.number, sheet.edition.digest, sheet.day.isoformat(), sheet.power]
    return written_code(said, signs(sheet.edition.number % EDITIONS, EDITION_SIGNS))


def find(code: str) -> Sheet | None:
    """The sheet with this code, as `read_code` spells it; None when no edition has one."""
    low = SIGNS.index(code[0]) << BITS | SIGNS.index(code[1])
    newest = catalogue.latest().number
    for number in range(low or EDITIONS, newest + 1, EDITIONS):
        for sheet in _sheets(catalogue.edition(number)):
            if code_of(sheet) == code:
                return sheet
    return None


def _sheets(edition: Edition) -> list[Sheet]:
    powers = [one.id for one in catalogue.powers(edition)]
    cards = [Sheet("card", edition, day, id) for day in figure_days(edition) for id in powers]
    books = [Sheet(kind, edition, day) for day in figure_days(edition) for kind in KINDS[1:]]
    return books + cards
