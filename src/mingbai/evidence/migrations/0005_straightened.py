"""Straightened copies of papers, append-only."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from mingbai.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("evidence", "0004_invoices")]
    operations = [
        migrations.CreateModel(
            name="Straightened",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("corners", models.JSONField()),
                ("actor", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="straightenings",
                        to="evidence.paper",
                    ),
                ),
            ],
        ),
        *append_only("evidence_straightened", "evidence"),
    ]
