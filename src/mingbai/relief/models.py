"""Tables of relief. All are append-only (0002_append_only): an end, a change, a signature is a row of its own."""

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


class Household(_Entered):
    """A household of a village; `id` says nothing about it."""

    id = models.CharField(max_length=32, primary_key=True)
    village = models.CharField(max_length=12, db_index=True)
    group = models.CharField(max_length=20, blank=True)


class Member(_Entered):
    """A person of a household. `digest` is the keyed digest of the identity number; the number is not kept."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="members")
    who = models.CharField(max_length=64, db_index=True)
    relation = models.CharField(max_length=20)
    birth = models.DateField()
    digest = models.CharField(max_length=64, db_index=True)
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "digest"], name="relief_member_once"),
            models.UniqueConstraint(
                fields=["household"], condition=Q(relation="户主"), name="relief_one_head"
            ),
        ]


class Leaving(_Entered):
    """A member lives in the household no more from a day on, and is alive: married away, a household of their own."""

    member = models.OneToOneField(Member, models.PROTECT, related_name="leaving")
    on = models.DateField()
    reason = models.CharField(max_length=20)


class Headship(_Entered):
    """Another member is the head from a day on; the latest counts."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="headships")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    since = models.DateField()


class Enrolment(_Entered):
    """A member, or with `covers` household the whole household through its head, on a scheme from a day."""

    number = models.CharField(max_length=40, primary_key=True)
    village = models.CharField(max_length=12)
    member = models.ForeignKey(Member, models.PROTECT, related_name="enrolments")
    covers = models.CharField(max_length=10)
    scheme = models.CharField(max_length=60)
    case = models.CharField(max_length=64)
    since = models.DateField()
    fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "scheme", "member"], name="relief_case_enrols_once"),
            models.CheckConstraint(condition=Q(fen__gt=0) & ~Q(case=""), name="relief_enrolment_whole"),
        ]
        indexes = [models.Index(fields=["village", "scheme"], name="relief_village_scheme")]


class Change(_Entered):
    """An enrolment is stopped (`fen` 0) or its amount changes from the first of a month."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10)
    month = models.DateField()
    fen = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    event_on = models.DateField()
    overpaid_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="stop", fen=0) | Q(kind="amount", fen__gt=0)) & Q(overpaid_fen__gte=0),
                name="relief_change_whole",
            )
        ]


class PaymentList(_Entered):
    """The people to be paid for a month, made once from what is confirmed. Month: its first day."""

    number = models.CharField(max_length=60, primary_key=True)
    village = models.CharField(max_length=12)
    scheme = models.CharField(max_length=60)
    month = models.DateField()
    total_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "scheme", "month"], name="relief_list_once")
        ]


class PaymentLine(models.Model):
    """One person on a payment list."""

    list = models.ForeignKey(PaymentList, models.PROTECT, related_name="lines")
    line = models.PositiveIntegerField()
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="+")
    fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "line"], name="relief_line_once"),
            models.UniqueConstraint(fields=["list", "enrolment"], name="relief_paid_once"),
            models.CheckConstraint(condition=Q(fen__gt=0), name="relief_line_positive"),
        ]


class Report(_Entered):
    """A list that came back: publicised or paid. The latest of each source counts; earlier ones stay."""

    list = models.ForeignKey(PaymentList, models.PROTECT, related_name="reports")
    source = models.CharField(max_length=10)
    count = models.PositiveIntegerField()
    differing = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=["publicised", "paid"]), name="relief_report_source"
            )
        ]


class ReportLine(models.Model):
    """One line of a list that came back, as it stood there."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="lines")
    line = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    fen = models.BigIntegerField()


class ListSignature(_Entered):
    """Somebody signs that a list was paid as confirmed; two persons in two offices."""

    list = models.ForeignKey(PaymentList, models.PROTECT, related_name="signatures")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "person"], name="relief_signs_once"),
            models.UniqueConstraint(fields=["list", "office"], name="relief_office_signs_once"),
        ]


class ListPublication(_Entered):
    """The list of a month went out to the public, masked."""

    list = models.OneToOneField(PaymentList, models.PROTECT, primary_key=True, related_name="publication")


class ListVoucher(_Entered):
    """A voucher of the village's book whose money paid a list; the sums of all of them are the list's."""

    list = models.ForeignKey(PaymentList, models.PROTECT, related_name="vouchers")
    village = models.CharField(max_length=12)
    voucher = models.CharField(max_length=60)
    fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "voucher"], name="relief_voucher_pays_once"),
            models.CheckConstraint(condition=Q(fen__gt=0), name="relief_voucher_positive"),
        ]


class Filing(_Entered):
    """An applicant is a near relative of somebody in office; `declared` false: the system noticed it."""

    village = models.CharField(max_length=12)
    case = models.CharField(max_length=64)
    applicant = models.CharField(max_length=64)
    relative = models.CharField(max_length=64)
    relation = models.CharField(max_length=40, blank=True)
    declared = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "applicant", "relative", "declared"], name="relief_filed_once"
            ),
            models.CheckConstraint(condition=~Q(applicant=F("relative")), name="relief_filing_two"),
        ]


class Reading(_Entered):
    """Somebody opened a household's page, and why (个人信息保护法 第51条)."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="readings")
    purpose = models.CharField(max_length=60)
