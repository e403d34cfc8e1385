"""Findings, append-only: a finding can be answered by a later act, never removed. And the self-checks."""

from __future__ import annotations

from django.db import models


class FindingRow(models.Model):
    """One rule found something in one journal entry."""

    rule = models.CharField(max_length=8)
    rule_version = models.PositiveIntegerField()
    entry = models.PositiveBigIntegerField()
    village = models.CharField(max_length=12)
    case = models.CharField(max_length=60, blank=True)
    publication = models.CharField(max_length=40, blank=True)
    severity = models.CharField(max_length=8)
    sentence = models.CharField(max_length=300)
    threshold = models.PositiveIntegerField()
    working_days = models.PositiveIntegerField(null=True)
    raised_at = models.DateTimeField()

    class Meta:
        db_table = "supervision_finding"
        constraints = [models.UniqueConstraint(fields=["rule", "entry"], name="finding_once_per_entry")]
        indexes = [models.Index(fields=["village", "-id"], name="finding_village")]


class SelfCheckRow(models.Model):
    """One check of the records against themselves; `lines` say what is wrong."""

    at = models.DateTimeField(db_index=True)
    ok = models.BooleanField()
    lines = models.JSONField()
    milliseconds = models.PositiveIntegerField()

    class Meta:
        db_table = "supervision_self_check"
