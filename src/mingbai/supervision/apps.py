from __future__ import annotations

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "mingbai.supervision"
    label = "supervision"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """No edition is confirmed whose risk_rules.yaml cannot be read here."""
        from mingbai.catalogue.rules.readers import register_reader
        from mingbai.supervision.rules import load_rules

        register_reader("risk_rules.yaml", load_rules)
