"""Addresses of buying at the desk."""

from __future__ import annotations

from django.urls import path

from mingbai.desk.views import procurement

urlpatterns = [
    path("", procurement.villages, name="procurement"),
    path("<str:village>/", procurement.village, name="procurement-village"),
    path("<str:village>/suppliers/", procurement.supplier, name="procurement-supplier"),
]
