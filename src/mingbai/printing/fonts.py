"""Which characters the print fonts hold, read from their own character map (OpenType `cmap`, formats 4 and 12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from pylopdf_fonts_zh_cn import sans_path, serif_path

from mingbai.kernel import Refused

# What is set but has no picture of its own.
_INVISIBLE = frozenset("\n\t\u200b")


def folders() -> list[str]:
    """The folders in which typst finds the fonts."""
    return sorted({str(Path(path()).parent) for path in (serif_path, sans_path)})


def refuse_missing(text: str) -> None:
    """Refuse a text that would print with a hole.

    Raises:
        Refused: naming the first character that one of the fonts lacks.
    """
    held = coverage(str(serif_path())) & coverage(str(sans_path()))
    for one in text:
        if ord(one) not in held and one not in _INVISIBLE:
            raise Refused(
                f"印不出来：字体里没有“{one}”（U+{ord(one):04X}）这个字",
                remedy="请系统管理员装上有这个字的字体再印；公示页面上照常看得到",
            )


@lru_cache(maxsize=4)
def coverage(path: str) -> frozenset[int]:
    """Every code point to which a font gives a glyph.

    Raises:
        ValueError: not an OpenType font, or one without a Unicode map that is read here.
    """
    font = Path(path).read_bytes()
    start = _table(font, b"cmap")
    best = max(
        (_rank(font, start, n) for n in range(struct.unpack_from(">H", font, start + 2)[0])), default=(0, 0)
    )
    if best[0] == 12:
        return frozenset(_format_12(font, start + best[1]))
    if best[0] == 4:
        return frozenset(_format_4(font, start + best[1]))
    raise ValueError("no Unicode character map")


def _table(font: bytes, name: bytes) -> int:
    for n in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _sum, offset, _length = struct.unpack_from(">4sLLL", font, 12 + 16 * n)
        if tag == name:
            return int(offset)
    raise ValueError("not an OpenType font")


def _rank(font: bytes, start: int, n: int) -> tuple[int, int]:
    """Format and offset of a subtable: 12 before 4, all else (0, 0)."""
    platform, encoding, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * n)
    kind = struct.unpack_from(">H", font, start + offset)[0]
    unicode_map = platform == 0 or (platform == 3 and encoding in (1, 10))
    return (kind, offset) if unicode_map and kind in (4, 12) else (0, 0)


def _format_12(font: bytes, at: int) -> Iterator[int]:
    for n in range(struct.unpack_from(">L", font, at + 12)[0]):
        first, last, _glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * n)
        yield from range(first, last + 1)


def _format_4(font: bytes, at: int) -> Iterator[int]:
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + 2 * count)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, min(last, 0xFFFE) + 1)
