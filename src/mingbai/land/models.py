"""Tables of land. All are append-only (0002_append_only): a withdrawal, an end, a change is a row of its own.

Areas are whole 0.01 mu (亩), sums whole fen.
"""

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
    """A household that contracts land, by its contract's number; the collective's own land stands under none's name."""

    village = models.CharField(max_length=12)
    contract = models.CharField(max_length=40)
    group = models.CharField(max_length=20, blank=True)
    who = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "contract"], name="land_household_once"),
        ]


class Parcel(_Entered):
    """A parcel of a household's contract, or of the collective; `until` the contract's last day."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="parcels")
    village = models.CharField(max_length=12)
    number = models.CharField(max_length=40)
    area = models.PositiveBigIntegerField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "number"], name="land_parcel_once"),
            models.CheckConstraint(condition=Q(area__gt=0), name="land_parcel_area"),
        ]


class Mandate(_Entered):
    """A household's written will (书面委托): for which parcels (`MandateParcel`), from when to when, at what least price."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="mandates")
    since = models.DateField()
    until = models.DateField()
    floor_fen = models.BigIntegerField()
    members_only = models.BooleanField()
    paper = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")) & Q(floor_fen__gte=0) & ~Q(paper=""),
                name="land_mandate_whole",
            )
        ]


class MandateParcel(models.Model):
    """A parcel that a mandate is about."""

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="parcels")
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="mandates")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mandate", "parcel"], name="land_mandate_parcel_once")]


class Withdrawal(_Entered):
    """The household takes a mandate back from a day on; what was let before stays let."""

    mandate = models.OneToOneField(Mandate, models.PROTECT, related_name="withdrawal")
    on = models.DateField()
    paper = models.CharField(max_length=64)


class TransferList(_Entered):
    """The parcels of a case that are let together (统一流转清单), to whom, from when to when, fen per mu and year."""

    number = models.CharField(max_length=40, primary_key=True)
    village = models.CharField(max_length=12, db_index=True)
    case = models.CharField(max_length=64, db_index=True)
    collective = models.BooleanField()
    recipient = models.CharField(max_length=100)
    recipient_kind = models.CharField(max_length=10)
    outside = models.BooleanField()
    since = models.DateField()
    until = models.DateField()
    fen = models.BigIntegerField()
    yearly_fen = models.BigIntegerField()
    area = models.PositiveBigIntegerField()
    resolution = models.CharField(max_length=64, blank=True)
    approval = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")) & Q(fen__gt=0) & ~Q(case="") & ~Q(recipient=""),
                name="land_list_whole",
            ),
            models.CheckConstraint(
                condition=Q(collective=False) | Q(outside=False) | (~Q(resolution="") & ~Q(approval="")),
                name="land_outside_decided",
            ),
            models.CheckConstraint(
                condition=Q(recipient_kind__in=["person", "firm"]), name="land_recipient_kind"
            ),
        ]


class TransferLine(models.Model):
    """One parcel of a list, the mandate it stands on (none for the collective's own), a year's rent."""

    list = models.ForeignKey(TransferList, models.PROTECT, related_name="lines")
    line = models.PositiveIntegerField()
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="lines")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "line"], name="land_line_once"),
            models.UniqueConstraint(fields=["list", "parcel"], name="land_parcel_on_list_once"),
        ]


class TransferEnd(_Entered):
    """A list ends before its term: `on` is its last day."""

    list = models.OneToOneField(TransferList, models.PROTECT, primary_key=True, related_name="end")
    on = models.DateField()
    reason = models.CharField(max_length=200)


class Requisition(_Entered):
    """Land taken by the State: its announcement, what the collective lost and keeps."""

    number = models.CharField(max_length=40, primary_key=True)
    village = models.CharField(max_length=12, db_index=True)
    case = models.CharField(max_length=64)
    title = models.CharField(max_length=100)
    announced_on = models.DateField()
    paper = models.CharField(max_length=64)
    collective_area = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(paper=""), name="land_requisition_paper")]


class RequisitionLand(models.Model):
    """How much of one kind of land was taken."""

    requisition = models.ForeignKey(Requisition, models.PROTECT, related_name="lands")
    kind = models.CharField(max_length=60)
    area = models.PositiveBigIntegerField()


class RequisitionSum(models.Model):
    """One item of compensation: the whole, and what of it the collective keeps."""

    requisition = models.ForeignKey(Requisition, models.PROTECT, related_name="sums")
    item = models.CharField(max_length=60)
    fen = models.BigIntegerField()
    kept_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["requisition", "item"], name="land_item_once"),
            models.CheckConstraint(
                condition=Q(kept_fen__gte=0, kept_fen__lte=F("fen")), name="land_item_kept"
            ),
        ]


class RequisitionLine(models.Model):
    """What one household lost."""

    requisition = models.ForeignKey(Requisition, models.PROTECT, related_name="lines")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    area = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["requisition", "household"], name="land_lost_once")]


