"""Cash that came in, advances and petty cash, accounts of payees, and instructions to the bank.

`left_fen` is derived under the lock of the book; every other row is append-only (0006_handling_append_only).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mingbai.ledger.models.books import Book, Voucher


class Signed(models.Model):
    """Who wrote a row, in which office, and when it was recorded."""

    person = models.CharField(max_length=64)
    office = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class CashIncome(models.Model):
    """Cash that came in by one voucher; `left_fen` has not been taken to the bank yet."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="cash_incomes")
    voucher = models.OneToOneField(Voucher, on_delete=models.PROTECT, related_name="cash_income")
    day = models.DateField()
    fen = models.BigIntegerField()
    left_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fen__gt=0, left_fen__gte=0, left_fen__lte=F("fen")),
                name="cash_income_left_within",
            )
        ]
        indexes = [models.Index(fields=["book", "left_fen"], name="cash_income_left")]


class CashBanked(models.Model):
    """What one voucher took of one income: above zero when it went to the bank, below when that was undone."""

    income = models.ForeignKey(CashIncome, on_delete=models.PROTECT, related_name="banked")
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="banked")
    fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["income", "voucher"], name="cash_banked_once"),
            models.CheckConstraint(condition=~Q(fen=0), name="cash_banked_moves"),
        ]


class Advance(Signed):
    """Money handed to a person for a purpose until a day: an advance, or a petty cash fund.

    `who` is the person's id in `organisations`; `left_fen` has not been settled yet.
    """

    class Kind(models.TextChoices):
        """Settled once, or replenished until it is given back."""

        ADVANCE = "advance"
        PETTY = "petty"

    number = models.CharField(primary_key=True, max_length=40)
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="advances")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    use = models.CharField(max_length=40)
    purpose = models.CharField(max_length=240)
    who = models.CharField(max_length=32)
    name = models.CharField(max_length=60)
    issued_on = models.DateField()
    due_on = models.DateField()
    fen = models.BigIntegerField()
    left_fen = models.BigIntegerField()
    case = models.CharField(max_length=64)
    voucher = models.OneToOneField(Voucher, on_delete=models.PROTECT, related_name="advance")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fen__gt=0, left_fen__gte=0, left_fen__lte=F("fen")), name="advance_left_within"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("issued_on")), name="advance_due_after_issue"),
            models.UniqueConstraint(
                fields=["book", "who"], condition=Q(kind="petty", left_fen__gt=0), name="petty_one_a_person"
            ),
        ]
        indexes = [models.Index(fields=["book", "left_fen"], name="advance_left")]


class Clearing(Signed):
    """How an advance was settled: so much by papers, so much given back; together all of it.

    Again only when the voucher of the earlier settling was corrected.
    """

    advance = models.ForeignKey(Advance, on_delete=models.PROTECT, related_name="clearings")
    voucher = models.OneToOneField(Voucher, on_delete=models.PROTECT, related_name="clearing")
    on = models.DateField()
    spent_fen = models.BigIntegerField()
    returned_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(spent_fen__gte=0, returned_fen__gte=0), name="clearing_not_below_zero"
            )
        ]


class BankAccount(Signed):
    """An account of the village at a bank, in the name of its committee or collective, never a person's."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="bank_accounts")
    holder = models.CharField(max_length=120)
    number = models.CharField(max_length=64)
    bank = models.CharField(max_length=120)
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="bank_account_once")]


class PayeeAccount(Signed):
    """The account at which somebody is paid; a later row replaces it from its own day on."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="payee_accounts")
    payee = models.CharField(max_length=120)
    number = models.CharField(max_length=64)
    bank = models.CharField(max_length=120)
    since = models.DateField()
    paper = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["book", "payee"], name="payee_account_name")]


class DeclaredPayee(Signed):
    """What was declared about a payee who bears the name of a cadre, of his near relative, or of their firm.

    `kind`: `firm` says that a firm belongs to `who`; `kin` that the kinship is known and public in this case;
    `namesake` that it is another person of the same name.
    """

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="declared_payees")
    kind = models.CharField(max_length=8)
    payee = models.CharField(max_length=120)
    who = models.CharField(max_length=32, blank=True)
    case = models.CharField(max_length=64, blank=True)
    words = models.CharField(max_length=240)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="firm") & ~Q(who="")) | (Q(kind__in=["kin", "namesake"]) & ~Q(case="")),
                name="declared_payee_known_kind",
            )
        ]
        indexes = [models.Index(fields=["book", "payee"], name="declared_payee_name")]


class TransferFile(Signed):
    """One file of instructions to the bank."""

    number = models.CharField(primary_key=True, max_length=40)
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="transfer_files")
    layout = models.CharField(max_length=40)
    payer_account = models.CharField(max_length=64)
    made_on = models.DateField()
    count = models.PositiveIntegerField()
    total_fen = models.BigIntegerField()
    digest = models.CharField(max_length=64)


class TransferLine(models.Model):
    """One instruction: this payment step of this case, once; again only after the bank refused it."""

    file = models.ForeignKey(TransferFile, on_delete=models.PROTECT, related_name="lines")
    reference = models.CharField(max_length=60, unique=True)
    case = models.CharField(max_length=64)
    step = models.CharField(max_length=96)
    turn = models.PositiveSmallIntegerField()
    attempt = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=120)
    payee = models.CharField(max_length=120)
    payee_account = models.CharField(max_length=64)
    payee_bank = models.CharField(max_length=120)
    fen = models.BigIntegerField()
    purpose = models.CharField(max_length=240)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step", "turn", "attempt"], name="transfer_instructed_once"
            ),
            models.CheckConstraint(condition=Q(fen__gt=0), name="transfer_above_zero"),
        ]


class TransferReturn(Signed):
    """What the bank said of one instruction."""

    line = models.OneToOneField(TransferLine, on_delete=models.PROTECT, related_name="returned")
    done = models.BooleanField()
    reason = models.CharField(max_length=240, blank=True)
    on = models.DateField()
