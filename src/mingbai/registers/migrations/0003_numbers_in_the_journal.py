"""Numbers are taken from the journal's series; those already given stay given."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registers", "0002_append_only"), ("journal", "0003_series")]
    operations = [
        migrations.RunSQL(
            "INSERT INTO journal_series (key, last) SELECT 'contract/' || key, last FROM registers_series",
            migrations.RunSQL.noop,
        ),
        migrations.DeleteModel("Series"),
    ]
