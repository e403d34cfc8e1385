"""Addresses of the open API."""

from __future__ import annotations

from django.urls import path

from mingbai.api.endpoints import api
from mingbai.api.page import about, openapi

urlpatterns = [
    path("", about, name="api-about"),
    path("openapi.json", openapi, name="api-openapi"),
    path("", api.urls),
]
