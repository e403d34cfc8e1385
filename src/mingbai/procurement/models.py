"""Tables of procurement. All are append-only (0002_append_only): a change, an end, a signature is a row of its own."""

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


class Supplier(_Entered):
    """What a supplier declared; the latest row of a unified social credit code (GB 32100) counts."""

    uscc = models.CharField(max_length=18, db_index=True)
    name = models.CharField(max_length=120, db_index=True)
    legal = models.CharField(max_length=60)


class Owner(models.Model):
    """A shareholder as declared: a person or a firm, with its share in percent."""

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="owners")
    name = models.CharField(max_length=120)
    percent = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supplier", "name"], name="procurement_owner_once"),
            models.CheckConstraint(
                condition=Q(percent__gte=1) & Q(percent__lte=100), name="procurement_owner_share"
            ),
        ]


class Relation(_Entered):
    """Two suppliers belong together, or (`distinct`) do not although a name is the same; the latest row counts."""

    first = models.CharField(max_length=18, db_index=True)
    second = models.CharField(max_length=18, db_index=True)
    kind = models.CharField(max_length=12)
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="procurement_relation_two")
        ]


class Call(_Entered):
    """A call for quotes of a case. `offices` may handle and open it; nobody of `barred` (persons) opens."""

    number = models.CharField(max_length=40, primary_key=True)
    village = models.CharField(max_length=12)
    case = models.CharField(max_length=64, db_index=True)
    step = models.CharField(max_length=96)
    turn = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    deadline = models.DateTimeField()
    offices = models.JSONField()
    barred = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "step", "round"], name="procurement_call_once")
        ]
        indexes = [models.Index(fields=["village", "-deadline"], name="procurement_village_calls")]


class Opener(_Entered):
    """One of the two who open. `public` is the key quotes are sealed to; its secret is on the opener's paper only."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="openers")
    public = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="procurement_opener_person"),
            models.UniqueConstraint(fields=["call", "office"], name="procurement_opener_office"),
        ]


class OpenerSigned(models.Model):
    """An opener typed the code at or after the deadline; what it opens waits for the other one's."""

    opener = models.OneToOneField(Opener, models.PROTECT, primary_key=True, related_name="signed")
    secret = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()


class Invitation(_Entered):
    """A supplier may quote; whoever holds the code quotes for it. Only the code's digest is kept."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="invitations")
    uscc = models.CharField(max_length=18)
    code = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "uscc"], name="procurement_invited_once")]


class Quote(models.Model):
    """A sealed quote. `commitment` is published on receipt; `sealed` needs both openers' secrets."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="quotes")
    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="quotes")
    order = models.PositiveSmallIntegerField()
    sealed = models.TextField()
    commitment = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "order"], name="procurement_quote_order")]


class Withdrawal(models.Model):
    """A quote was taken back before the deadline."""

    quote = models.OneToOneField(Quote, models.PROTECT, primary_key=True, related_name="withdrawal")
    recorded_at = models.DateTimeField()


class Opening(models.Model):
    """The two have opened: how many quotes there were and how many of them are valid."""

    call = models.OneToOneField(Call, models.PROTECT, primary_key=True, related_name="opening")
    received = models.PositiveSmallIntegerField()
    valid = models.PositiveSmallIntegerField()
    recorded_at = models.DateTimeField()


class OpenedQuote(models.Model):
    """What was in a quote; `fault` says why it does not count. A quote that could not be read has no price."""

    quote = models.OneToOneField(Quote, models.PROTECT, primary_key=True, related_name="opened")
    fen = models.BigIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)
    nonce = models.CharField(max_length=64, blank=True)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fen__gt=0) | (Q(fen__isnull=True) & ~Q(fault="")), name="procurement_opened_whole"
            )
        ]


class SetAside(_Entered):
    """A quote does not meet what was asked for; said with a reason by one of the openers, after the opening."""

    quote = models.OneToOneField(Quote, models.PROTECT, primary_key=True, related_name="set_aside")
    reason = models.CharField(max_length=200)


class Abandoned(_Entered):
    """A call ended without award: lost codes, too few quotes, a mistake in what was asked for."""

    call = models.OneToOneField(Call, models.PROTECT, primary_key=True, related_name="abandoned")
    reason = models.CharField(max_length=200)


class Retention(_Entered):
    """What is held back of a case's works (质保金), in fen, through the whole of `until`."""

    contract = models.CharField(max_length=40, primary_key=True)
    village = models.CharField(max_length=12)
    case = models.CharField(max_length=64, unique=True)
    party = models.CharField(max_length=120)
    base_fen = models.BigIntegerField()
    percent = models.PositiveSmallIntegerField()
    fen = models.BigIntegerField()
    accepted_on = models.DateField()
    months = models.PositiveSmallIntegerField()
    until = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fen__gt=0) & Q(base_fen__gte=F("fen")) & Q(until__gte=F("accepted_on")),
                name="procurement_retention_whole",
            )
        ]
        indexes = [models.Index(fields=["village", "until"], name="procurement_village_due")]


class Release(_Entered):
    """A retention may be paid out: the period is over and the works were looked at."""

    retention = models.OneToOneField(Retention, models.PROTECT, primary_key=True, related_name="release")
    note = models.CharField(max_length=200)
    released_on = models.DateField()
