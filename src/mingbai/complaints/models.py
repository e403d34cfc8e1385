"""Objections as they stand. The receipt is kept only as a digest; no name and no address of the sender."""

from __future__ import annotations

from django.db import models


class Objection(models.Model):
    """One objection to one step of one case, and its answer."""

    number = models.CharField(max_length=32, primary_key=True)
    receipt_digest = models.CharField(max_length=64, unique=True)
    village = models.CharField(max_length=12)
    case = models.CharField(max_length=32)
    step = models.CharField(max_length=96)
    text = models.TextField()
    remedy = models.TextField(blank=True)
    contact = models.CharField(max_length=120, blank=True, default="")
    lodged_on = models.DateField()
    due = models.DateField()
    answer = models.TextField(blank=True, default="")
    upheld = models.BooleanField(null=True)
    answered_on = models.DateField(null=True)
    answered_by = models.CharField(max_length=32, blank=True, default="")
    office = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(upheld__isnull=True) | models.Q(answered_on__isnull=False),
                name="objection_answer_dated",
            )
        ]
        indexes = [
            models.Index("village", "lodged_on", name="objection_village_lodged"),
            models.Index("case", name="objection_case"),
        ]
