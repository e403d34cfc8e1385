"""Numbers are taken from the journal's series; those already given stay given."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_append_only"), ("journal", "0003_series")]
    operations = [
        migrations.RunSQL(
            "INSERT INTO journal_series (key, last) SELECT 'resolution/' || substr(key, 4), last FROM meetings_series WHERE key LIKE 'no/%'",
            migrations.RunSQL.noop,
        ),
        migrations.DeleteModel("Series"),
    ]
