"""Tables of what a contract agrees on and what became of it (append-only by 0005_contracts). Money is in fen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mingbai.registers.models.contracts import ContractRow


class _Entered(models.Model):
    """On which day it was so, by whom and in which office it was entered, and when."""

    on = models.DateField()
    person = models.CharField(max_length=64)
    office = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class ContractTerms(models.Model):
    """What kind of contract it is, its floor price with the decision that set it, and its deposit.

    existing: it was signed before the village used the platform, and entered from its paper.
    """

    contract = models.OneToOneField(ContractRow, models.PROTECT, primary_key=True, related_name="terms")
    kind = models.CharField(max_length=40)
    way = models.CharField(max_length=4)
    floor_fen = models.BigIntegerField(null=True)
    floor_basis = models.CharField(max_length=120, blank=True)
    deposit_fen = models.BigIntegerField(default=0)
    rhythm = models.CharField(max_length=10, blank=True)
    existing = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=["in", "out"], deposit_fen__gte=0)
                & (Q(floor_fen__isnull=True) | Q(floor_fen__gt=0)),
                name="contract_terms_whole",
            )
        ]


class ContractObject(models.Model):
    """An asset or resource that the contract is about."""

    contract = models.ForeignKey(ContractRow, models.PROTECT, related_name="things")
    object = models.CharField(max_length=40, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "object"], name="contract_object_once")]


class ContractFinding(models.Model):
    """Something unlawful in a contract that was signed before the village used the platform: entered as it is."""

    contract = models.ForeignKey(ContractRow, models.PROTECT, related_name="findings")
    key = models.CharField(max_length=20)
    words = models.CharField(max_length=300)
    law = models.CharField(max_length=40)
    article = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "key", "words"], name="contract_finding_once")
        ]


class InstallmentRow(models.Model):
    """One sum due on a day; a change of the schedule is a version of its own, the newest counts."""

    contract = models.ForeignKey(ContractRow, models.PROTECT, related_name="installments")
    version = models.PositiveSmallIntegerField()
    line = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "version", "line"], name="installment_once"),
            models.CheckConstraint(condition=Q(fen__gt=0), name="installment_positive"),
        ]


class ContractChange(_Entered):
    """The contract was changed by a decision: an empty column did not change."""

    contract = models.ForeignKey(ContractRow, models.PROTECT, related_name="changes")
    basis = models.CharField(max_length=120)
    paper = models.CharField(max_length=80)
    party = models.CharField(max_length=120, blank=True)
    price_fen = models.BigIntegerField(null=True)
    ends_on = models.DateField(null=True)


class PerformanceRow(_Entered):
    """A sum that was paid on the contract: the voucher that says so, or a paper where there is no voucher.

    part: null for the price, else what became of the deposit (`rules.deposits`). due_on: the installment that it was
    said to be for. basis: the decision on a deposit
    that is kept.
    """

    contract = models.ForeignKey(ContractRow, models.PROTECT, related_name="performances")
    fen = models.BigIntegerField()
    voucher = models.CharField(max_length=40, blank=True)
    paper = models.CharField(max_length=80, blank=True)
    part = models.CharField(max_length=12, null=True)
    due_on = models.DateField(null=True)
    basis = models.CharField(max_length=120, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fen__gt=0) & (~Q(voucher="") | ~Q(paper="")), name="performance_whole"
            ),
            models.UniqueConstraint(
                fields=["contract", "voucher"], condition=~Q(voucher=""), name="performance_voucher_once"
            ),
        ]


class PerformanceBack(_Entered):
    """A performance was taken back: the contra-voucher of its voucher says so."""

    performance = models.OneToOneField(PerformanceRow, models.PROTECT, related_name="back")
    voucher = models.CharField(max_length=40)


class PartyLetter(_Entered):
    """Somebody other than the party may pay or be paid on the contract, by the paper that the party signed."""

    contract = models.ForeignKey(ContractRow, models.PROTECT, related_name="letters")
    name = models.CharField(max_length=120)
    paper = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "name"], name="contract_letter_once")]


class ContractEnd(_Entered):
    """What was done about the end: returned, renewed by another contract, let again by notice, terminated."""

    contract = models.ForeignKey(ContractRow, models.PROTECT, related_name="ends")
    kind = models.CharField(max_length=12)
    basis = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "kind"], name="contract_end_once")]


class DueWord(models.Model):
    """What was said in public about a contract: overdue or lapsed, or mended; the newest of a key counts."""

    contract = models.ForeignKey(ContractRow, models.PROTECT, related_name="due_words")
    key = models.CharField(max_length=20)
    found = models.BooleanField()
    fen = models.BigIntegerField(default=0)
    recorded_at = models.DateTimeField()
