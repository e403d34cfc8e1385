"""Addresses of the objection form, open to anyone without an account."""

from __future__ import annotations

from django.urls import path

from mingbai.desk.views import objections

app_name = "objections"
urlpatterns = [
    path("new/", objections.lodge, name="new"),
    path("status/", objections.status, name="status"),
]
