"""Finding publications by what they say."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import Publication
from mingbai.search import models
from mingbai.search.rules import GROUPS, ask, within

__all__ = ["GROUPS", "Hits", "search"]
_NEWEST = 2**62


@dataclass(frozen=True)
class Hits:
    """A keyset page of publications, newest first; `before` is the key to go on from, 0 at the end."""

    items: tuple[Publication, ...]
    before: int


def search(typed: str, *, place: str = "", group: str = "", before: int = 0, limit: int = 20) -> Hits:
    """Publications in which everything typed stands, newest first; two queries.

    place: code of a village or the nine digits of a town; group: one of `GROUPS`; before: key of the last page.
    Nothing typed that can be looked for finds nothing.
    """
    question = ask(typed)
    if not question.phrases:
        return Hits((), 0)
    question = replace(question, phrases=(*question.phrases, *within(place, group)))
    orders = models.find(question, before or _NEWEST, limit + 1)
    items = disclosure.by_order(orders[:limit])
    return Hits(items, orders[limit - 1] if len(orders) > limit else 0)
