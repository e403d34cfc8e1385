"""Addresses of a supplier's quote, open to whoever holds a code."""

from __future__ import annotations

from django.urls import path

from mingbai.desk.views import quoting

app_name = "quoting"
urlpatterns = [path("", quoting.quote, name="quote")]
