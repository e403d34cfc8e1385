"""The search index of a copy: publications by blocks of their order, the words of a block by their beginning.

A block that is full never changes, so that a later copy adds files and changes only those of the last block. Every
file is a script that hands its content to the page: a page opened from a memory stick may read nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BLOCK = 4096
LINES = 256
"""Publications whose lines stand in one file."""
SHARDS = 64


@dataclass(frozen=True)
class Line:
    """What the search page shows of a publication."""

    order: int
    id: str
    place: str
    what: str
    day: str
    sum: str


def shard_of(token: str) -> int:
    """Which file of a block holds a token: by its first character, or its first two where they are no Chinese.

    The page computes the same.
    """
    number = 7
    for sign in token[: 1 if not token[0].isascii() else 2]:
        number = (number * 31 + ord(sign)) % 65_521
    return number % SHARDS


def block_files(
    block: int, lines: Sequence[Line], tokens: Iterable[tuple[int, Sequence[str]]]
) -> dict[str, bytes]:
    """The files of one block: its words in shards, its lines in portions. Orders count from the block's first."""
    first = block * BLOCK
    shards: list[dict[str, list[int]]] = [{} for _ in range(SHARDS)]
    for order, said in tokens:
        for token in dict.fromkeys(said):
            shards[shard_of(token)].setdefault(token, []).append(order - first)
    files = {
        f"find/b{block}/w{number}.js": _script(f"b{block}/w{number}", _packed(words))
        for number, words in enumerate(shards)
        if words
    }
    portions: dict[int, list[list[object]]] = {}
    for one in lines:
        at = one.order - first
        portions.setdefault(at // LINES, []).append([at, one.id, one.place, one.what, one.day, one.sum])
    return files | {
        f"find/b{block}/l{number}.js": _script(f"b{block}/l{number}", portion)
        for number, portion in portions.items()
    }


def about(head: int) -> bytes:
    """How many blocks there are."""
    return _script("about", {"blocks": head // BLOCK + 1, "block": BLOCK, "lines": LINES, "shards": SHARDS})


def _packed(words: dict[str, list[int]]) -> dict[str, str]:
    return {word: _steps(words[word]) for word in sorted(words)}


def _steps(orders: Sequence[int]) -> str:
    """Each order as its distance from the one before, joined by points."""
    return ".".join(str(order - before) for before, order in zip([0, *orders[:-1]], orders, strict=True))


def _script(name: str, content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"mingbaiFound({json.dumps(name)},{text});\n".encode()
