"""The table of editions. Rows are never changed: see the migration with the triggers."""

from __future__ import annotations

from django.db import models


class EditionRow(models.Model):
    """The district folder as it was confirmed: relative path → text."""

    number = models.PositiveIntegerField(primary_key=True)
    since = models.DateField(db_index=True)
    confirmed_at = models.DateTimeField()
    files = models.JSONField()
    digest = models.CharField(max_length=64)