class RequisitionShare(models.Model):
    """What one household is paid of one item."""

    line = models.ForeignKey(RequisitionLine, models.PROTECT, related_name="shares")
    item = models.CharField(max_length=60)
    fen = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "item"], name="land_share_once")]


class Payment(_Entered):
    """A list of sums due to households: a year's rent of a transfer list, or a requisition's compensation."""

    number = models.CharField(max_length=40, primary_key=True)
    village = models.CharField(max_length=12, db_index=True)
    transfer = models.ForeignKey(TransferList, models.PROTECT, null=True, related_name="payments")
    year = models.PositiveIntegerField()
    requisition = models.ForeignKey(Requisition, models.PROTECT, null=True, related_name="payments")
    total_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transfer", "year"], name="land_rent_once"),
            models.UniqueConstraint(fields=["requisition"], name="land_compensation_once"),
            models.CheckConstraint(
                condition=Q(transfer__isnull=False, requisition__isnull=True)
                | Q(transfer__isnull=True, requisition__isnull=False),
                name="land_payment_of_one",
            ),
        ]


class PaymentLine(models.Model):
    """What one household is due."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="lines")
    line = models.PositiveIntegerField()
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "line"], name="land_due_line_once"),
            models.UniqueConstraint(fields=["payment", "household"], name="land_due_once"),
            models.CheckConstraint(condition=Q(fen__gt=0), name="land_due_positive"),
        ]


class PaymentReturn(_Entered):
    """What the bank says was paid. The latest counts; earlier ones stay."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="returns")
    count = models.PositiveIntegerField()
    differing = models.PositiveIntegerField()


class PaymentReturnLine(models.Model):
    """One line of a return, as it stood there."""

    back = models.ForeignKey(PaymentReturn, models.PROTECT, related_name="lines")
    line = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    fen = models.BigIntegerField()


class PaymentSignature(_Entered):
    """Somebody signs that it was paid as listed; two persons in two offices."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="signatures")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "person"], name="land_signs_once"),
            models.UniqueConstraint(fields=["payment", "office"], name="land_office_signs_once"),
        ]


class PaymentVoucher(_Entered):
    """A voucher of the village's book whose money paid a list; the sums of all of them are the list's."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="vouchers")
    village = models.CharField(max_length=12)
    voucher = models.CharField(max_length=60)
    fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "voucher"], name="land_voucher_pays_once"),
            models.CheckConstraint(condition=Q(fen__gt=0), name="land_voucher_positive"),
        ]


class Approval(_Entered):
    """The State's approval of a requisition: its number (批准文号), by whom, of which day. The latest counts."""

    requisition = models.ForeignKey(Requisition, models.PROTECT, related_name="approvals")
    document = models.CharField(max_length=100)
    authority = models.CharField(max_length=100)
    on = models.DateField()
    paper = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(document="") & ~Q(paper=""), name="land_approval_whole")
        ]


class Correction(_Entered):
    """Lines of a requisition were entered wrongly: contra lines of the day on which it was noticed, and why."""

    requisition = models.ForeignKey(Requisition, models.PROTECT, related_name="corrections")
    on = models.DateField()
    reason = models.CharField(max_length=200)
    paper = models.CharField(max_length=64)


class CorrectionLine(models.Model):
    """What a household (without one: the collective) has more or less: of an item in fen, or, without, of land."""

    correction = models.ForeignKey(Correction, models.PROTECT, related_name="lines")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+")
    item = models.CharField(max_length=60, blank=True)
    delta = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["correction", "household", "item"], name="land_corrected_once"),
            models.CheckConstraint(condition=~Q(delta=0), name="land_correction_says_something"),
        ]


class QuotaGrant(_Entered):
    """The district gives a requisition so many quotas; the latest counts."""

    requisition = models.ForeignKey(Requisition, models.PROTECT, related_name="grants")
    count = models.PositiveIntegerField()
    document = models.CharField(max_length=100)


class Candidate(_Entered):
    """Somebody on the list of quotas. `digest` is the keyed digest of the identity number; the number is not kept."""

    requisition = models.ForeignKey(Requisition, models.PROTECT, related_name="candidates")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    who = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, db_index=True)
    birth = models.DateField()
    reason = models.CharField(max_length=200)


class Removal(_Entered):
    """A candidate is taken off the list again, and why."""

    candidate = models.OneToOneField(Candidate, models.PROTECT, primary_key=True, related_name="removal")
    reason = models.CharField(max_length=200)


class QuotaShown(_Entered):
    """The list of a day was publicised (公示): `people` is the digest of who stood on it."""

    requisition = models.ForeignKey(Requisition, models.PROTECT, related_name="shown")
    on = models.DateField()
    people = models.CharField(max_length=64)
    count = models.PositiveIntegerField()


class QuotaReport(_Entered):
    """The list was reported upwards; it is closed."""

    requisition = models.OneToOneField(Requisition, models.PROTECT, primary_key=True, related_name="report")
    shown = models.ForeignKey(QuotaShown, models.PROTECT, related_name="+")
