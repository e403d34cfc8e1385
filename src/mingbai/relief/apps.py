from __future__ import annotations

from django.apps import AppConfig


class ReliefConfig(AppConfig):
    name = "mingbai.relief"
    label = "relief"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """No edition is confirmed whose exclusions.yaml cannot be read here."""
        from mingbai.catalogue.rules.readers import register_reader
        from mingbai.relief.rules import EXCLUSIONS_FILE, read_exclusions

        register_reader(EXCLUSIONS_FILE, read_exclusions)
