"""What is recorded about work and pay can be added to, never changed or removed: the database itself refuses."""

from __future__ import annotations

from django.db import migrations

from mingbai.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("labour", "0001_initial")]
    operations = [
        *append_only("labour_worker", "labour"),
        *append_only("labour_workorder", "labour", key="number"),
        *append_only("labour_sheet", "labour"),
        *append_only("labour_witness", "labour", key="sheet_id"),
        *append_only("labour_attendance", "labour"),
        *append_only("labour_withdrawal", "labour", key="attendance_id"),
        *append_only("labour_externalstate", "labour"),
        *append_only("labour_allowance", "labour"),
        *append_only("labour_appraisal", "labour"),
        *append_only("labour_paylist", "labour", key="number"),
        *append_only("labour_payline", "labour"),
        *append_only("labour_listsignature", "labour"),
        *append_only("labour_listvoid", "labour", key="list_id"),
        *append_only("labour_listpayment", "labour", key="list_id"),
        *append_only("labour_bankreturn", "labour"),
        *append_only("labour_bankline", "labour"),
        *append_only("labour_rollpublication", "labour", key="list_id"),
    ]
