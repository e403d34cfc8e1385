"""The shapes of personal numbers: GB 11643 identity numbers, bank cards (Luhn), mobile phones."""

from __future__ import annotations

from datetime import date

from stdnum import luhn
from stdnum.cn import ric, uscc

# GB/T 2260 province codes, and 83 for Taiwan residents' cards; 9 leads foreigners' permanent residence cards.
_PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(first, last + 1)
)
# Issuers whose cards are in use: UnionPay 62 and the numbers of older Chinese cards; Visa, Mastercard, JCB.
_CHINESE_CARDS = ("62", "60", "68", "69", "955", "9400", "9843", "9988")
_WORLD_CARDS = ("4", "51", "52", "53", "54", "55", "35")


def is_identity(digits: str, *, checked: bool = True) -> bool:
    """Whether these 18 characters are a citizen's identity number; `checked` demands its check digit."""
    if (
        len(digits) != 18
        or digits[6:8] not in ("19", "20")
        or not digits[:17].isdigit()
        or not _born(digits[6:14])
    ):
        return False
    if digits[0] != "9" and (digits[:2] not in _PROVINCES or digits[2:4] == "00"):
        return False
    return not checked or bool(ric.calc_check_digit(digits) == digits[17])


def is_old_identity(digits: str) -> bool:
    """Whether these may be the 15 digits of an identity number as issued before 1999 (no check digit)."""
    return len(digits) == 15 and digits.isdigit() and digits[:2] in _PROVINCES and _born("19" + digits[6:12])


def is_credit_code(digits: str) -> bool:
    """Whether this is a unified social credit code (GB 32100), which is public."""
    return len(digits) == 18 and bool(uscc.is_valid(digits))


def is_card(digits: str) -> bool:
    """Whether this is a bank card's number: a known issuer, the length, Luhn's check digit."""
    chinese = 16 <= len(digits) <= 19 and digits.startswith(_CHINESE_CARDS)
    world = len(digits) == 16 and digits.startswith(_WORLD_CARDS)
    return (chinese or world) and digits.isdigit() and bool(luhn.is_valid(digits))


def is_mobile(digits: str) -> bool:
    """Whether this is a mobile number of the mainland: 11 digits from 13 to 19."""
    return len(digits) == 11 and digits.isdigit() and digits[0] == "1" and digits[1] in "3456789"


def _born(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True
