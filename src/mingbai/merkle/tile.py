"""Tiles and entry bundles (C2SP tlog-tiles): their paths and their bytes."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH = 256
MAX_ENTRY = 65_535


def tile_path(level: int, index: int, width: int = WIDTH) -> str:
    """The path of a hash tile; a partial one names its width."""
    return f"tile/{level}/{_number(index)}{_partial(width)}"


def bundle_path(index: int, width: int = WIDTH) -> str:
    """The path of an entry bundle."""
    return f"tile/entries/{_number(index)}{_partial(width)}"


def _number(index: int) -> str:
    parts = [f"{index % 1000:03d}"]
    while index := index // 1000:
        parts.append(f"x{index % 1000:03d}")
    return "/".join(reversed(parts))


def _partial(width: int) -> str:
    if not 1 <= width <= WIDTH:
        raise ValueError("a tile has 1 to 256 parts")
    return "" if width == WIDTH else f".p/{width}"


def bundle_entries(entries: Sequence[bytes]) -> bytes:
    """A bundle: each entry after its length in two bytes.

    Raises:
        ValueError: an entry longer than 65,535 bytes.
    """
    if any(len(entry) > MAX_ENTRY for entry in entries):
        raise ValueError("an entry is at most 65,535 bytes")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def parse_bundle(content: bytes) -> list[bytes]:
    """The entries of a bundle.

    Raises:
        ValueError: the bytes end in the middle of an entry.
    """
    entries, place = [], 0
    while place < len(content):
        length = int.from_bytes(content[place : place + 2], "big")
        entry = content[place + 2 : place + 2 + length]
        if place + 2 > len(content) or len(entry) != length:
            raise ValueError("条目包在中间断了，或者末尾多了东西")
        entries.append(entry)
        place += 2 + length
    return entries
