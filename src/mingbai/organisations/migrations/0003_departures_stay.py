"""Departures and numbers can be added, never changed or removed: the database itself refuses."""

from __future__ import annotations

from django.db import migrations

from mingbai.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_departures_and_numbers")]
    operations = [
        *append_only("organisations_departure", "organisations"),
        *append_only("organisations_personnumber", "organisations", key="person_id"),
    ]
