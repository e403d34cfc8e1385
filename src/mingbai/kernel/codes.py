"""Codes that people copy by hand: random letters in groups of four, read back whatever way they are typed.

Crockford's base 32 has no letter that is read as a digit; each letter carries five bits.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
_WIDE = {ord(full): chr(ord(full) - 0xFEE0) for full in map(chr, range(0xFF01, 0xFF5F))}
_MISREAD = str.maketrans("OIL", "011")


def printed_code(random: bytes) -> str:
    """A code in groups of four letters, of as many whole letters as the random bytes fill."""
    number = int.from_bytes(random, "big")
    letters = [ALPHABET[(number >> (5 * place)) & 31] for place in range(len(random) * 8 // 5)]
    return "-".join("".join(letters[at : at + GROUP]) for at in range(0, len(letters), GROUP))


def plain_code(typed: str) -> str:
    """A code as typed by hand, in plain letters; case, width, blanks, dashes, O, I and L do not matter."""
    text = typed[:200].translate(_WIDE).upper().translate(_MISREAD)
    return "".join(letter for letter in text if letter in ALPHABET)
