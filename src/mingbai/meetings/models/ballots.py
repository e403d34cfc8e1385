"""Tables of the electronic ballot. Nothing in them says who voted, or which ballot was cast when.

A code is drawn by lot and belongs to nobody: who was handed which is written nowhere. A spent code loses its row and
one number of the tally grows by one, so no row holds a choice beside a code, and no order, id or time is left to
compare. Receipts are kept apart, as digests, and say only that something was counted.
"""

from __future__ import annotations

from django.db import models

from mingbai.meetings.models.meetings import MeetingRow


class BallotBox(models.Model):
    """One electronic vote: how many codes were made, and what has been counted. It is open until `closed`."""

    meeting = models.ForeignKey(MeetingRow, on_delete=models.PROTECT, related_name="boxes")
    item = models.PositiveSmallIntegerField()
    voters = models.PositiveIntegerField()
    issued = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)
    agree = models.PositiveIntegerField(default=0)
    against = models.PositiveIntegerField(default=0)
    abstain = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "item"], name="ballot_box_once"),
            models.CheckConstraint(
                condition=models.Q(voters__gte=models.F("agree") + models.F("against") + models.F("abstain")),
                name="ballot_box_holds_no_more_than_voters",
            ),
        ]


class BallotCode(models.Model):
    """A code not yet spent, as a digest. Spending it removes the row."""

    digest = models.CharField(primary_key=True, max_length=64)
    box = models.ForeignKey(BallotBox, on_delete=models.PROTECT, related_name="codes")


class BallotReceipt(models.Model):
    """A ballot was counted: the digest of a receipt that only the voter has. No choice, no code, no time."""

    digest = models.CharField(primary_key=True, max_length=64)
    box = models.ForeignKey(BallotBox, on_delete=models.PROTECT, related_name="receipts")
