"""What was banked, settled, declared and instructed can be added to, never changed or removed.

Incomes in cash and advances keep one derived figure each (`left_fen`), so they are not among these.
"""

from __future__ import annotations

from django.db import migrations

from mingbai.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_handling")]
    operations = [
        *append_only("ledger_cashbanked", "ledger"),
        *append_only("ledger_clearing", "ledger"),
        *append_only("ledger_bankaccount", "ledger"),
        *append_only("ledger_payeeaccount", "ledger"),
        *append_only("ledger_declaredpayee", "ledger"),
        *append_only("ledger_transferfile", "ledger", key="number"),
        *append_only("ledger_transferline", "ledger"),
        *append_only("ledger_transferreturn", "ledger"),
    ]
