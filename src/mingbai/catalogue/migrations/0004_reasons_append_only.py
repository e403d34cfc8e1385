"""Why an edition was confirmed, and that it was ratified, is never changed or deleted."""

from django.db import migrations

from mingbai.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_drafts")]
    operations = [
        *append_only("catalogue_editionreasonrow", "catalogue", key="edition_id"),
        *append_only("catalogue_ratificationrow", "catalogue", key="edition_id"),
    ]
