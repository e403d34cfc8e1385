"""The page about the API: one table, made from its own description, with nothing loaded from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingbai.api.endpoints import api


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
    return render(request, "api/about.html", {"endpoints": endpoints, "title": schema["info"]["title"]})
