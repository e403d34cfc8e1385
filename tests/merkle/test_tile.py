"""Paths and bytes of tiles and entry bundles, as C2SP tlog-tiles writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingbai.merkle import bundle_entries, bundle_path, parse_bundle, tile_path


@pytest.mark.parametrize(
    ("level", "index", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (0, 0, 1, "tile/0/000.p/1"),
        (0, 999, 256, "tile/0/999"),
        (1, 1000, 255, "tile/1/x001/000.p/255"),
        (0, 1234067, 256, "tile/0/x001/x234/067"),
        (63, 5, 256, "tile/63/005"),
    ],
)
def test_the_path_of_a_tile(level: int, index: int, width: int, path: str) -> None:
    assert tile_path(level, index, width) == path


def test_the_path_of_a_bundle() -> None:
    assert bundle_path(1234067) == "tile/entries/x001/x234/067"
    assert bundle_path(0, 44) == "tile/entries/000.p/44"


@pytest.mark.parametrize("width", [0, -1, 257])
def test_a_tile_has_1_to_256_parts(width: int) -> None:
    with pytest.raises(ValueError):
        tile_path(0, 0, width)


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_reads_back(entries: list[bytes]) -> None:
    assert parse_bundle(bundle_entries(entries)) == entries


def test_a_length_is_two_bytes() -> None:
    assert bundle_entries([b"a" * 65_535])[:2] == b"\xff\xff"
    assert bundle_entries([b"", b"ab"]) == b"\x00\x00\x00\x02ab"
    with pytest.raises(ValueError):
        bundle_entries([b"a" * 65_536])


@given(st.lists(st.binary(min_size=1, max_size=50), min_size=1, max_size=5), st.integers(1, 2))
def test_a_bundle_cut_short_is_refused(entries: list[bytes], cut: int) -> None:
    with pytest.raises(ValueError):
        parse_bundle(bundle_entries(entries)[:-1])
    with pytest.raises(ValueError):
        parse_bundle(bundle_entries(entries) + b"\x00\x05"[:cut])
