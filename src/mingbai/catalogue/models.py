"""Tables of editions, which are never changed (see the migrations with the triggers), and of drafts of the next one."""

from __future__ import annotations

from django.db import models


class EditionRow(models.Model):
    """The district folder as it was confirmed: relative path → text."""

    number = models.PositiveIntegerField(primary_key=True)
    since = models.DateField(db_index=True)
    confirmed_at = models.DateTimeField()
    files = models.JSONField()
    digest = models.CharField(max_length=64)


class EditionReasonRow(models.Model):
    """Why an edition was confirmed and on whose authority; an emergency one must be ratified by `ratify_by`."""

    edition = models.OneToOneField(EditionRow, on_delete=models.PROTECT, primary_key=True, related_name="why")
    reason = models.TextField()
    citation = models.JSONField(null=True)
    case = models.CharField(max_length=32, blank=True)
    emergency = models.BooleanField(default=False)
    ratify_by = models.DateField(null=True)


class RatificationRow(models.Model):
    """An emergency edition was ratified."""

    edition = models.OneToOneField(
        EditionRow, on_delete=models.PROTECT, primary_key=True, related_name="ratification"
    )
    ratified_on = models.DateField()
    case = models.CharField(max_length=32, blank=True)
    recorded_at = models.DateTimeField()


class DraftRow(models.Model):
    """The next edition while it is written: only the files that differ from edition `base`.

    A working paper, not an act: nothing of it enters the journal. `revision` counts the writes; `based_at` is the
    revision at which it came to stand on `base`.
    """

    class Status(models.TextChoices):
        open = "open"
        confirmed = "confirmed"
        discarded = "discarded"

    name = models.CharField(max_length=60)
    base = models.PositiveIntegerField()
    based_at = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)
    citation = models.JSONField(null=True)
    author = models.CharField(max_length=32)
    opened_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.open)
    edition = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(status="open"), name="draft_name_once"
            ),
        ]


class DraftFileRow(models.Model):
    """One writing of one file of a draft, kept for good: `text` null where the file was taken out.

    `aside`: it could not be merged with what another officer had written, and is kept beside the draft.
    """

    draft = models.ForeignKey(DraftRow, on_delete=models.PROTECT, related_name="writings")
    file = models.CharField(max_length=120)
    text = models.TextField(null=True)
    revision = models.PositiveIntegerField()
    author = models.CharField(max_length=32)
    written_at = models.DateTimeField()
    aside = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index("draft", "file", "revision", name="draft_file_revision")]
