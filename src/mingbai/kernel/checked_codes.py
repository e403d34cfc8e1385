"""Codes of printed sheets, made from what the sheet says: twelve signs in three groups, none of them I, L, O, U.

The last sign checks the rest (Luhn, modulo 32): any one wrong sign is noticed. Random codes: `codes`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from stdnum import luhn

from mingbai.kernel.canonical import canonical_bytes
from mingbai.kernel.refusal import Refused

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS, LENGTH = 5, 12
_READ_AS = str.maketrans("ILO", "110")
_BETWEEN = re.compile(r"[\s\-－—‐·.]+")


class Mistyped(Refused):
    """A code that no sheet can have: a sign is wrong, missing or too many."""


def written_code(said: object, head: str = "") -> str:
    """The code of what is `said` (canonical JSON): the same, on any machine. `head` are its first signs."""
    digest = int.from_bytes(hashlib.sha256(canonical_bytes(said)).digest())
    word = head + signs(digest, LENGTH - 1 - len(head))
    return _grouped(word + luhn.calc_check_digit(word, alphabet=SIGNS))


def signs(number: int, count: int) -> str:
    """The lowest `count` signs of a number."""
    return "".join(SIGNS[number >> BITS * place & 31] for place in reversed(range(count)))


def read_code(text: str) -> str:
    """The code in its own spelling: case, blanks, dashes and full width do not matter, O, I and L are 0 and 1.

    Raises:
        Mistyped: no sheet can have it.
    """
    word = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_READ_AS)
    if len(word) != LENGTH:
        raise Mistyped(f"编号是 {LENGTH} 个字母和数字，这里写了 {len(word)} 个", remedy="请照纸上的再写一遍")
    if set(word) - set(SIGNS) or not luhn.is_valid(word, alphabet=SIGNS):
        raise Mistyped("这个编号里有一个字写错了", remedy="请照纸上的再写一遍，一个字一个字对")
    return _grouped(word)


def _grouped(word: str) -> str:
    return "-".join(word[start : start + 4] for start in range(0, LENGTH, 4))
