"""Addresses of the open API."""

from __future__ import annotations

from django.urls import path, re_path

from mingbai.api import lists, records, registers  # noqa: F401 (they put their endpoints on the API)
from mingbai.api.asking import api, nowhere
from mingbai.api.page import about, openapi

urlpatterns = [
    path("", about, name="api-about"),
    path("openapi.json", openapi, name="api-openapi"),
    path("", api.urls),
    re_path("", nowhere),
]
