"""What is recorded about people on relief can be added to, never changed or removed: the database itself refuses."""

from __future__ import annotations

from django.db import migrations

from mingbai.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("relief", "0001_initial")]
    operations = [
        *append_only("relief_household", "relief"),
        *append_only("relief_member", "relief"),
        *append_only("relief_enrolment", "relief", key="number"),
        *append_only("relief_change", "relief"),
        *append_only("relief_paymentlist", "relief", key="number"),
        *append_only("relief_paymentline", "relief"),
        *append_only("relief_report", "relief"),
        *append_only("relief_reportline", "relief"),
        *append_only("relief_listsignature", "relief"),
        *append_only("relief_listpublication", "relief", key="list_id"),
        *append_only("relief_filing", "relief"),
        *append_only("relief_reading", "relief"),
    ]
