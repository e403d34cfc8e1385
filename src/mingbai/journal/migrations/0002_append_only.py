"""Entries can be added, in order and without a gap, never changed or removed: the database itself refuses."""

from __future__ import annotations

from django.db import migrations

from mingbai.journal.append_only import append_only, gap_free


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [
        *append_only("journal_entry", "journal", key="seq"),
        *gap_free("journal_entry", "journal", key="seq"),
    ]
