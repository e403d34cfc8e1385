"""Where a log is read from: a web address or a folder. Everything read is bounded in size and in time.

A site serves the log under `log/` and a publication at `p/<id>.json`; a folder holds the log's files themselves
and publications under `publications/<id>.json`. Redirects are not followed: a log stands where it says it stands.
"""

from __future__ import annotations

import re
import time
import urllib.request
from collections.abc import Callable
from email.message import Message
from http.client import HTTPException
from pathlib import Path
from typing import IO, Any
from urllib.error import URLError

MAX_TILE = 256 * 32
MAX_BUNDLE = 256 * (2 + 65_535)
MAX_PUBLICATION = 32_000_000
_TIMEOUT = 20  # seconds without a byte
_DEADLINE = 120  # seconds for one file
_PIECE = 65_536
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}", re.ASCII)

Read = Callable[[str, int], bytes]


class Unreadable(Exception):
    """Something the log must have is not there, or cannot be read."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Follow nothing; urllib then reports the answer as an error."""


def open_source(where: str) -> tuple[Read, Read]:
    """Two readers: of the log's own paths, and of publications' JSON by id.

    Each takes a name and the number of bytes that it may have at most, and raises `Unreadable`.
    """
    if where.startswith(("http://", "https://")):
        base = where.rstrip("/").removesuffix("/log")
        opener = urllib.request.build_opener(_NoRedirects)
        return (
            lambda path, limit: _get(opener, f"{base}/log/{path}", limit),
            lambda id, limit: _get(opener, f"{base}/p/{_checked(id)}.json", limit),
        )
    folder = Path(where)
    return (
        lambda path, limit: _file(folder / path, path, limit),
        lambda id, limit: _file(folder / "publications" / f"{_checked(id)}.json", id, limit),
    )


def _checked(id: str) -> str:
    if not _ID.fullmatch(id):
        raise Unreadable("公布的编号只能有字母、数字和短横")
    return id


def _get(opener: urllib.request.OpenerDirector, address: str, limit: int) -> bytes:
    try:
        with opener.open(address, timeout=_TIMEOUT) as response:
            return _drained(response, address, limit)
    except (URLError, OSError, ValueError, HTTPException) as error:
        raise Unreadable(f"读不到 {address}：{error}") from error


def _drained(response: Any, address: str, limit: int) -> bytes:
    """The whole answer, piece by piece, so that a slow drip cannot hold the reader for ever."""
    ends, content = time.monotonic() + _DEADLINE, bytearray()
    while piece := response.read1(_PIECE):
        content += piece
        if len(content) > limit:
            raise Unreadable(f"{address} 太大，不再读下去")
        if time.monotonic() > ends:
            raise Unreadable(f"{address} 太慢，不再等下去")
    return bytes(content)


def _file(file: Path, name: str, limit: int) -> bytes:
    try:
        with file.open("rb") as opened:
            content = opened.read(limit + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(f"读不到 {name}") from error
    if len(content) > limit:
        raise Unreadable(f"{name} 太大，不再读下去")
    return content
