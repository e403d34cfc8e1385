"""The API described: for programs as OpenAPI, for people as a table with nothing loaded from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from mingbai.api.asking import api


@dataclass(frozen=True)
class Endpoint:
    """One line of the page."""

    path: str
    summary: str
    parameters: tuple[str, ...]


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What can be asked, for people."""
    schema = api.get_openapi_schema()
    endpoints = [
        Endpoint(
            path, verbs["get"]["summary"], tuple(item["name"] for item in verbs["get"].get("parameters", ()))
        )
        for path, verbs in schema["paths"].items()
    ]
    return HttpResponse(
        render_to_string("api/about.html", {"endpoints": endpoints, "title": schema["info"]["title"]})
    )


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """The description that programs read (OpenAPI 3.1)."""
    return JsonResponse(api.get_openapi_schema(), json_dumps_params={"ensure_ascii": False})
