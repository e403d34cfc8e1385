from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "mingbai.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """No edition is confirmed whose layouts.yaml cannot be read here."""
        from mingbai.catalogue.rules.readers import register_reader
        from mingbai.exchange.rules.layouts import LAYOUTS_FILE, read_layouts

        register_reader(LAYOUTS_FILE, read_layouts)
