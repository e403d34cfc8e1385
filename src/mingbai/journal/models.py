"""Tables of the journal."""

from __future__ import annotations

from django.db import models


class Head(models.Model):
    """One row: the last entry's number, digest and instant. Locked while an act is recorded."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")
    recorded_at = models.DateTimeField(null=True)


class EntryRow(models.Model):
    """One act. Append-only by trigger."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    act = models.CharField(max_length=48)
    village = models.CharField(max_length=12)
    subject = models.CharField(max_length=64)
    actor = models.CharField(max_length=32, blank=True)
    office = models.CharField(max_length=64, blank=True)
    occurred_on = models.DateField()
    recorded_at = models.DateTimeField()
    content = models.TextField()
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "journal_entry"
        indexes = [
            models.Index("village", "seq", name="journal_village"),
            models.Index("subject", "seq", name="journal_subject"),
        ]


class Series(models.Model):
    """The last number given in a series, such as a village's cases of one power and year."""

    key = models.CharField(max_length=96, primary_key=True)
    last = models.PositiveIntegerField()


class Cursor(models.Model):
    """How far a follower has read."""

    name = models.CharField(max_length=48, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
