from __future__ import annotations

from django.apps import AppConfig


class TranslogConfig(AppConfig):
    name = "mingbai.translog"
    label = "translog"
    default_auto_field = "django.db.models.BigAutoField"
