"""What was asked to be taken down, what a second person said, and which copies are gone: append-only."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from mingbai.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0006_found"),
    ]

    operations = [
        migrations.CreateModel(
            name="WithdrawalAsked",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("publication", models.CharField(db_index=True, max_length=40)),
                ("copy", models.CharField(blank=True, max_length=64)),
                ("village", models.CharField(max_length=12)),
                ("reason", models.CharField(max_length=240)),
                ("person", models.CharField(max_length=32)),
                ("office", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="WithdrawnCopy",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("publication", models.CharField(max_length=40)),
                ("reason", models.CharField(max_length=240)),
                ("withdrawn_on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="WithdrawalConfirmed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("taken_down", models.BooleanField()),
                ("person", models.CharField(max_length=32)),
                ("office", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                (
                    "asked",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmed",
                        to="evidence.withdrawalasked",
                    ),
                ),
            ],
        ),
        *append_only("evidence_withdrawalasked", "evidence"),
        *append_only("evidence_withdrawalconfirmed", "evidence"),
        *append_only("evidence_withdrawncopy", "evidence", key="digest"),
    ]
