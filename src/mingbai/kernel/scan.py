"""Finding personal numbers in free text: identity cards, bank cards, mobile phones, however they are spelt.

The text is cut into *pieces* (digits of one script with nothing between them) and *runs* (pieces with at most
three separators between them). Full-width and other scripts' digits, Chinese numerals and HTML entities are
folded, invisible characters skipped; every hit keeps its place in the original text. Village codes, credit
codes, invoice numbers, dates and sums do not hit: an identity number needs its province, birth date and check
digit (GB 11643), a card its issuer and Luhn digit, a phone the usual grouping. Linear in the length of the text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from mingbai.kernel.numbers import is_card, is_credit_code, is_identity, is_mobile, is_old_identity

_CHINESE = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "幺": "1", "两": "2"}
_CHINESE |= {c: str(i) for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")
_SEPARATORS = frozenset(" \t\u00a0\u2002\u2003\u2009\u3000-－‐‑‒–—―_.·•・/")
_MAX_GAP = 3
_LENGTHS = (*range(21, 14, -1), 11)  # longest first
_NEAR = 12
_SAYS_IDENTITY = re.compile(r"身\s?份")
_SAYS_ACCOUNT = re.compile(r"卡\s?号|账\s?号|帐\s?号|账\s?户|帐\s?户|银行卡")
_SAYS_CREDIT_CODE = re.compile(r"信用代码")
_SAYS = re.compile("|".join(one.pattern for one in (_SAYS_IDENTITY, _SAYS_ACCOUNT, _SAYS_CREDIT_CODE)))
_SUM_AFTER = re.compile(r"(?:\.[0-9]{1,2})?\s?(?:元|万|亿)|\.[0-9]{2}(?![0-9.])")
_PHONE_GROUPS = {
    (11,), (3, 4, 4), (4, 3, 4), (4, 4, 3), (3, 3, 5), (3, 8), (7, 4), (4, 7), (3, 2, 2, 2, 2), (3, 2, 3, 3),
    (3, 3, 3, 2), (1, 2, 2, 2, 2, 2), (2, 2, 2, 2, 2, 1), (1,) * 11,
}  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """A personal number: its kind (a `FieldKind` value) and where it stands in the text."""

    kind: str
    start: int
    end: int


@dataclass
class _Piece:
    """Folded digits of one script; `gap` separators stand before it, `places` are those of its digits."""

    script: str
    gap: int
    digits: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)


def scan_text(text: str) -> tuple[Hit, ...]:
    """Every personal number in `text`, in order of its place; hits never overlap."""
    return tuple(hit for run in _runs(text) for hit in _hits(run, text))


def _characters(text: str) -> Iterator[tuple[str, int, int]]:
    """Every visible character with its place; an HTML entity is the character that it stands for."""
    place = 0
    while place < len(text):
        entity = _ENTITY.match(text, place) if text[place] == "&" else None
        plain = html.unescape(entity[0]) if entity else text[place]
        end = entity.end() if entity and len(plain) == 1 else place + 1
        if unicodedata.category(plain[0]) not in ("Cf", "Mn", "Me"):
            yield plain[0], place, end
        place = end


def _fold(character: str) -> tuple[str, str]:
    """The digit that a character stands for, and its script; both empty for everything else."""
    if character in _CHINESE:
        return _CHINESE[character], "chinese"
    if character.isdecimal():
        return str(int(character)), "digit"
    return ("X", "x") if character in "xXＸｘ" else ("", "")


def _runs(text: str) -> Iterator[list[_Piece]]:
    run: list[_Piece] = []
    gap = 0
    for character, start, end in _characters(text):
        digit, script = _fold(character)
        if digit:
            _append(run, digit, script, gap, (start, end))
            gap = 0
        elif character in _SEPARATORS and gap < _MAX_GAP:
            gap += 1
        else:
            yield run
            run, gap = [], 0
    yield run


def _append(run: list[_Piece], digit: str, script: str, gap: int, place: tuple[int, int]) -> None:
    check_digit = script == "x" and run and len(run[-1].digits) >= 17
    if not run or gap or (run[-1].script != script and not check_digit):
        run.append(_Piece(script, gap if run else 0))
    run[-1].digits.append(digit)
    run[-1].places.append(place)


def _hits(run: list[_Piece], text: str) -> Iterator[Hit]:
    digits = "".join(digit for piece in run for digit in piece.digits)
    ends = list(accumulate(len(piece.digits) for piece in run))
    after = {end: place + 1 for place, end in enumerate(ends)}
    at = 0
    while at < len(run):
        found = _joined(run, at, text, _candidates(digits, ends[at - 1] if at else 0, after)) or _inside(
            run[at]
        )
        if found:
            at += found[1]
            yield found[0]
        else:
            at += 1


def _joined(
    run: list[_Piece], at: int, text: str, candidates: list[tuple[int, str]]
) -> tuple[Hit, int] | None:
    """The personal number that whole pieces from `at` on spell, and how many they are; the longest wins."""
    start = run[at].places[0][0]
    before = text[max(0, start - _NEAR) : start]
    before = before if _SAYS.search(before) else ""  # asked once, not for every length
    for after, digits in candidates:
        end = run[after - 1].places[-1][1]
        if len(digits) == 11:
            kind = "phone" if is_mobile(digits) and _is_phone_here(run[at:after], text, end) else None
        else:
            kind = _kind(digits, before)
        if kind:
            return Hit(kind, start, end), after - at
    return None


def _candidates(digits: str, start: int, after: dict[int, int]) -> list[tuple[int, str]]:
    """What whole pieces from `start` on spell in the length of a personal number, longest first, and their end."""
    return [
        (after[start + length], digits[start : start + length])
        for length in _LENGTHS
        if start + length in after
    ]


def _is_phone_here(pieces: list[_Piece], text: str, end: int) -> bool:
    return _groups(pieces) in _PHONE_GROUPS and not _SUM_AFTER.match(text, end)


def _kind(digits: str, before: str) -> str | None:
    if before and _SAYS_CREDIT_CODE.search(before) and is_credit_code(digits):
        return None
    if (len(digits) == 18 and is_identity(digits)) or (
        before and _SAYS_IDENTITY.search(before) and _may_be_identity(digits)
    ):
        return "id_number"
    if is_card(digits) or (before and _SAYS_ACCOUNT.search(before) and digits.isdigit()):
        return "bank_account"
    return None


def _may_be_identity(digits: str) -> bool:
    """With a slip of the pen, or as issued before 1999: only where the text says what the number is."""
    return is_identity(digits, checked=False) or is_old_identity(digits)


def _groups(pieces: list[_Piece]) -> tuple[int, ...]:
    """How many digits stand between separators."""
    sizes = [len(pieces[0].digits)]
    for piece in pieces[1:]:
        if piece.gap:
            sizes.append(0)
        sizes[-1] += len(piece.digits)
    return tuple(sizes)


def _inside(piece: _Piece) -> tuple[Hit, int] | None:
    """A number run together with other digits: an identity number anywhere, a phone after 86."""
    digits, places = "".join(piece.digits), piece.places
    for start in range(len(digits) - 17):
        if is_identity(digits[start : start + 18]):
            return Hit("id_number", places[start][0], places[start + 17][1]), 1
    for prefix in ("0086", "086", "86"):
        if digits.startswith(prefix) and is_mobile(digits.removeprefix(prefix)):
            return Hit("phone", places[0][0], places[-1][1]), 1
    return None
