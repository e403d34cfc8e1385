"""Table of delegations: what a villagers' assembly has given to its representatives. Append-only."""

from __future__ import annotations

from django.db import models


class Delegation(models.Model):
    """From `since` on the representatives may decide the matter, or (`granted` false) may no longer."""

    village = models.CharField(max_length=12)
    matter = models.CharField(max_length=80)
    since = models.DateField()
    granted = models.BooleanField()
    resolution = models.CharField(max_length=80)
    person = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["village", "matter", "since"], name="delegation_village")]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "matter"], name="delegation_once_a_resolution")
        ]
