"""Tables of meetings as they are called and held; append-only (0005_meetings)."""

from __future__ import annotations

from django.db import models


class MeetingRow(models.Model):
    """A meeting as it was called. What happened since, a change of day included, stands in its entries."""

    number = models.CharField(primary_key=True, max_length=80)
    village = models.CharField(max_length=12)
    body = models.CharField(max_length=40)
    body_title = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    held_on = models.DateField()
    starts_at = models.CharField(max_length=5)
    place = models.CharField(max_length=120)
    notified_on = models.DateField()
    urgent_reason = models.CharField(max_length=200, blank=True)
    by_household = models.BooleanField(default=False)
    group = models.CharField(max_length=20, blank=True, default="")
    edition = models.PositiveIntegerField()
    person = models.CharField(max_length=64)
    office = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "body", "year", "serial"], name="meeting_number_once"),
        ]
        indexes = [models.Index(fields=["village", "-held_on"], name="meeting_village_day")]


class MeetingItem(models.Model):
    """One motion on the agenda; `recused` are the members who stand aside by declared kinship: person → why."""

    meeting = models.ForeignKey(MeetingRow, on_delete=models.PROTECT, related_name="items")
    serial = models.PositiveSmallIntegerField()
    motion = models.CharField(max_length=500)
    case = models.CharField(max_length=64, blank=True)
    step = models.CharField(max_length=96, blank=True)
    matter = models.CharField(max_length=80, blank=True)
    recused = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "serial"], name="meeting_item_once")]
        indexes = [models.Index(fields=["case"], name="meeting_item_case")]


class MeetingEntry(models.Model):
    """One thing that happened at a meeting. `key` is the sender's own: the same one sent twice counts once."""

    meeting = models.ForeignKey(MeetingRow, on_delete=models.PROTECT, related_name="entries")
    serial = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    data = models.JSONField()
    person = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "serial"], name="meeting_entry_order"),
            models.UniqueConstraint(fields=["meeting", "key"], name="meeting_entry_once"),
        ]
