from __future__ import annotations

from django.apps import AppConfig


class LandConfig(AppConfig):
    name = "mingbai.land"
    label = "land"
    default_auto_field = "django.db.models.BigAutoField"
