"""Checking inclusion and consistency proofs (RFC 9162, sections 2.1.3.2 and 2.1.4.2)."""

from __future__ import annotations

from collections.abc import Sequence

from mingbai.merkle.tree import node_hash


def verify_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes], root: bytes) -> bool:
    """Whether `leaf` (a leaf hash) stands at `index` in the tree of `size` leaves with this root."""
    if not 0 <= index < size:
        return False
    here, last, node = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            node = node_hash(sibling, node)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and node == root


def verify_consistency(first: int, second: int, old: bytes, new: bytes, path: Sequence[bytes]) -> bool:
    """Whether the tree of `second` leaves with root `new` continues that of `first` leaves with root `old`."""
    if not 0 < first <= second:
        return False
    if first == second:
        return old == new and not path
    proof = list(path) if first & (first - 1) else [old, *path]
    if not proof:
        return False
    here, last = first - 1, second - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    left = right = proof[0]
    for sibling in proof[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            left, right = node_hash(sibling, left), node_hash(sibling, right)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            right = node_hash(right, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and left == old and right == new
