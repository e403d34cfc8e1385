"""The files by which a copy finds words, block after block from the one where something is new."""

from __future__ import annotations

from collections.abc import Iterator

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import Publication
from mingbai.mirror.rules.search_files import BLOCK, Line, about, block_files
from mingbai.organisations import queries as organisations
from mingbai.portal.pages import finding
from mingbai.search.services import words_of


def put_search_files(before: int, head: int) -> Iterator[tuple[str, bytes]]:
    """The files of every block in which a publication is newer than `before` or was taken down since: path, content."""
    names = {one.code: one.short for one in organisations.villages()}
    emptied = {one.order // BLOCK for one in disclosure.taken_down_since(before)}
    for block in sorted({*range(before // BLOCK, head // BLOCK + 1), *emptied}):
        found = _of_block(block)
        lines = [_line(one) for one in finding.lines(found, names)]
        yield from block_files(block, lines, words_of(found)).items()
    yield "find/about.js", about(head)


def _of_block(block: int) -> list[Publication]:
    found: list[Publication] = []
    after, last = block * BLOCK - 1, (block + 1) * BLOCK
    while page := [one for one in disclosure.publications(since=after, limit=200).items if one.order < last]:
        found += page
        after = page[-1].order
    return found


def _line(one: finding.Recent) -> Line:
    published = one.publication
    amount = one.sum.yuan() if one.sum else ""
    return Line(published.order, published.id, one.place, one.what, published.occurred_on.isoformat(), amount)
