from __future__ import annotations

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "mingbai.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"
