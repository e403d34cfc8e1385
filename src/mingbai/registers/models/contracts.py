"""Tables of contracts and their papers (0002_append_only)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class ContractRow(models.Model):
    """One contract."""

    number = models.CharField(primary_key=True, max_length=40)
    village = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    case = models.CharField(max_length=64)
    party = models.CharField(max_length=120)
    price_fen = models.BigIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    signed_on = models.DateField()
    person = models.CharField(max_length=64)
    office = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "year", "serial"], name="contract_number_once"),
            models.CheckConstraint(
                condition=Q(price_fen__gt=0) & Q(ends_on__gte=F("starts_on")) & ~Q(party="") & ~Q(case=""),
                name="contract_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "ends_on"], name="contract_village_end"),
            models.Index(fields=["case"], name="contract_case"),
        ]


class ContractPaper(models.Model):
    """A paper of a contract, by its digest."""

    contract = models.ForeignKey(ContractRow, on_delete=models.PROTECT, related_name="papers")
    paper = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "paper"], name="contract_paper_once")]
