from __future__ import annotations

from django.apps import AppConfig


class LandConfig(AppConfig):
    name = "mingbai.land"
    label = "land"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """No edition is confirmed whose land.yaml cannot be read here."""
        from mingbai.catalogue.rules.readers import register_reader
        from mingbai.land.rules import LAND_FILE, read_land

        register_reader(LAND_FILE, read_land)
