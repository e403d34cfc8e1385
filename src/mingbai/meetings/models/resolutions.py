"""Tables of resolutions, append-only (0002_append_only)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class ResolutionRow(models.Model):
    """One motion decided: figures, the rule that decided them, and the sentence readers see."""

    number = models.CharField(primary_key=True, max_length=80)
    village = models.CharField(max_length=12)
    body = models.CharField(max_length=40)
    body_title = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    case = models.CharField(max_length=64, blank=True)
    motion = models.CharField(max_length=500)
    held_on = models.DateField()
    notified_on = models.DateField(null=True)
    urgent_reason = models.CharField(max_length=200, blank=True)
    meeting = models.CharField(max_length=80, blank=True, default="")
    item = models.PositiveSmallIntegerField(default=1)
    step = models.CharField(max_length=96, blank=True, default="")
    matter = models.CharField(max_length=80, blank=True, default="")
    result = models.CharField(max_length=12)
    roll_size = models.PositiveIntegerField()
    recused = models.PositiveIntegerField()
    entitled = models.PositiveIntegerField()
    present = models.PositiveIntegerField()
    agree = models.PositiveIntegerField()
    against = models.PositiveIntegerField()
    abstain = models.PositiveIntegerField()
    spoilt = models.PositiveIntegerField(default=0)
    not_cast = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    proxies = models.PositiveIntegerField(default=0)
    remote = models.PositiveIntegerField(default=0)
    methods = models.JSONField(default=dict)
    needed_present = models.PositiveIntegerField()
    needed_agree = models.PositiveIntegerField()
    edition = models.PositiveIntegerField()
    rule_since = models.DateField()
    citation = models.JSONField()
    sentence = models.CharField(max_length=300)
    person = models.CharField(max_length=64)
    office = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "body", "year", "serial"], name="resolution_number_once"
            ),
            models.CheckConstraint(
                condition=Q(present__lte=F("entitled")) & Q(entitled__lte=F("roll_size")),
                name="resolution_counts_fit",
            ),
            models.CheckConstraint(
                condition=Q(
                    present=F("agree")
                    + F("against")
                    + F("abstain")
                    + F("spoilt")
                    + F("not_cast")
                    - F("written")
                )
                | Q(result="no_quorum", agree=0, against=0, abstain=0, spoilt=0, not_cast=0),
                name="resolution_every_vote_counted",
            ),
            models.CheckConstraint(
                condition=Q(result__in=["passed", "not_passed", "no_quorum"])
                & (~Q(result="passed") | Q(present__gte=1, agree__gte=F("needed_agree"))),
                name="resolution_passed_has_votes",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "held_on"], name="resolution_village_day"),
            models.Index(fields=["case"], name="resolution_case"),
            models.Index(fields=["meeting"], name="resolution_meeting"),
        ]


class ResolutionName(models.Model):
    """The roll as it stood when the vote closed, copied: later rolls do not reach back."""

    resolution = models.ForeignKey(ResolutionRow, on_delete=models.PROTECT, related_name="names")
    person = models.CharField(max_length=64)
    name = models.CharField(max_length=60)
    household = models.CharField(max_length=64, blank=True)
    present = models.BooleanField()
    recused = models.BooleanField()
    way = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resolution", "person"], name="resolution_person_once")
        ]
