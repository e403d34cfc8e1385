"""Pure rules of objections: the receipt code, and who may answer."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable

# Crockford's base 32: no letter that is read as a digit; 5 bits a letter.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECEIPT_LETTERS = 20
"""100 bits: it cannot be found by trying (security N11 asks for 80)."""

# Who may answer, nearest first: never the office whose step is complained of.
ANSWERING_OFFICES = (
    "village_supervision_committee",
    "town_government",
    "town_discipline",
    "district_discipline",
)


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


def answering_offices(complained_of: Collection[str]) -> tuple[str, ...]:
    """The offices that may answer an objection to a step of these offices (村民委员会组织法第36、37条)."""
    return tuple(office for office in ANSWERING_OFFICES if office not in complained_of)


def is_party(person: str, signers: Iterable[str], kin: Collection[str]) -> bool:
    """Whether a person did the step complained of, or is kin of somebody who did."""
    named = set(signers)
    return person in named or bool(named & set(kin))


def objection_number(village: str, year: int, serial: int) -> str:
    """Number of an objection: `Y-340311104201-2026-001`, gap-free per village and year."""
    return f"Y-{village}-{year}-{serial:03d}"


def handles_objections(node: str) -> bool:
    """Whether a step of a chart is the one that handles objections, by the name that charts give it."""
    return node.rsplit("__", 1)[-1] in {"objection", "complaint"}
