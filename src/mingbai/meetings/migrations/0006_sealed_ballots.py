"""While a vote runs its ballots stand sealed in their box; codes are only added."""

from __future__ import annotations

from django.db import migrations, models

from mingbai.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0005_roll_standings"),
    ]

    operations = [
        migrations.AddField(
            model_name="ballotbox",
            name="batch",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="ballotbox",
            name="issued_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="ballotbox",
            name="issued_by",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="ballotbox",
            name="sealed",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="ballotcode",
            name="batch",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name="ballotbox",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed", True), ("sealed", "")),
                    models.Q(("abstain", 0), ("against", 0), ("agree", 0), ("closed", False)),
                    _connector="OR",
                ),
                name="ballot_box_tells_nothing_until_closed",
            ),
        ),
        *append_only("meetings_ballotcode", "meetings", key="digest"),
    ]
