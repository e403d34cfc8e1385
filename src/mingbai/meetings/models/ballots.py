"""Tables of the electronic ballot. Nothing in them says who voted, or how which code voted, or in what order.

A code is drawn by lot and belongs to nobody: who was handed which is written nowhere. While a vote runs, a ballot
changes one thing only, the sealed inside of its box; codes stay as they are, spent or not. When the vote closes, the
three sums stand in the box and the receipts are written all at once, in the order of their random digests.
See docs/ballots.md.
"""

from __future__ import annotations

from django.db import models

from mingbai.meetings.models.meetings import MeetingRow


class BallotBox(models.Model):
    """One electronic vote. It is open until `closed`; until then the sums are zero and the truth is `sealed`.

    batch: how often codes were made; only those of the last batch count.
    """

    meeting = models.ForeignKey(MeetingRow, on_delete=models.PROTECT, related_name="boxes")
    item = models.PositiveSmallIntegerField()
    voters = models.PositiveIntegerField()
    issued = models.BooleanField(default=False)
    issued_by = models.CharField(max_length=64, blank=True, default="")
    issued_at = models.DateTimeField(null=True)
    batch = models.PositiveSmallIntegerField(default=0)
    closed = models.BooleanField(default=False)
    sealed = models.TextField(blank=True, default="")
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
            models.CheckConstraint(
                condition=models.Q(closed=True, sealed="")
                | models.Q(closed=False, agree=0, against=0, abstain=0),
                name="ballot_box_tells_nothing_until_closed",
            ),
        ]


class BallotCode(models.Model):
    """A code that was made, as a digest; append-only. Whether it was spent stands only inside the box."""

    digest = models.CharField(primary_key=True, max_length=64)
    box = models.ForeignKey(BallotBox, on_delete=models.PROTECT, related_name="codes")
    batch = models.PositiveSmallIntegerField(default=1)


class BallotReceipt(models.Model):
    """A ballot was counted: the digest of a receipt that only the voter has; append-only. No choice, no code, no time."""

    digest = models.CharField(primary_key=True, max_length=64)
    box = models.ForeignKey(BallotBox, on_delete=models.PROTECT, related_name="receipts")
