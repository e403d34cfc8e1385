"""Where a log is read from: a web address or a folder. Everything read is bounded in size and in time."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote

MAX_BYTES = 256 * 65_537
_TIMEOUT = 30

Read = Callable[[str], bytes]


class Unreadable(Exception):
    """Something the log must have is not there, or cannot be read."""


def open_source(where: str) -> tuple[Read, Read]:
    """Two readers: of the log's own paths, and of publications' JSON by id.

    A site serves the log under `log/` and a publication at `p/<id>.json`; a folder holds the log's files themselves
    and publications under `publications/<id>.json`.
    """
    if where.startswith(("http://", "https://")):
        base = where.rstrip("/") + "/"
        return (lambda path: _get(f"{base}log/{path}")), (lambda id: _get(f"{base}p/{quote(id, safe='')}.json"))
    folder = Path(where)
    return (lambda path: _file(folder, path)), (lambda id: _file(folder, f"publications/{id}.json"))


def _get(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=_TIMEOUT) as response:  # noqa: S310 - http(s) only, see above
            return _bounded(response.read(MAX_BYTES + 1), address)
    except (URLError, OSError, ValueError) as error:
        raise Unreadable(f"读不到 {address}：{error}") from error


def _file(folder: Path, path: str) -> bytes:
    try:
        with (folder / path).open("rb") as file:
            return _bounded(file.read(MAX_BYTES + 1), path)
    except OSError as error:
        raise Unreadable(f"读不到 {path}") from error


def _bounded(content: bytes, what: str) -> bytes:
    if len(content) > MAX_BYTES:
        raise Unreadable(f"{what} 太大，不再读下去")
    return content
