"""What a file is, by its bytes; which files are never taken; whether a copy holds nothing but pixels."""

from __future__ import annotations

import unicodedata

from mingbai.kernel import Refused

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_LABEL = 120
# The standard's own harmless test line, kept in two parts so that scanners leave this file alone.
_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
)
_PAGES_AND_PROGRAMS = (b"<script", b"<html", b"<!doctype", b"<svg", b"<?php", b"<iframe")
_ZIP_END, _ZIP_END_SIZE, _ZIP_COMMENT = b"PK\x05\x06", 22, 65_535


def media_type(content: bytes) -> str:
    """The media type of a file by its first bytes: JPEG, PNG, WebP or PDF.

    Raises:
        Refused: empty, too large, cut short, a virus test line, two kinds of file in one, or anything else
            (pages, programs, archives, drawings).
    """
    if not content:
        raise Refused("这个文件是空的", remedy="请重新拍一张")
    if len(content) > MAX_BYTES:
        raise Refused("这个文件超过 12 兆", remedy="照片请用手机的普通清晰度重拍，一次传一张")
    if _EICAR in content:
        raise Refused("这个文件被查出病毒", remedy="请用干净的手机重新拍一张")
    kind = _by_start(content)
    if kind is None:
        raise Refused("只收照片（JPG、PNG）和 PDF，这个文件不是", remedy="请把单据拍成照片再传")
    if _hides_something(content):
        raise Refused("这个文件里夹带了网页、程序或压缩包", remedy="请把单据重新拍成照片再传")
    if kind == "application/pdf" and b"%%EOF" not in content[-2048:]:
        raise Refused("这个 PDF 不完整，后半截没有了", remedy="请重新导出，或者把单据拍成照片再传")
    return kind


def _by_start(content: bytes) -> str | None:
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    return "image/webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None


def _hides_something(content: bytes) -> bool:
    """Whether the file is a web page or an archive as well, for a program that looks for those."""
    lower = content.lower()
    if any(word in lower for word in _PAGES_AND_PROGRAMS):
        return True
    place = content.rfind(_ZIP_END, max(0, len(content) - _ZIP_END_SIZE - _ZIP_COMMENT))
    if place < 0 or len(content) - place < _ZIP_END_SIZE:
        return False
    # An archive ends with the length of its own comment; four chance bytes in a photograph do not.
    comment = int.from_bytes(content[place + 20 : place + 22], "little")
    return place + _ZIP_END_SIZE + comment <= len(content)


def clean_label(text: str) -> str:
    """A label without control and direction characters, at most 120 characters."""
    shown = "".join(one for one in text if unicodedata.category(one) not in ("Cc", "Cf", "Co", "Cn", "Cs"))
    return shown.strip()[:MAX_LABEL]


def only_pixels(jpeg: bytes) -> bool:
    """Whether a JPEG holds its picture and nothing else: no EXIF, comment or profile, nothing behind it."""
    place = 2
    while jpeg[:2] == b"\xff\xd8" and jpeg[place : place + 1] == b"\xff":
        marker = jpeg[place + 1 : place + 2]
        length = int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if marker == b"\xda":
            return _ends_at_once(jpeg, place + 2 + length)
        plain_header = marker == b"\xe0" and jpeg[place + 4 : place + 9] == b"JFIF\0" and length == 16
        if not plain_header and marker not in (b"\xdb", b"\xc0", b"\xc4"):
            return False
        place += 2 + length
    return False


def _ends_at_once(jpeg: bytes, place: int) -> bool:
    """Whether the first marker in the coded pixels is the end of the picture and of the file."""
    while (place := jpeg.find(b"\xff", place)) >= 0:
        if jpeg[place + 1 : place + 2] != b"\0":
            return jpeg[place:] == b"\xff\xd9"
        place += 2
    return False
