"""Tables of the log. Leaves and nodes are append-only by trigger; the head is one row."""

from __future__ import annotations

from django.db import models


class Leaf(models.Model):
    """One statement at its place in the tree. `order` is that of the publication it speaks of."""

    # The columns have other names because INDEX and ORDER are words of SQL.
    index = models.PositiveBigIntegerField(primary_key=True, db_column="seq")
    order = models.PositiveBigIntegerField(unique=True, db_column="publication_seq")
    publication = models.CharField(max_length=40, unique=True)
    statement = models.BinaryField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "translog_leaf"


class Node(models.Model):
    """The hash of a complete subtree of 256^level leaves, level 1 and up: what tiles above the first hold."""

    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField(db_column="place")
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "translog_node"
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="translog_node_place")]


class Head(models.Model):
    """The newest signed checkpoint. One row; it is also the lock under which leaves are appended."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    size = models.PositiveBigIntegerField(default=0)
    root = models.BinaryField(max_length=32, default=b"")
    note = models.TextField(default="")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "translog_head"
