"""Tables of the ledger. Vouchers, lines, papers and closings are append-only (0002_append_only).

Lines are written before their voucher: the insert of the voucher then proves that they balance, and the
deferred foreign key proves that no line is without a voucher (0003_balanced). This works alike on SQLite and
PostgreSQL.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Book(models.Model):
    """One village's book. Its row is locked by every posting, so numbers and balances cannot race."""

    village = models.CharField(primary_key=True, max_length=12)
    opened_on = models.DateField()
    closed_through = models.CharField(max_length=7, blank=True)


class Balance(models.Model):
    """Running sums of one account: derived from the lines, kept so that a posting costs the same for ever.

    `liquid` marks cash and bank: the database itself refuses to let them fall below zero.
    """

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="balances")
    account = models.CharField(max_length=8)
    liquid = models.BooleanField()
    debit_fen = models.BigIntegerField(default=0)
    credit_fen = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "account"], name="balance_account_once"),
            models.CheckConstraint(
                condition=Q(liquid=False) | Q(debit_fen__gte=F("credit_fen")), name="balance_not_overdrawn"
            ),
        ]


class Voucher(models.Model):
    """One numbered act of bookkeeping. Serial 0 of a month is only the opening balance."""

    class Kind(models.TextChoices):
        """What a voucher does to the village's money."""

        OPENING = "opening"
        PAYMENT = "payment"
        RECEIPT = "receipt"
        MOVE = "move"
        CONTRA = "contra"
        ENTRY = "entry"
        YEAREND = "yearend"

    id = models.CharField(primary_key=True, max_length=40)
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="vouchers")
    month = models.CharField(max_length=7)
    serial = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    occurred_on = models.DateField()
    summary = models.CharField(max_length=300)
    case = models.CharField(max_length=64, blank=True)
    decision = models.CharField(max_length=120, blank=True)
    party = models.CharField(max_length=120, blank=True)
    party_account = models.CharField(max_length=64, blank=True)
    method = models.CharField(max_length=4, blank=True)
    amount_fen = models.BigIntegerField()
    income_fen = models.BigIntegerField(default=0)
    expense_fen = models.BigIntegerField(default=0)
    balance_fen = models.BigIntegerField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    fingerprint = models.CharField(max_length=64, unique=True)
    person = models.CharField(max_length=64)
    office = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "month", "serial"], name="voucher_number_once"),
            models.CheckConstraint(
                condition=Q(amount_fen__gte=0, balance_fen__gte=0), name="voucher_amounts_not_below_zero"
            ),
            models.CheckConstraint(
                condition=~Q(kind="payment")
                | (
                    ~Q(case="")
                    & ~Q(decision="")
                    & ~Q(party="")
                    & Q(amount_fen__gt=0, expense_fen=F("amount_fen"))
                ),
                name="voucher_payment_has_decision",
            ),
            models.CheckConstraint(
                condition=(Q(kind="opening") & Q(serial=0)) | (~Q(kind="opening") & Q(serial__gte=1)),
                name="voucher_serial_from_one",
            ),
            models.CheckConstraint(
                condition=Q(kind="contra", corrects__isnull=False)
                | (~Q(kind="contra") & Q(corrects__isnull=True)),
                name="voucher_contra_names_voucher",
            ),
        ]
        indexes = [models.Index(fields=["case"], name="voucher_case")]


class LineRow(models.Model):
    """One line: exactly one side is above zero."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="lines")
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="lines")
    month = models.CharField(max_length=7)
    account = models.CharField(max_length=8)
    sub = models.CharField(max_length=8, db_default="")
    summary = models.CharField(max_length=240, db_default="")
    party = models.CharField(max_length=120, db_default="")
    debit_fen = models.BigIntegerField()
    credit_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(debit_fen__gt=0, credit_fen=0) | Q(debit_fen=0, credit_fen__gt=0),
                name="line_one_side",
            )
        ]
        indexes = [models.Index(fields=["book", "month", "account"], name="line_book_month")]


class VoucherPaper(models.Model):
    """A paper behind a voucher, by its digest."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="papers")
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="papers")
    paper = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voucher", "paper"], name="voucher_paper_once")]
        indexes = [models.Index(fields=["book", "digest"], name="paper_book_digest")]


class Closing(models.Model):
    """The closing statement of one month."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="closings")
    month = models.CharField(max_length=7)
    count = models.PositiveIntegerField()
    opening_fen = models.BigIntegerField()
    income_fen = models.BigIntegerField()
    expense_fen = models.BigIntegerField()
    closing_fen = models.BigIntegerField()
    person = models.CharField(max_length=64)
    office = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "month"], name="closing_month_once"),
            models.CheckConstraint(
                condition=Q(closing_fen=F("opening_fen") + F("income_fen") - F("expense_fen")),
                name="closing_adds_up",
            ),
        ]


class MonthBalance(models.Model):
    """What one account moved in one month: a page of a month reads these, never earlier lines.

    `month` is empty for what stood when the book was opened, and `2026-13` for the closing of the year 2026:
    so a year's income and expenses stay readable after they have been carried over.
    """

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="months")
    month = models.CharField(max_length=7, blank=True)
    account = models.CharField(max_length=8)
    debit_fen = models.BigIntegerField(default=0)
    credit_fen = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "month", "account"], name="month_account_once")
        ]


class SubAccount(models.Model):
    """A village's own account below one of the chart, such as one debtor or one bank account, from a day on.

    A later row with the same code gives it another name from its own day on.
    """

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="subaccounts")
    code = models.CharField(max_length=8)
    name = models.CharField(max_length=60)
    since = models.DateField()
    person = models.CharField(max_length=64)
    office = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "code", "since"], name="subaccount_day_once")]


class BankLine(models.Model):
    """One line of a bank statement: money in above zero, money out below; `balance_fen` as the bank says."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="bank_lines")
    account = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    day = models.DateField()
    amount_fen = models.BigIntegerField()
    balance_fen = models.BigIntegerField()
    party = models.CharField(max_length=120, blank=True)
    summary = models.CharField(max_length=240, blank=True)
    person = models.CharField(max_length=64)
    office = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "account", "key"], name="bank_line_once"),
            models.CheckConstraint(condition=~Q(amount_fen=0), name="bank_line_moves_money"),
        ]
        indexes = [models.Index(fields=["book", "day"], name="bank_line_day")]


class BreakRow(models.Model):
    """A break between book and bank, or its mending: the latest row of a key says how it stands."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="breaks")
    key = models.CharField(max_length=80)
    found = models.BooleanField()
    amount_fen = models.BigIntegerField()
    words = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
