"""Text into tokens: pairs of neighbouring Chinese characters, whole numbers, Latin words.

The engines' own splitters find nothing for two-character words or split by their own dictionaries; with pairs
both databases find the same. A run of characters ends with its last character alone, so that one character can
be looked for as the beginning of a token.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002b81d〇"
_WAN = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*万元?")
_YUAN = re.compile(r"(\d)\s*元")
_DAY = re.compile(r"(\d{4})年\s*(\d{1,2})月(?:\s*(\d{1,2})日)?")
_COMMA = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_PIECE = re.compile(rf"[{_HAN}]+|\d+\.\d+|\d+|[a-z]+[0-9a-z]*")
_LONGEST = 64


def plain(text: str) -> str:
    """`text` in one spelling: half-width, lower case, 1.2万元 as 12000, 12,000元 as 12000, 2026年8月 as 2026-08."""
    text = unicodedata.normalize("NFKC", text).lower()
    while (fewer := _COMMA.sub("", text)) != text:
        text = fewer
    text = _WAN.sub(_wan, text)
    text = _YUAN.sub(r"\1 ", text)
    return _DAY.sub(_day, text)


def _wan(found: re.Match[str]) -> str:
    return f"{(Decimal(found[1].replace(',', '')) * 10_000).normalize():f} "


def _day(found: re.Match[str]) -> str:
    return "-".join([found[1], *(part.zfill(2) for part in found.groups()[1:] if part)]) + " "


def index_tokens(text: str) -> list[str]:
    """All tokens of `text`, in their order, as the index holds them."""
    return [token for piece in pieces(text) for token in _tokens(piece)]


def pieces(text: str) -> list[str]:
    """The runs of one kind in `text`: Chinese characters, a number, or a Latin word."""
    return _PIECE.findall(plain(text))


def _tokens(piece: str) -> list[str]:
    return [*pairs(piece), piece[-1]] if is_han(piece) else number_or_word(piece)


def pairs(run: str) -> list[str]:
    """Neighbouring characters of a run, two by two; nothing for a single one."""
    return [run[at : at + 2] for at in range(len(run) - 1)]


def number_or_word(piece: str) -> list[str]:
    """A number as its whole part and, if it is not nothing, its fraction; a word as itself."""
    whole, _, fraction = piece.partition(".")
    fraction = fraction.rstrip("0")
    return [part[:_LONGEST] for part in (whole, fraction) if part]


def is_han(piece: str) -> bool:
    """Whether the run is one of Chinese characters."""
    return not piece[0].isascii()
