"""Tables of papers and of their public copies. Both append-only by trigger."""

from __future__ import annotations

import uuid

from django.db import models


def new_paper_id() -> str:
    """An id that cannot be guessed."""
    return uuid.uuid4().hex


class Paper(models.Model):
    """A sealed original; `cleaned` is empty for a PDF whose pages could not be drawn."""

    id = models.CharField(max_length=32, primary_key=True, default=new_paper_id)
    digest = models.CharField(max_length=64, db_index=True)
    cleaned = models.CharField(max_length=64, blank=True)
    label = models.CharField(max_length=120)
    village = models.CharField(max_length=12)
    media_type = models.CharField(max_length=32)
    size = models.PositiveIntegerField()
    actor = models.CharField(max_length=32)
    recorded_at = models.DateTimeField()
    # What it was handed in for, such as `case:05-…`. May be absent: a column with a default would make SQLite
    # build the table anew, without its triggers.
    subject = models.CharField(max_length=64, null=True, db_index=True)


class Release(models.Model):
    """A public copy of a paper, made after somebody looked at it."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="releases")
    digest = models.CharField(max_length=64, db_index=True)
    masks = models.JSONField()
    actor = models.CharField(max_length=32)
    recorded_at = models.DateTimeField()


class InvoiceUse(models.Model):
    """An invoice of the district, spoken for: one row for each time it was, and only one of them stands.

    `turn` counts from 1; the next turn begins only when the use before it was freed, and the database takes each
    turn once. `code` is empty for the fully digitalised invoice of 20 digits, which has none.
    """

    code = models.CharField(max_length=12, blank=True)
    number = models.CharField(max_length=20)
    turn = models.PositiveIntegerField(default=1)
    village = models.CharField(max_length=12, db_index=True)
    subject = models.CharField(max_length=64)
    paper = models.CharField(max_length=32, blank=True)
    seller = models.CharField(max_length=120, blank=True)
    amount_fen = models.BigIntegerField(null=True)
    issued_on = models.DateField(null=True)
    actor = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "number", "turn"], name="invoice_used_once"),
        ]


class InvoicePaid(models.Model):
    """The voucher that paid an invoice."""

    use = models.OneToOneField(InvoiceUse, on_delete=models.PROTECT, related_name="paid")
    voucher = models.CharField(max_length=40)
    actor = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()


class InvoiceFreed(models.Model):
    """A use that no longer stands, because its voucher was corrected or it was entered in error."""

    use = models.OneToOneField(InvoiceUse, on_delete=models.PROTECT, related_name="freed")
    reason = models.CharField(max_length=240)
    actor = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()


class Straightened(models.Model):
    """A straightened copy of a paper, by the corners that a person set; the newest is shown and masked.

    An empty `digest` means: as it was photographed.
    """

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="straightenings")
    digest = models.CharField(max_length=64, blank=True)
    corners = models.JSONField()
    actor = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()


class Found(models.Model):
    """What the machine found on one copy of a paper (`copy`: its digest): rectangles and why, see `proposing`."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="findings")
    copy = models.CharField(max_length=64)
    boxes = models.JSONField()
    recorded_at = models.DateTimeField()


class WithdrawalAsked(models.Model):
    """A town or district office says that something published tells what is personal: a whole publication, or with
    `copy` (a digest) one of its papers. Nothing is taken down before a second person confirms."""

    publication = models.CharField(max_length=40, db_index=True)
    copy = models.CharField(max_length=64, blank=True)
    village = models.CharField(max_length=12)
    reason = models.CharField(max_length=240)
    person = models.CharField(max_length=32)
    office = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()


class WithdrawalConfirmed(models.Model):
    """The second person's word: carried out when `taken_down`, else the first was mistaken and nothing happens."""

    asked = models.OneToOneField(WithdrawalAsked, on_delete=models.PROTECT, related_name="confirmed")
    taken_down = models.BooleanField()
    person = models.CharField(max_length=32)
    office = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()


class WithdrawnCopy(models.Model):
    """A public copy that was taken down: never shown and never made again. The statement stays: which, why, when."""

    digest = models.CharField(max_length=64, primary_key=True)
    publication = models.CharField(max_length=40)
    reason = models.CharField(max_length=240)
    withdrawn_on = models.DateField()
