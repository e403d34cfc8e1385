"""Appending a statement for every new publication, in the order in which they were published."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import Publication
from mingbai.merkle import leaf_hash
from mingbai.translog.models import Head, Leaf, Node
from mingbai.translog.queries import reader
from mingbai.translog.rules import WIDTH, completed, fold, statement

BATCH = 200


def append_new() -> int:
    """Append what was published since the last leaf, at most a batch; returns how many leaves were added.

    One transaction: two appenders at once make one sequence, because the head row is locked first.
    """
    if disclosure.head() <= _last()[1]:
        return 0
    with transaction.atomic():
        lock_head()
        index, order = _last()
        found = disclosure.publications(since=order, limit=BATCH).items
        _append(index + 1, found)
    return len(found)


def lock_head() -> Head:
    """The one row of the head, locked until the transaction ends."""
    Head.objects.get_or_create(pk=1)
    return Head.objects.select_for_update().get(pk=1)


def _last() -> tuple[int, int]:
    """Index of the last leaf and order of its publication; (-1, 0) when the log is empty."""
    leaf = Leaf.objects.order_by("-index").values_list("index", "order").first()
    return leaf or (-1, 0)


def _append(size: int, found: Sequence[Publication]) -> None:
    leaves = [_leaf(size + place, publication) for place, publication in enumerate(found)]
    Leaf.objects.bulk_create(leaves)
    for level, index in completed(size, size + len(leaves)):
        below = reader()(level - 1, index * WIDTH, (index + 1) * WIDTH)
        Node.objects.create(level=level, index=index, hash=fold(below))


def _leaf(index: int, publication: Publication) -> Leaf:
    content = statement_of(publication)
    return Leaf(
        index=index, order=publication.order, publication=publication.id, statement=content,
        hash=leaf_hash(content),
    )  # fmt: skip


def statement_of(publication: Publication) -> bytes:
    """The statement that speaks of a publication; `files` are the digests of its public copies."""
    return statement(
        {
            "kind": publication.kind,
            "id": publication.id,
            "village": publication.village,
            "number": publication.number,
            "supersedes": publication.supersedes,
            "digest": publication.digest,
            "files": [paper.digest for paper in publication.papers if paper.digest],
        }
    )
