"""Following every link of the public site from its first page, and reading every answer to its last byte."""

from __future__ import annotations

import html
import io
import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client
from pypdf import PdfReader

from mingbai.evidence.redacting import texts_of
from mingbai.evidence.rules import only_pixels

STARTS = ("/", "/find/", "/verify/", "/words/", "/powers/", "/log/checkpoint", "/log/vkey", "/api/v1/openapi.json", "/api/v1/publications?limit=200",
          "/api/v1/changes?limit=200", "/api/v1/cases?limit=200", "/api/v1/notices", "/api/v1/villages", "/api/v1/powers", "/api/v1/editions")  # fmt: skip
_LINKS = re.compile(r"""(?:href|src|data-src|action)\s*=\s*["']([^"'#][^"']*)["']""")
_NOT_PUBLIC = (
    "/desk/",
    "/static/",
    "/objections/",
    "/language/",
    "/large-print/",
    "/vote/",
    "/quote/",
    "/sign-in/",
)


_CHUNKED = re.compile(r"\b(?:[0-9a-f]{4,64}[ \n]){2,}[0-9a-f]{4,64}\b|\b(?=[0-9a-f]*[a-f])[0-9a-f]{32,}\b")


def without_digests(text: str) -> str:
    """The text without tags and without digests, whole or in groups: digits in these are chance."""
    return _CHUNKED.sub("#", re.sub(r"<[^>]+>", " ", text))


@dataclass(frozen=True)
class Answer:
    """What was served at an address: the bytes, and everything in them that can be read as text."""

    address: str
    media_type: str
    text: str


def crawl(
    browser: Client, starts: tuple[str, ...] = STARTS, most: int = 3000, beside: str = r"\Z."
) -> Iterator[Answer]:
    """Every answer that can be reached, but for addresses that begin like `beside`.

    Raises `AssertionError` for a picture with more than its pixels.
    """
    left_out = re.compile(beside)
    waiting, seen = deque(starts), set(starts)
    while waiting and most:
        address, most = waiting.popleft(), most - 1
        response = browser.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        media_type = response.headers.get("Content-Type", "").partition(";")[0]
        yield Answer(address, media_type, _said(body, media_type) + str(response.headers))
        if media_type in ("text/html", "application/json"):
            for link in _followed(address, body.decode(), media_type):
                if link not in seen and not left_out.match(link):
                    seen.add(link)
                    waiting.append(link)


def _said(body: bytes, media_type: str) -> str:
    if media_type == "image/jpeg":
        assert only_pixels(body)
    if body.startswith(b"PK\x03\x04"):
        return "\n".join(one.text for one in texts_of(body).texts)
    if media_type == "application/pdf":
        read = PdfReader(io.BytesIO(body))
        return (
            "\n".join(page.extract_text() for page in read.pages)
            + str(read.metadata)
            + str(read.xmp_metadata)
        )
    text = body.decode("utf-8", "replace")
    return (
        text + html.unescape(text) + _unescaped(text)
        if media_type in ("text/html", "application/json")
        else text
    )


def _unescaped(text: str) -> str:
    """JSON with its escapes read, so that `\\u5f20` is what it stands for."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return ""


def _followed(address: str, text: str, media_type: str) -> Iterator[str]:
    found = _LINKS.findall(text) if media_type == "text/html" else re.findall(r'"(/[^"\s]*)"', text)
    for link in found:
        whole = urldefrag(urljoin(f"http://testserver{address}", html.unescape(link)))[0]
        parts = urlsplit(whole)
        if parts.netloc == "testserver" and not parts.path.startswith(_NOT_PUBLIC):
            yield parts.path + (f"?{parts.query}" if parts.query else "")
