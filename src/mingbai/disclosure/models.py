"""Tables of disclosure. Publications are append-only by trigger; `CaseHead` can be made again from them."""

from __future__ import annotations

from django.db import models


class PublicationRow(models.Model):
    """One publication, frozen. The columns beside `body` repeat parts of it, to be searched by."""

    # The column has another name because ORDER is a word of SQL.
    order = models.PositiveBigIntegerField(primary_key=True, db_column="seq")
    entry = models.PositiveBigIntegerField(unique=True)
    village = models.CharField(max_length=12)
    number = models.PositiveBigIntegerField()
    power = models.CharField(max_length=80, blank=True)
    case = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=60)
    step = models.CharField(max_length=160, blank=True)
    title = models.CharField(max_length=300)
    occurred_on = models.DateField()
    recorded_at = models.DateTimeField()
    published_at = models.DateTimeField()
    month = models.CharField(max_length=7, blank=True)
    voucher = models.CharField(max_length=40, blank=True)
    signed_fen = models.BigIntegerField(null=True)
    supersedes = models.CharField(max_length=40, blank=True)
    salt = models.BinaryField(max_length=32)
    digest = models.CharField(max_length=64)
    body = models.BinaryField()

    class Meta:
        db_table = "disclosure_publication"
        constraints = [
            models.UniqueConstraint(fields=["village", "number"], name="publication_number_in_village"),
        ]
        indexes = [
            models.Index(fields=["village", "kind", "order"], name="publication_village_kind"),
            models.Index(fields=["village", "order"], name="publication_village"),
            models.Index(fields=["power", "order"], name="publication_power"),
            models.Index(fields=["kind", "order"], name="publication_kind"),
            models.Index(fields=["case", "order"], name="publication_case"),
            models.Index(fields=["village", "month"], name="publication_village_month"),
        ]


class PaperPlace(models.Model):
    """Where a paper that was still sealed stands in a publication; `opened` is the publication that shows it.

    For lookup only: what it says is in the publications.
    """

    publication = models.ForeignKey(PublicationRow, on_delete=models.PROTECT, related_name="sealed_papers")
    position = models.PositiveSmallIntegerField()
    paper = models.CharField(max_length=32, db_index=True)
    opened = models.ForeignKey(PublicationRow, on_delete=models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True, default="")
    media_type = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        db_table = "disclosure_paper_place"
        constraints = [
            models.UniqueConstraint(fields=["publication", "position"], name="paper_place_once"),
        ]


class CaseHead(models.Model):
    """Where a case stands by its last publication: for lists. Can be rebuilt from the publications."""

    case = models.CharField(max_length=60, primary_key=True)
    village = models.CharField(max_length=12)
    power = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    here = models.JSONField(default=list)
    opened_on = models.DateField()
    last_on = models.DateField()
    last_order = models.PositiveBigIntegerField()
    ended = models.CharField(max_length=80, blank=True)
    suspended = models.BooleanField(default=False)
    notice_from = models.DateField(null=True)
    notice_until = models.DateField(null=True)
    notice_down = models.BooleanField(default=False)

    class Meta:
        db_table = "disclosure_case_head"
        indexes = [
            models.Index(fields=["village", "-last_order"], name="case_head_village"),
            models.Index(fields=["-last_order"], name="case_head_last"),
            models.Index(fields=["power", "-last_order"], name="case_head_power"),
            models.Index(fields=["notice_until"], name="case_head_notice"),
        ]


class MeetingHead(models.Model):
    """Where a meeting stands by its publications: for lists. Can be rebuilt from them."""

    meeting = models.CharField(max_length=80, primary_key=True)
    village = models.CharField(max_length=12)
    body_title = models.CharField(max_length=60)
    held_on = models.DateField()
    starts_at = models.CharField(max_length=5)
    place = models.CharField(max_length=120)
    state = models.CharField(max_length=12, default="called")

    class Meta:
        db_table = "disclosure_meeting_head"
        indexes = [models.Index(fields=["village", "-held_on", "-meeting"], name="meeting_head_village")]


class MeetingPlace(models.Model):
    """That a publication tells of a meeting. For lookup only: what it says is in the publication."""

    publication = models.OneToOneField(
        PublicationRow, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    meeting = models.CharField(max_length=80, db_index=True)

    class Meta:
        db_table = "disclosure_meeting_place"
