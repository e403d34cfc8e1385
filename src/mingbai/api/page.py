"""The API described: for programs as OpenAPI, for people as a page of tables with nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingbai.api.asking import api


@dataclass(frozen=True)
class Condition:
    """What can be asked of an endpoint."""

    name: str
    said: str


@dataclass(frozen=True)
class Endpoint:
    """One line of the page."""

    path: str
    summary: str
    conditions: tuple[Condition, ...]


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What can be asked, for people."""
    schema = api.get_openapi_schema()
    groups: dict[str, list[Endpoint]] = {}
    for path, verbs in schema["paths"].items():
        asked = verbs["get"]
        (tag, *_others), summary = asked["tags"], asked["summary"]
        conditions = tuple(_condition(one) for one in asked.get("parameters", ()))
        groups.setdefault(_(tag), []).append(Endpoint(path, _(summary), conditions))
    return render(request, "api/about.html", {"groups": groups, "title": schema["info"]["title"]})


def _condition(parameter: Mapping[str, Any]) -> Condition:
    said = parameter.get("description") or parameter["schema"].get("description", "")
    return Condition(parameter["name"], _(said) if said else "")


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """The description that programs read (OpenAPI 3.1)."""
    return JsonResponse(api.get_openapi_schema(), json_dumps_params={"ensure_ascii": False})
