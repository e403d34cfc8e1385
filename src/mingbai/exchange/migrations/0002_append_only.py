"""Receipts and what they stand for are added to, never changed or removed: the database itself refuses."""

from __future__ import annotations

from django.db import migrations

from mingbai.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]
    operations = [
        *append_only("exchange_receiptrow", "exchange", key="number"),
        *append_only("exchange_takenkey", "exchange"),
        *append_only("exchange_headermap", "exchange"),
    ]
