"""Addresses of the site as files of a copy, and links between files."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import parse_qsl, quote, unquote, urlsplit

HELD = re.compile(r"/($|find/$|verify/$|words/$|(v|powers|cases|meetings|p|contracts|sheets|static|log)/)")
"""What a copy holds. Searching and verifying are one page each, whatever was asked."""
ASKED_OF_SCRIPT = ("/find/", "/verify/")
_SAFE = re.compile(r"[^0-9A-Za-z._-]")
ENDINGS = {
    "text/html": ".html",
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "text/plain": ".txt",
    "application/json": ".json",
    "text/csv": ".csv",
}


def absolute(href: str, at: str) -> tuple[str, str]:
    """A link on the page `at` as the address it leads to and its fragment; anything outside the site is ("", "").

    The address keeps what stands behind the question mark.
    """
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return "", ""
    here = urlsplit(at)
    path = (
        posixpath.normpath(posixpath.join(posixpath.dirname(here.path + "x"), parts.path))
        if parts.path
        else ""
    )
    path += "/" if parts.path.endswith("/") and path != "/" else ""
    path = path or here.path
    query = parts.query if parts.path or parts.query else here.query
    return path + (f"?{query}" if query else ""), parts.fragment


def is_held(address: str) -> bool:
    """Whether a copy holds the address."""
    return HELD.match(urlsplit(address).path) is not None


def asked(address: str) -> str:
    """The address of the page that answers: what a script answers in a copy is one page."""
    path = urlsplit(address).path
    return path if path in ASKED_OF_SCRIPT else address


def file_of(address: str, kind: str = "text/html") -> str:
    """The file of an address, from the folder of the copy; `kind`: its media type.

    A page is the index of its folder; what stands behind the question mark is a folder below, names and values
    joined by a dash. A file without an ending gets that of its kind, because servers of files go by it.
    """
    parts = urlsplit(address)
    path = unquote(parts.path).lstrip("/")
    below = "".join(f"{_name(name)}-{_name(value)}/" for name, value in sorted(parse_qsl(parts.query)))
    if path.endswith("/") or not path:
        return f"{path}{below}index.html"
    ending = ENDINGS.get(kind.partition(";")[0], "")
    known = re.search(r"\.\w{1,5}\Z", path) or path.startswith("log/")
    return path if known else path + ending


def _name(text: str) -> str:
    return _SAFE.sub(lambda one: f"_{ord(one[0]):x}", text)


def link(here: str, there: str, query: str = "", fragment: str = "") -> str:
    """How the file `here` names the file `there`."""
    path = quote(posixpath.relpath(there, posixpath.dirname(here) or "."))
    return path + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def root_of(here: str) -> str:
    """The way from a file up to the folder of the copy, with its last stroke; empty from the folder itself."""
    return "../" * here.count("/")
