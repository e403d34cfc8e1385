"""Numbers are taken from the journal's series; those already given stay given."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("journal", "0003_series")]
    operations = [
        migrations.RunSQL(
            "INSERT INTO journal_series (key, last) SELECT 'case/' || replace(key, '-', '/'), last FROM cases_numberseries",
            migrations.RunSQL.noop,
        ),
        migrations.DeleteModel("NumberSeries"),
    ]
