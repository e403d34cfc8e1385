from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "mingbai.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """No edition is confirmed whose meetings.yaml cannot be read here."""
        from mingbai.catalogue.rules.readers import register_reader
        from mingbai.meetings.rules import read_bodies
        from mingbai.meetings.rules.competence import read_matters

        register_reader("meetings.yaml", read_bodies)
        register_reader("matters.yaml", read_matters)
