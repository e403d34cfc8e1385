"""Which rows of annex 1 and which items of annex 2 are the same matter: computed from their words alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingbai.catalogue.rules.annexes import Annexes, Item, Row
from mingbai.catalogue.rules.linter.words import Wording

LEAST = 0.2
BESIDE_THE_BEST = 0.7
CATEGORY = 0.2


@dataclass(frozen=True)
class Links:
    """The pairs found, and both annexes."""

    rows: tuple[Row, ...]
    items: tuple[Item, ...]
    pairs: tuple[tuple[Row, Item], ...]

    def items_of(self, row: Row) -> list[Item]:
        """The items of annex 2 that a row became."""
        return [item for one, item in self.pairs if one == row]

    def rows_of(self, item: Item) -> list[Row]:
        """The rows of annex 1 that an item came from."""
        return [row for row, one in self.pairs if one == item]


def link(annexes: Annexes) -> Links:
    """Each row with the items most like it: the best, and those hardly less alike.

    A name counts fully, its category a fifth, and a name with nothing in common never.
    """
    rows, items = tuple(annexes.rows()), tuple(annexes.items())
    wording = Wording(
        annexes.words, annexes.fillers, [*(one.name for one in rows), *(one.name for one in items)]
    )
    pairs = [(row, item) for row in rows for item in _best(wording, row, items)]
    return Links(rows, items, tuple(pairs))


def _best(wording: Wording, row: Row, items: Sequence[Item]) -> list[Item]:
    scores = [(_score(wording, row, item), item) for item in items]
    best = max(score for score, _ in scores)
    return [item for score, item in scores if score >= max(LEAST, BESIDE_THE_BEST * best)]


def _score(wording: Wording, row: Row, item: Item) -> float:
    name = wording.alike(row.name, item.name)
    return name + CATEGORY * wording.alike(row.category, item.category) if name else 0.0
