"""Tables of running cases. The journal is the record; these rows are where a case stands now."""

from __future__ import annotations

from datetime import date

from django.db import models


class Case(models.Model):
    """One run of one procedure version; it stays on the edition it began under."""

    class Status(models.TextChoices):
        running = "running"
        suspended = "suspended"
        withdrawn = "withdrawn"
        closed = "closed"

    number = models.CharField(max_length=32, primary_key=True)
    village = models.CharField(max_length=12)
    power = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    edition = models.PositiveIntegerField()
    edition_digest = models.CharField(max_length=64)
    procedure = models.CharField(max_length=64)
    state = models.TextField()
    version = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.running)
    ended = models.CharField(max_length=64, blank=True, default="")
    opened_on = models.DateField()
    opened_by = models.CharField(max_length=32)
    suspended_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("village", "power", "year", "serial", name="case_number_once"),
            models.CheckConstraint(
                condition=models.Q(status__in=["running", "suspended", "withdrawn", "closed"]),
                name="case_status_known",
            ),
        ]
        indexes = [models.Index("village", "status", name="case_village_status")]


class StepRun(models.Model):
    """One visit of a case to a step: open, then done, returned or made void by a return."""

    class Status(models.TextChoices):
        open = "open"
        done = "done"
        returned = "returned"
        void = "void"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    village = models.CharField(max_length=12)
    node = models.CharField(max_length=96)
    turn = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.open)
    entered_on = models.DateField()
    entered_from = models.CharField(max_length=96, blank=True, default="")
    due = models.DateField(null=True)
    person = models.CharField(max_length=32, blank=True, default="")
    office = models.CharField(max_length=64, blank=True, default="")
    done_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=64, blank=True, default="")
    amount_fen = models.BigIntegerField(null=True)
    escalated_on = models.DateField(null=True)
    asked_signatures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "node", "turn", name="step_turn_once"),
            models.UniqueConstraint(
                fields=["case", "node"], condition=models.Q(status="open"), name="step_open_once"
            ),
        ]
        indexes = [models.Index("village", "status", name="step_village_status")]


class Notice(models.Model):
    """A posted notice: it hangs through the whole of `until`, counted from `begins_on` (民法典 第201、203条).

    `objections` counts those lodged against this posting, `open_objections` those of them that nobody has
    answered yet, `upheld_objections` those found right. `posting` counts the sheets: a changed notice is posted
    again, and what hung before is kept in `earlier`. `idle` are days that do not count (from, to), `down_on` the
    day on which the sheet was found missing, until it hangs again; `sheet` is the
    code on the paper. The journal is the record of all of it.
    """

    step = models.OneToOneField(StepRun, on_delete=models.PROTECT, related_name="notice")
    posted_on = models.DateField()
    until = models.DateField()
    days = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=16)
    person = models.CharField(max_length=32)
    office = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    objections = models.PositiveIntegerField(default=0)
    open_objections = models.PositiveIntegerField(default=0)
    upheld_objections = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=8, blank=True, default="")
    proof = models.CharField(max_length=8, default="photo")
    reference = models.CharField(max_length=64, blank=True, default="")
    sheet = models.CharField(max_length=16, blank=True, default="")
    begins_on = models.DateField(null=True)
    posting = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=500, blank=True, default="")
    idle = models.JSONField(default=list)
    down_on = models.DateField(null=True)
    earlier = models.JSONField(default=list)

    @property
    def counted_from(self) -> date:
        """The day after which the days count."""
        return self.begins_on or self.posted_on


class Deadline(models.Model):
    """A longest time between two steps of a case, begun and, when `met_on` is set, kept or at least ended."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    village = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    to_step = models.CharField(max_length=96)
    began_on = models.DateField()
    due = models.DateField()
    citation = models.JSONField()
    met_on = models.DateField(null=True)
    escalated_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index("village", "met_on", name="deadline_village")]


class AskedSignature(models.Model):
    """One more office asked to sign a step before it may be completed (加签); answered once."""

    step = models.ForeignKey(StepRun, on_delete=models.PROTECT, related_name="asked")
    village = models.CharField(max_length=12)
    office = models.CharField(max_length=64)
    reason = models.CharField(max_length=500)
    asked_by = models.CharField(max_length=32)
    asked_on = models.DateField()
    person = models.CharField(max_length=32, blank=True, default="")
    agrees = models.BooleanField(null=True)
    opinion = models.CharField(max_length=500, blank=True, default="")
    signed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("step", "office", name="signature_asked_once")]
