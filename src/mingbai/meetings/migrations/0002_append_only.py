"""Rolls and resolutions can be added, never changed or removed: the database itself refuses."""

from __future__ import annotations

from django.db import migrations

from mingbai.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]
    operations = [
        *append_only("meetings_rollversion", "meetings"),
        *append_only("meetings_rollname", "meetings"),
        *append_only("meetings_resolutionrow", "meetings", key="number"),
        *append_only("meetings_resolutionname", "meetings"),
    ]
