"""All that a publication says in words and numbers, as one text to be searched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

LONGEST = 6_000


def told(parts: Sequence[str], data: Mapping[str, Any]) -> str:
    """The parts and every word, number and sum of the published data; parts do not run into each other."""
    return "\n".join([*filter(None, parts), *_leaves("", data)])[:LONGEST]


def _leaves(name: str, value: Any) -> Iterator[str]:
    match value:
        case Mapping():
            for key, inner in value.items():
                yield from _leaves(str(key), inner)
        case str():
            yield value
        case list() | tuple():
            for inner in value:
                yield from _leaves(name, inner)
        case int() if name.endswith("_fen"):
            yield f"{abs(value) // 100}.{abs(value) % 100:02d}"
        case _:
            return
