"""An edition is never changed or deleted."""

from django.db import migrations

from mingbai.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = append_only("catalogue_editionrow", "catalogue", key="number")
