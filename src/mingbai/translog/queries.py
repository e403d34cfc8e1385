"""Reading the log: its head, its files, and the proof that a publication is in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from mingbai.merkle import bundle_path, tile_path
from mingbai.translog import files
from mingbai.translog.models import Head, Leaf, Node
from mingbai.translog.rules import WIDTH, inclusion, is_path, tiles


@dataclass(frozen=True)
class LogHead:
    """The newest signed head: `root` in hex, `checkpoint` the signed note as published."""

    size: int
    root: str
    checkpoint: str
    signed_at: datetime | None


@dataclass(frozen=True)
class PublicationProof:
    """That a statement is leaf `index` of the tree of `size` leaves; `root` and `hashes` in hex."""

    index: int
    size: int
    root: str
    hashes: tuple[str, ...]
    checkpoint: str
    leaf: bytes


def head() -> LogHead | None:
    """The newest signed head, or None before the first."""
    row = Head.objects.filter(pk=1).exclude(note="").first()
    return LogHead(row.size, bytes(row.root).hex(), row.note, row.signed_at) if row else None


def proof(publication_id: str) -> PublicationProof | None:
    """The proof for a publication under the newest signed head; None when it is not in the log yet."""
    leaf = Leaf.objects.filter(publication=publication_id).first()
    signed = head()
    if leaf is None or signed is None or leaf.index >= signed.size:
        return None
    hashes = inclusion(leaf.index, signed.size, reader())
    return PublicationProof(
        leaf.index, signed.size, signed.root, tuple(h.hex() for h in hashes), signed.checkpoint,
        bytes(leaf.statement),
    )  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """The statement at a place of the log; `order` is that of the publication it speaks of."""

    index: int
    order: int
    leaf: bytes


def entries(after: int, size: int, limit: int) -> tuple[Entry, ...]:
    """The statements from place `after` on of the log of that signed size, at most `limit`; one query.

    Leaves are appended one by one under the lock of the head, so that no later answer has anything between two
    places that an earlier answer gave.
    """
    rows = Leaf.objects.filter(index__gte=after, index__lt=size).order_by("index")[:limit]
    return tuple(Entry(row.index, row.order, bytes(row.statement)) for row in rows)


def places(orders: Collection[int]) -> dict[int, int]:
    """The place in the log of the publications with these places in their own order; one query."""
    return dict(Leaf.objects.filter(order__in=orders).values_list("order", "index"))


def read(path: str) -> bytes | None:
    """A published file of the log (`checkpoint`, `vkey`, `tile/…`); None for every other path."""
    return files.read(path)


def paths() -> list[str]:
    """Every published file of the log, by its path in the log."""
    root = files.folder()
    found = (
        (one.relative_to(root).as_posix() for one in root.rglob("*") if one.is_file())
        if root.exists()
        else ()
    )
    return sorted(one for one in found if is_path(one))


def paths_at(size: int) -> list[str]:
    """The files of the log that a reader of that size needs, without its checkpoint: the same for the same size."""
    needed = ["vkey"]
    for level, index, width in tiles(0, size):
        needed.append(tile_path(level, index, width))
        needed += [bundle_path(index, width)] if level == 0 else []
    return sorted(needed)


def order_at(size: int) -> int:
    """The order of the last publication in the log when it had that size; 0 before the first."""
    last = Leaf.objects.filter(index__lt=size).order_by("-index").values_list("order", flat=True).first()
    return last or 0


def reader() -> Callable[[int, int, int], Sequence[bytes]]:
    """Stored hashes by level, first and after; whole tiles are fetched and kept, one query each."""
    kept: dict[tuple[int, int], Sequence[bytes]] = {}

    def read_hashes(level: int, first: int, after: int) -> Sequence[bytes]:
        place = (level, first // WIDTH)
        if len(kept.get(place, ())) < after - place[1] * WIDTH:
            kept[place] = _tile(*place)
        start = place[1] * WIDTH
        found = kept[place][first - start : after - start]
        if len(found) != after - first:
            raise LookupError(f"hashes {first} to {after} of level {level} are missing")
        return found

    return read_hashes


def _tile(level: int, index: int) -> Sequence[bytes]:
    """The hashes of one tile as far as they exist; they stop at the first gap."""
    rows = (Leaf.objects.all() if level == 0 else Node.objects.filter(level=level)).filter(
        index__gte=index * WIDTH, index__lt=(index + 1) * WIDTH
    )
    found: list[bytes] = []
    for place, value in rows.order_by("index").values_list("index", "hash"):
        if place != index * WIDTH + len(found):
            break
        found.append(bytes(value))
    return found
