"""Tables of what the village owns: assets, resources, and the stock-takes of both (append-only by 0004_objects).

Money is in fen, area in hundredths of a mu. Nothing here is changed: a change is a row of its own.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class _Entered(models.Model):
    """On which day it was so, by whom and in which office it was entered, and when."""

    on = models.DateField()
    person = models.CharField(max_length=64)
    office = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class ObjectRow(_Entered):
    """One asset or resource as it was registered. `on` is the day of registering, `serial` has no gap in a village."""

    number = models.CharField(primary_key=True, max_length=40)
    village = models.CharField(max_length=12)
    family = models.CharField(max_length=10)
    serial = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    place = models.CharField(max_length=120, blank=True)
    owner = models.CharField(max_length=10)
    group = models.CharField(max_length=40, blank=True)
    custodian = models.CharField(max_length=60)
    state = models.CharField(max_length=10)
    acquired = models.CharField(max_length=20, blank=True)
    acquired_on = models.DateField(null=True)
    value_fen = models.BigIntegerField(null=True)
    funded_by = models.CharField(max_length=80, blank=True)
    account = models.CharField(max_length=20, blank=True)
    area = models.PositiveBigIntegerField(null=True)
    boundaries = models.CharField(max_length=300, blank=True)
    management = models.CharField(max_length=20, blank=True)
    found_in = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "family", "serial"], name="object_number_once"),
            models.CheckConstraint(
                condition=~Q(name="")
                & (
                    Q(family="asset", value_fen__gte=0, area__isnull=True) & ~Q(account="")
                    | Q(family="resource", area__gt=0) & ~Q(boundaries="") & ~Q(management="")
                ),
                name="object_whole",
            ),
        ]
        indexes = [models.Index(fields=["village", "family", "kind", "number"], name="object_village_kind")]


class ObjectPhoto(_Entered):
    """A picture of an object: a paper of `evidence`, by its digest. Every object has one from the first."""

    object = models.ForeignKey(ObjectRow, models.PROTECT, related_name="photos")
    paper = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["object", "paper"], name="object_photo_once")]


class ObjectChange(_Entered):
    """What became of an object: another value, use, custodian or measure, lost, found again, disposed of.

    An empty column did not change. `fen` is the value from then on, or with kind `depreciated` what it lost.
    """

    object = models.ForeignKey(ObjectRow, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, blank=True)
    custodian = models.CharField(max_length=60, blank=True)
    fen = models.BigIntegerField(null=True)
    area = models.PositiveBigIntegerField(null=True)
    boundaries = models.CharField(max_length=300, blank=True)
    management = models.CharField(max_length=20, blank=True)
    way = models.CharField(max_length=20, blank=True)
    basis = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object"], condition=Q(kind="disposed"), name="object_disposed_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind="disposed") | (Q(state="disposed") & ~Q(basis="") & ~Q(way="")),
                name="object_disposed_by_decision",
            ),
            models.CheckConstraint(condition=Q(fen__isnull=True) | Q(fen__gte=0), name="object_change_value"),
        ]


class StockTake(_Entered):
    """A stock-take of everything that a village had on a day (`on`)."""

    number = models.CharField(primary_key=True, max_length=40)
    village = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "year", "serial"], name="stock_take_number_once")
        ]


class StockItem(models.Model):
    """An object that has to be counted, with its state and value when the stock-take was opened."""

    take = models.ForeignKey(StockTake, models.PROTECT, related_name="items")
    object = models.ForeignKey(ObjectRow, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)
    value_fen = models.BigIntegerField(null=True)
    area = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["take", "object"], name="stock_item_once")]


class StockCount(_Entered):
    """What was found of an object; the newest count of an object counts. Without an object: a surplus, with its name."""

    take = models.ForeignKey(StockTake, models.PROTECT, related_name="counts")
    object = models.ForeignKey(ObjectRow, models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=10)
    name = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=200, blank=True)
    paper = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(object__isnull=True, result="surplus") & ~Q(name="") & ~Q(paper="")
                | Q(object__isnull=False, result__in=["found", "missing", "damaged"]),
                name="stock_count_whole",
            )
        ]


class StockSignature(_Entered):
    """Somebody stands for the counts up to `upto` (the newest count then); a later count asks for a new signature."""

    take = models.ForeignKey(StockTake, models.PROTECT, related_name="signatures")
    upto = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["take", "person", "upto"], name="stock_signed_once")]


class StockClosing(_Entered):
    """A stock-take is closed: how many were counted, how many differed."""

    take = models.OneToOneField(StockTake, models.PROTECT, primary_key=True, related_name="closing")
    counted = models.PositiveIntegerField()
    differing = models.PositiveIntegerField()
