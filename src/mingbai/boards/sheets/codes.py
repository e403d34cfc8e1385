"""The code on a sheet: made from what the sheet says, so none is kept and every one can be made again.

Twelve letters and digits in three groups, none of them I, L, O, U: two say the edition, nine are the sheet's
own digest, the last one checks the rest (Luhn, modulo 32: any one wrong sign is noticed).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from stdnum import luhn

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.kernel import Refused, canonical_bytes

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 5
EDITION_SIGNS, DIGEST_SIGNS, LENGTH = 2, 9, 12
EDITIONS = 1 << BITS * EDITION_SIGNS
KINDS = ("card", "handbook", "handbook-large")
_READ_AS = str.maketrans("ILO", "110")
_BETWEEN = re.compile(r"[\s\-－—‐·.]+")


class Mistyped(Refused):
    """A code that no sheet can have: a sign is wrong, missing or too many."""


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
    digest = int.from_bytes(hashlib.sha256(canonical_bytes(said)).digest())
    word = _signs(sheet.edition.number % EDITIONS, EDITION_SIGNS) + _signs(digest, DIGEST_SIGNS)
    whole = word + luhn.calc_check_digit(word, alphabet=SIGNS)
    return "-".join(whole[start : start + 4] for start in range(0, LENGTH, 4))


def _signs(number: int, count: int) -> str:
    return "".join(SIGNS[number >> BITS * place & 31] for place in reversed(range(count)))


def read_code(text: str) -> str:
    """The code in its own spelling: case, blanks and dashes, full width do not matter, O, I and L are read as 0 and 1.

    Raises:
        Mistyped: no sheet can have it.
    """
    word = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_READ_AS)
    if len(word) != LENGTH:
        raise Mistyped(f"编号是 {LENGTH} 个字母和数字，这里写了 {len(word)} 个", remedy="请照纸上的再写一遍")
    if set(word) - set(SIGNS) or not luhn.is_valid(word, alphabet=SIGNS):
        raise Mistyped("这个编号里有一个字写错了", remedy="请照纸上的再写一遍，一个字一个字对")
    return "-".join(word[start : start + 4] for start in range(0, LENGTH, 4))


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
