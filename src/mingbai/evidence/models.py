"""Tables of papers and of their public copies. Both append-only by trigger."""

from __future__ import annotations

import uuid

from django.db import models


def new_paper_id() -> str:
    """An id that cannot be guessed."""
    return uuid.uuid4().hex


class Paper(models.Model):
    """A sealed original; `cleaned` is empty for a PDF whose pages could not be drawn."""

    id = models.CharField(max_length=32, primary_key=True, default=new_paper_id)
    digest = models.CharField(max_length=64, db_index=True)
    cleaned = models.CharField(max_length=64, blank=True)
    label = models.CharField(max_length=120)
    village = models.CharField(max_length=12)
    media_type = models.CharField(max_length=32)
    size = models.PositiveIntegerField()
    actor = models.CharField(max_length=32)
    recorded_at = models.DateTimeField()
    # What it was handed in for, such as `case:05-…`. May be absent: a column with a default would make SQLite
    # build the table anew, without its triggers.
    subject = models.CharField(max_length=64, null=True, db_index=True)


class Release(models.Model):
    """A public copy of a paper, made after somebody looked at it."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="releases")
    digest = models.CharField(max_length=64, db_index=True)
    masks = models.JSONField()
    actor = models.CharField(max_length=32)
    recorded_at = models.DateTimeField()
