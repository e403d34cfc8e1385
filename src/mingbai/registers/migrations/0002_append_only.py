"""Contracts can be added, never changed or removed: the database itself refuses."""

from __future__ import annotations

from django.db import migrations

from mingbai.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial")]
    operations = [
        *append_only("registers_contractrow", "registers", key="number"),
        *append_only("registers_contractpaper", "registers"),
    ]
