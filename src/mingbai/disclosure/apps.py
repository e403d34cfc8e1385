from __future__ import annotations

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "mingbai.disclosure"
    label = "disclosure"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """No edition is confirmed whose disclosure.yaml or due.yaml cannot be read here."""
        from mingbai.catalogue.rules.readers import register_reader
        from mingbai.disclosure.rules.due_file import DUE, load_due
        from mingbai.disclosure.rules.profiles import load_profiles

        register_reader("disclosure.yaml", load_profiles)
        register_reader(DUE, load_due)
