"""Addresses of the ballot from afar, open to whoever holds a code."""

from __future__ import annotations

from django.urls import path

from mingbai.desk.views import voting

app_name = "voting"
urlpatterns = [
    path("", voting.vote, name="vote"),
    path("receipt/", voting.receipt, name="receipt"),
]
