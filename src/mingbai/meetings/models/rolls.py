"""Tables of rolls, append-only (0002_append_only)."""

from __future__ import annotations

from django.db import models


class RollVersion(models.Model):
    """Who makes up a body from `since` on; a later version of the same day replaces it.

    term_from: the day on which the body was elected, where its members serve a term.
    """

    village = models.CharField(max_length=12)
    body = models.CharField(max_length=40)
    since = models.DateField()
    term_from = models.DateField(null=True)
    person = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["village", "body", "since"], name="roll_village_body")]


class RollName(models.Model):
    """One name on a roll."""

    roll = models.ForeignKey(RollVersion, on_delete=models.PROTECT, related_name="names")
    person = models.CharField(max_length=64)
    name = models.CharField(max_length=60)
    household = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roll", "person"], name="roll_person_once")]
