"""Tables of exchange: receipts of files, the keys of what they brought, and how headers were mapped. Append-only."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class ReceiptRow(models.Model):
    """One file that was taken in or sent out; the same file is taken once for a village and kind."""

    number = models.CharField(primary_key=True, max_length=40)
    village = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    way = models.CharField(max_length=4)
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    first = models.CharField(max_length=40, blank=True)
    last = models.CharField(max_length=40, blank=True)
    total_fen = models.BigIntegerField(default=0)
    person = models.CharField(max_length=64, blank=True)
    office = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "kind", "digest"], condition=Q(way="in"), name="exchange_file_once"
            ),
            models.CheckConstraint(condition=Q(way__in=["in", "out"]), name="exchange_way_known"),
        ]
        indexes = [models.Index(fields=["village", "recorded_at"], name="exchange_village_time")]


class TakenKey(models.Model):
    """What a file brought, by a digest of what it says: another file with the same line adds nothing."""

    receipt = models.ForeignKey(ReceiptRow, on_delete=models.PROTECT, related_name="keys")
    village = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["village", "kind", "key"], name="exchange_key_once")]


class HeaderMap(models.Model):
    """Somebody said once which header is what; the same header is read so from then on, the latest counts."""

    village = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    fingerprint = models.CharField(max_length=40)
    columns = models.JSONField()
    person = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["village", "kind", "fingerprint"], name="exchange_header")]
