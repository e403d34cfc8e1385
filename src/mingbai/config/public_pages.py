"""Public pages are made once for each position of the records, and kept until anything is published.

A page is a function of what was published and logged, of the legal day, and of the reader's language and size of
print; of nothing else (no session, no counter). So a page made for a position is that position's page for
everybody: it is kept in memory, small copies of it are made once, and a browser that has it is told so (RFC 9110,
13.1.2). The position is read at most ten times a second; the records themselves move twice a second.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from mingbai.config import clock
from mingbai.disclosure import queries as disclosure
from mingbai.portal.context import LARGE_COOKIE
from mingbai.translog import queries as translog

GetResponse = Callable[[HttpRequest], HttpResponse]
Key = tuple[Any, ...]
KEPT_BEGINNINGS = ("/v/", "/powers/", "/cases/", "/meetings/", "/p/", "/contracts/", "/words/")
"""What is searched for is not among them: no word that anybody looked for is kept."""
FRESH_FOR = 0.1
"""Seconds for which a position once read is taken to be the position."""
LARGEST = 400_000
"""Bytes; a longer page is made each time."""


@dataclass(frozen=True)
class Kept:
    """A finished answer, as it is and packed."""

    body: bytes
    packed: bytes
    headers: dict[str, str]
    tag: str


class PublicPagesMiddleware:
    """Answer a public page from memory when it was made for this position before."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.kept: OrderedDict[Key, Kept] = OrderedDict()
        self.lock = threading.Lock()
        self.read_at = 0.0
        self.position: Key = ()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.MINGBAI_PAGES_KEPT or not _may_be_kept(request):
            return self.get_response(request)
        key = (*self._position(), *_asked(request))
        with self.lock:
            found = self.kept.get(key)
        if found is None:
            response = self.get_response(request)
            if not _is_public_page(response):
                return response
            found = self._keep(key, response)
        return _answer(request, found)

    def _position(self) -> Key:
        """Newest publication, size of the log and the legal day."""
        if (now := time.monotonic()) - self.read_at > FRESH_FOR:
            head = translog.head()
            day = clock.legal_day(clock.now())
            self.position = (disclosure.head(), head.size if head else 0, day.isoformat())
            self.read_at = now
        return self.position

    def _keep(self, key: Key, response: HttpResponse) -> Kept:
        patch_vary_headers(response, ("Accept-Encoding",))
        body = response.content
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        # Asked again each time: what is published now must be seen now.
        headers = {**response.headers, "ETag": tag, "Cache-Control": "no-cache"}
        headers.pop("Content-Length", None)
        made = Kept(body, gzip.compress(body, 6, mtime=0), headers, tag)
        with self.lock:
            self.kept[key] = made
            while len(self.kept) > settings.MINGBAI_PAGES_KEPT:
                self.kept.popitem(last=False)
        return made


def _may_be_kept(request: HttpRequest) -> bool:
    if request.method not in ("GET", "HEAD"):
        return False
    return request.path == "/" or request.path.startswith(KEPT_BEGINNINGS)


def _asked(request: HttpRequest) -> Key:
    """What else the page depends on: its address, the language and the size of print."""
    cookies = request.COOKIES
    language = cookies.get(settings.LANGUAGE_COOKIE_NAME, "")[:8]
    return request.get_full_path(), language, cookies.get(LARGE_COOKIE) == "1"


def _is_public_page(response: HttpResponse) -> bool:
    page = response.headers.get("Content-Type", "").startswith("text/html")
    whole = response.status_code == 200 and not response.streaming and not response.cookies
    return page and whole and len(response.content) <= LARGEST


def _answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    if kept.tag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponse = HttpResponseNotModified()
        unchanged = ("ETag", "Cache-Control", "Vary", "Content-Security-Policy")
        headers = {name: value for name, value in kept.headers.items() if name in unchanged}
    else:
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        response = HttpResponse(kept.packed if packed else kept.body)
        headers = kept.headers | ({"Content-Encoding": "gzip"} if packed else {})
    for name, value in headers.items():
        response.headers[name] = value
    return response
