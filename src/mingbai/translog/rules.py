"""Statements, the paths a reader may ask for, and the arithmetic of the tree over stored hashes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mingbai.kernel import canonical_bytes
from mingbai.merkle import EMPTY_ROOT, node_hash

MAX_STATEMENT = 65_535  # an entry's length is two bytes in an entry tile
WIDTH = 256
# (level, first, after) -> the hashes of complete subtrees of 256^level leaves, from `first` up to `after`
Read = Callable[[int, int, int], Sequence[bytes]]

_NUMBER = r"(?:x[0-9]{3}/)*[0-9]{3}"
_PART = r"(?:\.p/(?:[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?"
_LEVEL = r"(?:entries|[0-9]|[1-5][0-9]|6[0-3])"
_PATH = re.compile(rf"checkpoint|vkey|tile/{_LEVEL}/{_NUMBER}{_PART}", re.ASCII)


def is_path(path: str) -> bool:
    """Whether a path is one of the log's: `checkpoint`, `vkey`, or a tile in the exact C2SP spelling."""
    return len(path) <= 100 and _PATH.fullmatch(path) is not None


def statement(publication: Mapping[str, Any]) -> bytes:
    """A leaf: canonical JSON of kind, id, village, number, supersedes, digest and files.

    Raises:
        ValueError: longer than an entry tile can hold.
    """
    names = ("kind", "id", "village", "number", "supersedes", "digest", "files")
    content = canonical_bytes({name: publication[name] for name in names})
    if len(content) > MAX_STATEMENT:
        raise ValueError("a statement is at most 65,535 bytes")
    return content


def fold(hashes: Sequence[bytes]) -> bytes:
    """The hash over a whole number (a power of two) of complete subtrees."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def root_of(size: int, read: Read) -> bytes:
    """The root of the first `size` leaves (RFC 6962, section 2.1)."""
    return _range(0, size, read) if size else EMPTY_ROOT


def inclusion(index: int, size: int, read: Read) -> tuple[bytes, ...]:
    """The proof that leaf `index` lies in the tree of `size` leaves (RFC 6962, section 2.1.1)."""
    low, high, path = 0, size, []
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(_range(middle, high, read))
            high = middle
        else:
            path.append(_range(low, middle, read))
            low = middle
    return tuple(reversed(path))


def _split(count: int) -> int:
    """The largest power of two smaller than `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def _range(low: int, high: int, read: Read) -> bytes:
    count = high - low
    if count & (count - 1) == 0:
        level = (count.bit_length() - 1) // 8
        return fold(read(level, low >> (8 * level), high >> (8 * level)))
    middle = low + _split(count)
    return node_hash(_range(low, middle, read), _range(middle, high, read))


def completed(before: int, after: int) -> Iterator[tuple[int, int]]:
    """The (level, index) of subtrees of 256^level leaves, level 1 and up, that growing the tree completes."""
    level = 1
    while after >> (8 * level):
        for index in range(before >> (8 * level), after >> (8 * level)):
            yield level, index
        level += 1


def tiles(before: int, after: int) -> Iterator[tuple[int, int, int]]:
    """The (level, index, width) of hash tiles that must be written when the tree grows."""
    level = 0
    while (count := after >> (8 * level)) or level == 0:
        first = (before >> (8 * level)) // WIDTH
        for index in range(first, count // WIDTH):
            yield level, index, WIDTH
        if count % WIDTH and count != before >> (8 * level):
            yield level, count // WIDTH, count % WIDTH
        level += 1
