"""What every request carries (the time), and what no signed-in page allows (a shared cache)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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


class PrivatePagesMiddleware:
    """A page made for somebody signed in is never kept by a cache or shown by 'back' after signing out."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/desk/"):
            response.headers["Cache-Control"] = "private, no-store"
        return response
