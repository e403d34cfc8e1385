"""Objections as they stand. The receipt is kept only as a digest; no name, no address and no hour of the sender."""

from __future__ import annotations

from django.db import models


class Said(models.Model):
    """What was said, of what, and how it came."""

    receipt_digest = models.CharField(max_length=64, unique=True)
    village = models.CharField(max_length=12)
    case = models.CharField(max_length=32, blank=True, default="")
    step = models.CharField(max_length=96, blank=True, default="")
    # What it was called and whose it was when it was lodged, and which visit of the case it was: steps are renamed
    # when a case moves to a newer chart.
    step_title = models.CharField(max_length=160, blank=True, default="")
    offices = models.JSONField(default=list)
    visit = models.IntegerField(default=-1)
    # A published line: its public id, the journal's number of its act, and its heading.
    line = models.CharField(max_length=40, blank=True, default="")
    entry = models.PositiveBigIntegerField(default=0)
    line_title = models.CharField(max_length=160, blank=True, default="")
    text = models.TextField()
    remedy = models.TextField(blank=True)
    asked = models.CharField(max_length=16, default="other")
    channel = models.CharField(max_length=8, default="web")
    open_words = models.BooleanField(default=False)
    contact = models.CharField(max_length=120, blank=True, default="")
    papers = models.JSONField(default=list)
    words_digest = models.CharField(max_length=64, blank=True, default="")
    lodged_on = models.DateField()
    due = models.DateField()

    class Meta:
        abstract = True


class Objection(Said):
    """One objection to one step of a case or to one published line, and its answer.

    `recorder` is who wrote it down for somebody who telephoned or brought a sheet. `noted` when it holds a notice.
    `joined` counts those who said the same, `joined_told` how many of them the journal knows of.
    `passed_to` is the office to which it went when a last day had passed, `overdue_on` the first such day.
    """

    number = models.CharField(max_length=32, primary_key=True)
    recorder = models.CharField(max_length=32, blank=True, default="")
    noted = models.BooleanField(default=False)
    joined = models.PositiveIntegerField(default=0)
    joined_told = models.PositiveIntegerField(default=0)
    extended_on = models.DateField(null=True)
    overdue_on = models.DateField(null=True)
    passed_to = models.CharField(max_length=64, blank=True, default="")
    told_on = models.DateField(null=True)
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
            models.Index("answered_on", "due", name="objection_waiting_due"),
        ]


class Queued(Said):
    """An objection of a crowded hour: it waits to be entered, or is answered together with the same words."""

    together = models.ForeignKey(Objection, on_delete=models.PROTECT, null=True, related_name="echoes")


class Intake(models.Model):
    """How many objections from the web were entered in the running hour, by target and in all; no sender, no minute."""

    key = models.CharField(max_length=180, primary_key=True)
    hour = models.DateTimeField()
    entered = models.PositiveIntegerField(default=0)
