"""Invoices may be used once in the district: uses, payments and freeings, append-only like papers."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from mingbai.journal.append_only import append_only

_ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def _of_use(name: str, related: str, *fields: tuple[str, models.Field]) -> migrations.CreateModel:
    use = models.OneToOneField(
        on_delete=django.db.models.deletion.PROTECT, related_name=related, to="evidence.invoiceuse"
    )
    recorded = [("actor", models.CharField(max_length=64)), ("recorded_at", models.DateTimeField())]
    return migrations.CreateModel(name=name, fields=[_ID, *fields, *recorded, ("use", use)])


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_subject")]
    operations = [
        migrations.CreateModel(
            name="InvoiceUse",
            fields=[
                _ID,
                ("code", models.CharField(blank=True, max_length=12)),
                ("number", models.CharField(max_length=20)),
                ("turn", models.PositiveIntegerField(default=1)),
                ("village", models.CharField(db_index=True, max_length=12)),
                ("subject", models.CharField(max_length=64)),
                ("paper", models.CharField(blank=True, max_length=32)),
                ("seller", models.CharField(blank=True, max_length=120)),
                ("amount_fen", models.BigIntegerField(null=True)),
                ("issued_on", models.DateField(null=True)),
                ("actor", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "number", "turn"), name="invoice_used_once")
                ]
            },
        ),
        _of_use("InvoicePaid", "paid", ("voucher", models.CharField(max_length=40))),
        _of_use("InvoiceFreed", "freed", ("reason", models.CharField(max_length=240))),
        *append_only("evidence_invoiceuse", "evidence"),
        *append_only("evidence_invoicepaid", "evidence"),
        *append_only("evidence_invoicefreed", "evidence"),
    ]
