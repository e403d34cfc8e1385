"""A paper knows what it was handed in for."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_append_only")]
    operations = [
        migrations.AddField(
            model_name="paper",
            name="subject",
            field=models.CharField(max_length=64, null=True, db_index=True),
        ),
    ]
