"""Numbers are taken from the journal's series; those already given stay given."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_initial"), ("journal", "0003_series")]
    operations = [
        migrations.RunSQL(
            "INSERT INTO journal_series (key, last) SELECT 'objection/' || replace(key, '-', '/'), last FROM complaints_objectionseries",
            migrations.RunSQL.noop,
        ),
        migrations.DeleteModel("ObjectionSeries"),
    ]
