"""How the API is asked and how it answers: read-only, conditional, with the place and the reason of what is wrong."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition
from ninja import NinjaAPI
from ninja.decorators import decorate_view
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from mingbai.catalogue import queries as catalogue
from mingbai.disclosure import queries as disclosure
from mingbai.kernel import Refused
from mingbai.translog import queries as translog

VERSION = "1.1.0"
Tag = Callable[..., str | None]
NO_SUCH = "没有这个条件"
_REASONS = {
    "int_parsing": "要写整数",
    "greater_than_equal": "太小，最小 {ge}",
    "less_than_equal": "太大，最大 {le}",
    "string_too_long": "太长，最多 {max_length} 个字",
    "string_pattern_mismatch": "写法不对，要合 {pattern}",
    "bool_parsing": "要写 true 或 false",
    "date_from_datetime_parsing": "要写成 2026-09-01 这样的日期",
    "date_parsing": "要写成 2026-09-01 这样的日期",
}


class Written(JSONRenderer):
    """Chinese as it is read, not as numbers of characters: shorter, and legible in any tool."""

    json_dumps_params: ClassVar[dict[str, Any]] = {"ensure_ascii": False}


class OpenApi(NinjaAPI):
    """The API; what it calls its operations does not hang on how our modules are cut."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function that answers."""
        return operation.view_func.__name__


api = OpenApi(
    title="明白开放数据",
    version=VERSION,
    description="村级小微权力的清单、村（居）、每一条公布和它在公开总账里的证明。只读，不用登记。金额是分（人民币）。",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    renderer=Written(),
)


def today(request: HttpRequest) -> date:
    """The legal day of the request."""
    day: date = request.today  # type: ignore[attr-defined]
    return day


def by_position(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    """The position of the records: the newest publication, and how much of the log is signed."""
    head = translog.head()
    return f'"{VERSION}-{disclosure.head()}-{head.size if head else 0}"'


def by_day(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    """The position and the legal day, for what also depends on the day (late, expired, days left)."""
    return f'{by_position(request)[:-1]}-{today(request).isoformat()}"'


def by_edition(request: HttpRequest, *args: Any, **kwargs: Any) -> str | None:
    """The edition in force."""
    try:
        return f'"{VERSION}-e{catalogue.current(today(request)).number}"'
    except Refused:
        return None


def reads(tag: Tag) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An endpoint that answers "not changed" by `tag`, and refuses a condition that it does not know."""

    def outer(function: Callable[..., Any]) -> Callable[..., Any]:
        known = frozenset(inspect.signature(function).parameters) - {"request"}
        decorated: Callable[..., Any] = decorate_view(_only(known), condition(etag_func=tag))(function)
        return decorated

    return outer


def _only(known: frozenset[str]) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    def outer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            unknown = sorted(set(request.GET) - (known - set(kwargs)))
            if unknown:
                return problem(request, 422, [(f"query.{name[:40]}", NO_SUCH) for name in unknown])
            response = view(request, *args, **kwargs)
            # Asked again each time: what is published now must be seen now.
            patch_cache_control(response, no_cache=True)
            return response

        return answer

    return outer


def problem(request: HttpRequest, status: int, places: list[tuple[str, str]]) -> HttpResponse:
    """What was wrong, place by place and in a sentence."""
    said = [{"place": place, "reason": reason} for place, reason in places]
    detail = "；".join(f"{place}：{reason}" if place else reason for place, reason in places)
    return api.create_response(request, {"detail": detail, "problems": said}, status=status)


@api.exception_handler(Refused)
def refused(request: HttpRequest, why: Refused) -> HttpResponse:
    """What the data cannot answer."""
    return problem(request, 404, [("path", str(why))])


@api.exception_handler(HttpError)
def missing(request: HttpRequest, why: HttpError) -> HttpResponse:
    """What is not there."""
    return problem(request, why.status_code, [("path", why.message)])


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, why: ValidationError) -> HttpResponse:
    """What cannot be asked, condition by condition."""
    return problem(request, 422, [_place(one) for one in why.errors])


def _place(error: dict[str, Any]) -> tuple[str, str]:
    said = _REASONS.get(error["type"])
    reason = said.format(**error.get("ctx", {})) if said else str(error["msg"])
    return ".".join(str(part) for part in error["loc"]), reason


def nowhere(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """An address that the API does not have."""
    return problem(request, 404, [("path", "没有这个地址，有哪些见 /api/v1/openapi.json")])
