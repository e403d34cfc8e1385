"""Bodies that are too large are refused in words before anything of them is kept, and what was typed comes back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from mingbai.complaints.services import MAX_TOGETHER, too_large
from mingbai.kernel import Refused

MAX_READ = 100 * 1024 * 1024
"""Bytes of a body that is still read to its end, without keeping files, so that the words in it are not lost."""
_TEXT = 1024 * 1024
_UNREAD = Refused("送来的东西太大，没有收", remedy="按“返回”回到刚才那一页，少附几张照片再交")

View = Callable[..., HttpResponse]


class Bounded(FileUploadHandler):
    """Drops every file of a body whose files are too large together; `over` says that it did."""

    over = False
    count = 0

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Judge by the announced length, before the first byte of a file."""
        self.over = content_length > MAX_TOGETHER + _TEXT

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Keep nothing of a body that is too large."""
        super().new_file(*args, **kwargs)
        if self.over:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count what comes; the announced length may lie."""
        self.count += len(raw_data)
        if self.count > MAX_TOGETHER:
            self.over = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""


def bounded(view: View) -> View:
    """Read a body under the bounds; `request.files_refused` is the refusal when files were dropped.

    Django's own check of forged forms would read the body first: a view that needs it is wrapped in `csrf_protect`
    inside of this.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > MAX_READ:
            return _told(request)
        handler = Bounded(request)
        request.upload_handlers.insert(0, handler)
        try:
            request.POST  # noqa: B018 - read here, under our handler
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError):
            return _told(request)
        request.files_refused = too_large() if handler.over else None
        return view(request, *args, **kwargs)

    return guarded


def _told(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/objection_unread.html", {"refusal": _UNREAD}, status=413)


def files(request: HttpRequest, name: str) -> list[bytes]:
    """The bytes of the files handed in under a name.

    Raises:
        Refused: files were dropped because they are too large together.
    """
    if request.files_refused is not None:
        raise request.files_refused
    return [one.read() for one in request.FILES.getlist(name)]
