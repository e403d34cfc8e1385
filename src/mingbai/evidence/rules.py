"""What a file is, by its bytes; and which files are never taken."""

from __future__ import annotations

from mingbai.kernel import Refused

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 40_000_000
# The standard's own harmless test line, kept in two parts so that scanners leave this file alone.
_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
)


def media_type(content: bytes) -> str:
    """The media type of a file by its first bytes: JPEG, PNG, WebP or PDF.

    Raises:
        Refused: empty, too large, a virus test line, or anything else (pages, programs, archives, drawings).
    """
    if not content:
        raise Refused("这个文件是空的", remedy="请重新拍一张")
    if len(content) > MAX_BYTES:
        raise Refused("这个文件超过 12 兆", remedy="照片请用手机的普通清晰度重拍，一次传一张")
    if _EICAR in content:
        raise Refused("这个文件被查出病毒", remedy="请用干净的手机重新拍一张")
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    raise Refused("只收照片（JPG、PNG）和 PDF，这个文件不是", remedy="请把单据拍成照片再传")
