"""One table for numbers without a gap."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                ("key", models.CharField(max_length=96, primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField()),
            ],
        ),
    ]
