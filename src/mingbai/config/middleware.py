"""What every request carries (the time, the language), and what no signed-in page allows (a shared cache)."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from mingbai.catalogue import queries as catalogue
from mingbai.config import clock

GetResponse = Callable[[HttpRequest], HttpResponse]


class ClockMiddleware:
    """Read the clock once a request: `request.now` (UTC instant) and `request.today` (Asia/Shanghai date)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = clock.now()
        request.today = clock.legal_day(request.now)
        return self.get_response(request)


class OneReadingMiddleware:
    """A page that only reads asks once which editions there are, and is of one edition from head to foot."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with catalogue.one_reading():
            return self.get_response(request)


class LanguageMiddleware:
    """Chinese, unless this browser has asked for another language on the page itself.

    What the browser says of its own language is not asked: a cheap telephone often came with English.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Content-Language", language)
        return response


class PrivatePagesMiddleware:
    """A page made for somebody signed in is never kept by a cache or shown by 'back' after signing out."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/desk/"):
            response.headers["Cache-Control"] = "private, no-store"
        return response
