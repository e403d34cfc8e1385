"""Finding personal numbers in free text: identity cards, bank cards, mobile phones, however they are spelt.

Works on digits only: full-width and Chinese numerals are folded, zero-width characters and single separators
between digits are skipped, and the place in the original text is kept. Identity numbers must pass GB 11643's
check digit, bank cards Luhn and a known issuer prefix, so that village codes, invoice numbers, dates and sums do
not hit. Linear in the length of the text.
"""

from __future__ import annotations

from dataclasses import dataclass

from stdnum import luhn
from stdnum.cn import ric

_CHINESE = {**{c: str(i) for i, c in enumerate("零一二三四五六七八九")}, "〇": "0", "幺": "1", "两": "2"}
_CHINESE |= {c: str(i) for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_INVISIBLE = set("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_SEPARATORS = set(" \u3000\u00a0-－_.·—–")
_MOBILE_SECOND = set("3456789")


@dataclass(frozen=True)
class Hit:
    """A personal number: its kind (a `FieldKind` value) and where it stands in the text."""

    kind: str
    start: int
    end: int


def scan_text(text: str) -> tuple[Hit, ...]:
    """Every personal number in `text`, in order."""
    hits: list[Hit] = []
    for digits, places in _runs(text):
        hits.extend(_hits(digits, places))
    return tuple(hits)


def _fold(character: str) -> str:
    if character in _CHINESE:
        return _CHINESE[character]
    if character.isdecimal():
        return str(int(character))
    return "X" if character in "xXＸｘ" else ""


def _runs(text: str) -> list[tuple[str, list[int]]]:
    """Runs of digits, each digit with its place; one separator inside a run is skipped."""
    runs: list[tuple[str, list[int]]] = []
    digits, places, gap = "", list[int](), 0
    for place, character in enumerate(text):
        if character in _INVISIBLE:
            continue
        folded = _fold(character)
        if folded and (folded != "X" or len(digits) >= 17):
            digits, gap = digits + folded, 0
            places.append(place)
        elif character in _SEPARATORS and digits and gap < 1:
            gap += 1
        else:
            if digits:
                runs.append((digits, places))
            digits, places, gap = "", [], 0
    return [*runs, (digits, places)] if digits else runs


def _hits(digits: str, places: list[int]) -> list[Hit]:
    for length, kind, test in ((18, "id_number", _is_id), (0, "bank_account", _is_card), (11, "phone", _is_mobile)):
        if (not length or len(digits) == length) and test(digits):
            return [Hit(kind, places[0], places[-1] + 1)]
    return _inside(digits, places)


def _inside(digits: str, places: list[int]) -> list[Hit]:
    """Identity numbers run together with other digits."""
    for start in range(len(digits) - 17):
        if _is_id(digits[start : start + 18]):
            return [Hit("id_number", places[start], places[start + 17] + 1)]
    for prefix in ("86", "086", "0086"):
        if digits.startswith(prefix) and _is_mobile(digits.removeprefix(prefix)):
            return [Hit("phone", places[0], places[-1] + 1)]
    return []


def _is_id(digits: str) -> bool:
    return len(digits) == 18 and "X" not in digits[:17] and ric.is_valid(digits)


def _is_card(digits: str) -> bool:
    return 16 <= len(digits) <= 19 and digits[:2] in {"62", "60", "43", "45", "51", "52", "53", "54", "55", "40", "41", "42", "48", "49", "35", "37", "95", "90"} and digits.isdigit() and bool(luhn.is_valid(digits))


def _is_mobile(digits: str) -> bool:
    return len(digits) == 11 and digits[0] == "1" and digits[1] in _MOBILE_SECOND and digits.isdigit()
