from __future__ import annotations

from django.apps import AppConfig


class LabourConfig(AppConfig):
    name = "mingbai.labour"
    label = "labour"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """No edition is confirmed whose labour.yaml cannot be read here."""
        from mingbai.catalogue.rules.readers import register_reader
        from mingbai.labour.rules import LABOUR_FILE, read_labour

        register_reader(LABOUR_FILE, read_labour)
