"""The site asked from inside: the same views and middleware as outside, without a network."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.handlers.base import BaseHandler
from django.test import RequestFactory


@dataclass(frozen=True)
class Answer:
    """What the site says at an address. `there`: it has the page; `moved`: where it sent us instead."""

    body: bytes
    kind: str
    there: bool
    moved: str = ""


class Site:
    """Asks pages by their address, as a reader without cookies does. `base`: the site's own address."""

    def __init__(self, base: str) -> None:
        parts = urlsplit(base)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        self._requests = RequestFactory(SERVER_NAME=parts.hostname or "localhost", SERVER_PORT=str(port))
        self._secure = parts.scheme == "https"
        self._handler = BaseHandler()
        self._handler.load_middleware()

    def ask(self, address: str) -> Answer:
        """The answer at an address (path and what stands behind the question mark)."""
        response = self._handler.get_response(self._requests.get(address, secure=self._secure))
        body = b"".join(response.streaming_content) if response.streaming else response.content
        moved = response.headers.get("Location", "") if response.status_code in (301, 302) else ""
        return Answer(body, response.headers.get("Content-Type", ""), response.status_code == 200, moved)
