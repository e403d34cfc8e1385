"""What the machine found on a copy of a paper, append-only."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from mingbai.journal.append_only import append_only

_ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
_PAPER = models.ForeignKey(
    on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="evidence.paper"
)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0005_straightened")]
    operations = [
        migrations.CreateModel(
            name="Found",
            fields=[
                _ID,
                ("copy", models.CharField(max_length=64)),
                ("boxes", models.JSONField()),
                ("recorded_at", models.DateTimeField()),
                ("paper", _PAPER),
            ],
        ),
        *append_only("evidence_found", "evidence"),
    ]
