"""The receipt code: told once, typed by hand later, kept only as a digest."""

from __future__ import annotations

import hashlib

# Crockford's base 32: no letter that is read as a digit; 5 bits a letter.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECEIPT_LETTERS = 20
"""100 bits: it cannot be found by trying (security N11 asks for 80)."""


def receipt_code(random: bytes) -> str:
    """A receipt code in groups of four, from at least 13 random bytes."""
    if len(random) * 8 < RECEIPT_LETTERS * 5:
        raise ValueError("a receipt needs at least 100 random bits")
    number = int.from_bytes(random, "big")
    letters = [ALPHABET[(number >> (5 * place)) & 31] for place in range(RECEIPT_LETTERS)]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, RECEIPT_LETTERS, 4))


def plain_receipt(typed: str) -> str:
    """A receipt as typed by hand, in plain letters; case, blanks, dashes, O, I and L do not matter."""
    wide = {ord(full): chr(ord(full) - 0xFEE0) for full in "".join(map(chr, range(0xFF01, 0xFF5F)))}
    text = typed.translate(wide).upper().translate(str.maketrans("OIL", "011"))
    return "".join(letter for letter in text if letter in ALPHABET)[: RECEIPT_LETTERS + 1]


def receipt_digest(receipt: str) -> str:
    """The digest under which a receipt is kept; the receipt itself is kept nowhere."""
    return hashlib.sha256(plain_receipt(receipt).encode()).hexdigest()
