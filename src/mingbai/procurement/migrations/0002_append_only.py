"""Suppliers, quotes and retentions can be added to, never changed or removed: the database itself refuses."""

from __future__ import annotations

from django.db import migrations

from mingbai.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("procurement", "0001_initial")]
    operations = [
        *append_only("procurement_supplier", "procurement"),
        *append_only("procurement_owner", "procurement"),
        *append_only("procurement_relation", "procurement"),
        *append_only("procurement_call", "procurement", key="number"),
        *append_only("procurement_opener", "procurement"),
        *append_only("procurement_openersigned", "procurement", key="opener_id"),
        *append_only("procurement_invitation", "procurement"),
        *append_only("procurement_quote", "procurement"),
        *append_only("procurement_withdrawal", "procurement", key="quote_id"),
        *append_only("procurement_opening", "procurement", key="call_id"),
        *append_only("procurement_openedquote", "procurement", key="quote_id"),
        *append_only("procurement_setaside", "procurement", key="quote_id"),
        *append_only("procurement_abandoned", "procurement", key="call_id"),
        *append_only("procurement_retention", "procurement", key="contract"),
        *append_only("procurement_release", "procurement", key="retention_id"),
    ]
