"""A meeting of one villagers' group says of which."""

from __future__ import annotations

from django.db import migrations, models

from mingbai.journal.append_only import widened


class Migration(migrations.Migration):
    dependencies = [("meetings", "0007_delegations")]
    operations = widened(
        "meetings_meetingrow",
        "meetings",
        "number",
        [
            migrations.AddField(
                model_name="meetingrow",
                name="group",
                field=models.CharField(blank=True, default="", max_length=20),
            ),
        ],
    )
