"""What a roll says of its members beside their names, append-only (0005_roll_standings)."""

from __future__ import annotations

from django.db import models

from mingbai.meetings.models.rolls import RollVersion


class RollStanding(models.Model):
    """The villagers' group of a member and in what capacity he stands on the roll, as the village's sheet said."""

    roll = models.ForeignKey(RollVersion, on_delete=models.PROTECT, related_name="standings")
    person = models.CharField(max_length=64)
    group = models.CharField(max_length=20, blank=True)
    standing = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roll", "person"], name="roll_standing_once")]
