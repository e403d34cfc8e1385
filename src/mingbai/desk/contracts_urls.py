"""Addresses of contracts at the desk."""

from __future__ import annotations

from django.urls import path

from mingbai.desk.views import contracts

urlpatterns = [
    path("", contracts.villages, name="contracts-villages"),
    path("<str:village>/", contracts.village, name="contracts"),
    path("<str:village>/add/", contracts.add, name="contracts-add"),
    path("<str:village>/<str:number>/", contracts.one, name="contracts-one"),
]
