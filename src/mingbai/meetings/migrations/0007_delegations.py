"""What a villagers' assembly has delegated to its representatives."""

from __future__ import annotations

from django.db import migrations, models

from mingbai.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_sealed_ballots")]
    operations = [
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("village", models.CharField(max_length=12)),
                ("matter", models.CharField(max_length=80)),
                ("since", models.DateField()),
                ("granted", models.BooleanField()),
                ("resolution", models.CharField(max_length=80)),
                ("person", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["village", "matter", "since"], name="delegation_village")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("resolution", "matter"), name="delegation_once_a_resolution"
                    )
                ],
            },
        ),
        *append_only("meetings_delegation", "meetings"),
    ]
