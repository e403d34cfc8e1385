from __future__ import annotations

from django.apps import AppConfig


class LabourConfig(AppConfig):
    name = "mingbai.labour"
    label = "labour"
    default_auto_field = "django.db.models.BigAutoField"
