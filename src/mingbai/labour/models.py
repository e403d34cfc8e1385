"""Tables of labour. All are append-only (0002_append_only): a correction, a signature, a payment is a row of its own."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class _Entered(models.Model):
    """By whom, in which office, when."""

    person = models.CharField(max_length=64)
    office = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class Worker(_Entered):
    """Somebody who works for a village; `digest` is the keyed digest of the identity number, which is not kept."""

    digest = models.CharField(max_length=64)
    who = models.CharField(max_length=64)
    village = models.CharField(max_length=12)
    outsider = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["village", "digest"], name="labour_worker_once")]
        indexes = [models.Index(fields=["digest"], name="labour_worker_digest")]


class WorkOrder(_Entered):
    """A job that a case decided: where, from when to when, for how much a unit, at most so much in all."""

    number = models.CharField(max_length=40, primary_key=True)
    village = models.CharField(max_length=12, db_index=True)
    case = models.CharField(max_length=64, unique=True)
    job = models.CharField(max_length=100)
    place = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField()
    unit = models.CharField(max_length=4)
    rate_fen = models.BigIntegerField()
    days = models.PositiveIntegerField()
    total_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__in=["day", "half", "hour"], rate_fen__gt=0, days__gt=0, total_fen__gt=0)
                & Q(until__gte=F("since"))
                & ~Q(case=""),
                name="labour_order_whole",
            )
        ]


class Sheet(_Entered):
    """What one person recorded at once of an order."""

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="sheets")


class Witness(_Entered):
    """Another person saw the work; `paper` is the photograph of the signed sheet."""

    sheet = models.OneToOneField(Sheet, models.PROTECT, primary_key=True, related_name="witness")
    paper = models.CharField(max_length=64)


class Attendance(models.Model):
    """A person's half day (1 morning, 2 afternoon) at an order; `hours` of it where the order pays by the hour.

    `digest` and not the worker makes it once in the district; `turn` counts the withdrawals of that half day before.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="lines")
    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="attendance")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="attendance")
    digest = models.CharField(max_length=64)
    on = models.DateField()
    half = models.PositiveSmallIntegerField()
    hours = models.PositiveSmallIntegerField(default=0)
    turn = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "on", "half", "turn"], name="labour_one_place"),
            models.CheckConstraint(
                condition=Q(half__in=[1, 2], hours__lte=12), name="labour_attendance_whole"
            ),
        ]
        indexes = [models.Index(fields=["order", "on"], name="labour_order_on")]


class Withdrawal(_Entered):
    """A half day was recorded by mistake."""

    attendance = models.OneToOneField(Attendance, models.PROTECT, primary_key=True, related_name="withdrawal")
    reason = models.CharField(max_length=200)


class ExternalState(_Entered):
    """From outside: a person is in school, in hospital or in custody from a day to a day (R55)."""

    digest = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField()
    source = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "kind", "since", "until"], name="labour_state_once"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="labour_state_days"),
        ]


class Allowance(_Entered):
    """A person receives a fixed allowance (误工补贴) by the month, as a case decided."""

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="allowances")
    case = models.CharField(max_length=64)
    since = models.DateField()
    until = models.DateField()
    fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fen__gt=0, until__gte=F("since")) & ~Q(case=""), name="labour_allowance_whole"
            )
        ]


class Appraisal(_Entered):
    """The villagers' democratic appraisal of a person for a year (村民委员会组织法 第38条)."""

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="appraisals")
    year = models.PositiveSmallIntegerField()
    result = models.CharField(max_length=20)
    held_on = models.DateField()
    paper = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker", "year"], name="labour_appraised_once")]


class PayList(_Entered):
    """What a month of an order earns, or without an order the allowances of a month. Month: its first day."""

    number = models.CharField(max_length=60, primary_key=True)
    village = models.CharField(max_length=12)
    order = models.ForeignKey(WorkOrder, models.PROTECT, null=True, related_name="lists")
    case = models.CharField(max_length=64, db_index=True)
    month = models.DateField()
    turn = models.PositiveSmallIntegerField(default=0)
    units = models.PositiveIntegerField()
    total_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "month", "turn"], name="labour_list_once"),
            models.CheckConstraint(condition=Q(total_fen__gt=0), name="labour_list_positive"),
        ]
        indexes = [models.Index(fields=["village", "month"], name="labour_list_month")]


class PayLine(models.Model):
    """One person on a pay list; `units` are half days or hours, and 0 for an allowance; `rate_fen` as decided."""

    list = models.ForeignKey(PayList, models.PROTECT, related_name="lines")
    line = models.PositiveIntegerField()
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    units = models.PositiveIntegerField()
    rate_fen = models.BigIntegerField()
    fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "line"], name="labour_line_once"),
            models.UniqueConstraint(fields=["list", "worker"], name="labour_paid_once"),
            models.CheckConstraint(condition=Q(fen__gt=0), name="labour_line_positive"),
        ]


class ListSignature(_Entered):
    """Somebody signs that a list is what was worked; two persons in two offices."""

    list = models.ForeignKey(PayList, models.PROTECT, related_name="signatures")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "person"], name="labour_signs_once"),
            models.UniqueConstraint(fields=["list", "office"], name="labour_office_signs_once"),
        ]


class ListVoid(_Entered):
    """A list that was made wrongly counts no more."""

    list = models.OneToOneField(PayList, models.PROTECT, primary_key=True, related_name="void")
    reason = models.CharField(max_length=200)


class ListPayment(_Entered):
    """The case's payment that paid a list."""

    list = models.OneToOneField(PayList, models.PROTECT, primary_key=True, related_name="payment")
    voucher = models.CharField(max_length=60)


class BankReturn(_Entered):
    """What the bank says it paid. The latest counts; earlier ones stay."""

    list = models.ForeignKey(PayList, models.PROTECT, related_name="returns")
    count = models.PositiveIntegerField()
    differing = models.PositiveIntegerField()


class BankLine(models.Model):
    """One line of the bank's return, as it stood there."""

    bank = models.ForeignKey(BankReturn, models.PROTECT, related_name="lines")
    line = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    fen = models.BigIntegerField()


class RollPublication(_Entered):
    """A list went out to the public."""

    list = models.OneToOneField(PayList, models.PROTECT, primary_key=True, related_name="publication")
