"""Leaves can be added, in order and without a gap, never changed or removed: the database itself refuses."""

from __future__ import annotations

from django.db import migrations

from mingbai.journal.append_only import append_only, gap_free


class Migration(migrations.Migration):
    dependencies = [("translog", "0001_initial"), ("journal", "0002_append_only")]
    operations = [
        *append_only("translog_leaf", "translog", key="seq"),
        *gap_free("translog_leaf", "translog", key="seq", first=0),
        *append_only("translog_node", "translog"),
    ]
