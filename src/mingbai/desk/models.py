"""Drafts: what has been entered for a step and not yet done. Personal to the user; gone when the step is done."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """One user's unfinished entry for one step of one case."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    case = models.CharField(max_length=40)
    step = models.CharField(max_length=80)
    values = models.JSONField(default=dict)
    papers = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "case", "step"], name="one_draft_per_step")]
