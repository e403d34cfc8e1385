"""Hashing and proofs against RFC 6962's known answers, an apart recursive reading of the RFC, and mutations."""

from __future__ import annotations

import hashlib

import merkle_logs as logs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingbai.merkle import EMPTY_ROOT, leaf_hash, node_hash, root_of, verify_consistency, verify_inclusion

# The reference leaves and answers of certificate-transparency (merkle_tree_test), used by every implementation.
LEAVES = [
    leaf_hash(bytes.fromhex(text))
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION_OF_0_IN_8 = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]
CONSISTENCY_OF_6_IN_8 = [
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]


def test_the_empty_tree() -> None:
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert root_of([]) == EMPTY_ROOT


@pytest.mark.parametrize("size", range(1, 9))
def test_the_known_roots(size: int) -> None:
    assert root_of(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_the_known_proofs() -> None:
    path = [bytes.fromhex(text) for text in INCLUSION_OF_0_IN_8]
    assert verify_inclusion(0, 8, LEAVES[0], path, root_of(LEAVES))
    path = [bytes.fromhex(text) for text in CONSISTENCY_OF_6_IN_8]
    assert verify_consistency(6, 8, root_of(LEAVES[:6]), root_of(LEAVES), path)


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257, 1000])
def test_the_root_is_that_of_the_recursive_definition(size: int) -> None:
    leaves = [leaf_hash(str(number).encode()) for number in range(size)]
    assert root_of(leaves) == logs.subtree(leaves)


def test_a_leaf_is_never_a_node() -> None:
    """Domain separation: the entry that spells two hashes is not their parent."""
    left, right = LEAVES[0], LEAVES[1]
    assert (
        leaf_hash(left + right) != node_hash(left, right) == hashlib.sha256(b"\x01" + left + right).digest()
    )


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 33])
def test_every_inclusion_and_every_consistency_verifies(size: int) -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(size)]
    root = root_of(leaves)
    for place in range(size):
        assert verify_inclusion(place, size, leaves[place], logs.inclusion(place, leaves), root)
        first, path = place + 1, logs.consistency(place + 1, leaves)
        assert verify_consistency(first, size, root_of(leaves[:first]), root, path)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_other_place_leaf_size_or_path_verifies(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 70))
    leaves = [leaf_hash(bytes([number])) for number in range(size)]
    place = data.draw(st.integers(0, size - 1))
    path, root = logs.inclusion(place, leaves), root_of(leaves)
    other = data.draw(st.integers(-1, size + 2).filter(lambda n: n != place))
    assert not verify_inclusion(other, size, leaves[place], path, root)
    assert not verify_inclusion(place, size, leaf_hash(b"other"), path, root)
    assert not verify_inclusion(place, size, leaves[place], [*path, root], root)
    assert not verify_inclusion(place, size, leaves[place], path[:-1], root)
    spot, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
    assert not verify_inclusion(place, size, leaves[place], _flipped(path, spot, bit), root)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_rewritten_history_is_consistent(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 70))
    first = data.draw(st.integers(1, size - 1))
    leaves = [leaf_hash(bytes([number])) for number in range(size)]
    old, new, path = root_of(leaves[:first]), root_of(leaves), logs.consistency(first, leaves)
    assert verify_consistency(first, size, old, new, path)
    changed = data.draw(st.integers(0, first - 1))
    forged = [*leaves[:changed], leaf_hash(b"forged"), *leaves[changed + 1 :]]
    assert not verify_consistency(first, size, old, root_of(forged), logs.consistency(first, forged))
    assert not verify_consistency(first, size, old, new, [*path, new])
    assert not verify_consistency(first, size, old, new, path[:-1])
    assert not verify_consistency(size, first, new, old, path)


def test_a_proof_for_a_smaller_tree_is_none_for_a_larger() -> None:
    four, two = root_of(LEAVES[:4]), root_of(LEAVES[:2])
    assert verify_inclusion(0, 4, LEAVES[0], logs.inclusion(0, LEAVES[:4]), four)
    assert not verify_inclusion(0, 8, LEAVES[0], logs.inclusion(0, LEAVES[:4]), four)
    assert verify_consistency(2, 4, two, four, logs.consistency(2, LEAVES[:4]))
    assert not verify_consistency(2, 8, two, four, logs.consistency(2, LEAVES[:4]))


def test_the_edges_of_consistency() -> None:
    root = root_of(LEAVES)
    assert verify_consistency(8, 8, root, root, [])
    assert not verify_consistency(8, 8, root, root, [root])
    assert not verify_consistency(8, 8, root, LEAVES[0], [])
    assert not verify_consistency(0, 8, EMPTY_ROOT, root, [])  # nothing follows from an empty tree
    assert not verify_consistency(6, 8, root_of(LEAVES[:6]), root, [])


def _flipped(path: list[bytes], spot: int, bit: int) -> list[bytes]:
    changed = bytearray(path[spot])
    changed[bit // 8] ^= 1 << bit % 8
    return [*path[:spot], bytes(changed), *path[spot + 1 :]]
