"""What is recorded of land can be added to, never changed or removed: the database itself refuses."""

from __future__ import annotations

from django.db import migrations

from mingbai.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("land", "0001_initial")]
    operations = [
        *append_only("land_household", "land"),
        *append_only("land_parcel", "land"),
        *append_only("land_mandate", "land"),
        *append_only("land_mandateparcel", "land"),
        *append_only("land_withdrawal", "land"),
        *append_only("land_transferlist", "land", key="number"),
        *append_only("land_transferline", "land"),
        *append_only("land_transferend", "land", key="list_id"),
        *append_only("land_requisition", "land", key="number"),
        *append_only("land_requisitionland", "land"),
        *append_only("land_requisitionsum", "land"),
        *append_only("land_requisitionline", "land"),
        *append_only("land_requisitionshare", "land"),
        *append_only("land_payment", "land", key="number"),
        *append_only("land_paymentline", "land"),
        *append_only("land_paymentreturn", "land"),
        *append_only("land_paymentreturnline", "land"),
        *append_only("land_paymentsignature", "land"),
        *append_only("land_quotagrant", "land"),
        *append_only("land_candidate", "land"),
        *append_only("land_removal", "land", key="candidate_id"),
        *append_only("land_quotashown", "land"),
        *append_only("land_quotareport", "land", key="requisition_id"),
    ]
