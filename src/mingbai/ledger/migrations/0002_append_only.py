"""Vouchers, lines, papers and closings can be added, never changed or removed: the database itself refuses."""

from __future__ import annotations

from django.db import migrations

from mingbai.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        *append_only("ledger_voucher", "ledger"),
        *append_only("ledger_linerow", "ledger"),
        *append_only("ledger_voucherpaper", "ledger"),
        *append_only("ledger_closing", "ledger"),
    ]
