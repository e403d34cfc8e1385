"""Finding publications by what they say."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import Publication
from mingbai.search import models
from mingbai.search.rules import GROUPS, ask, group_of, within

__all__ = ["GROUPS", "Hits", "group_of", "search"]
_NEWEST = 2**62


@dataclass(frozen=True)
class Hits:
    """A keyset page of publications, newest first; `before` is the key to go on from, 0 at the end."""

    items: tuple[Publication, ...]
    before: int


def search(typed: str, *, place: str = "", group: str = "", before: int = 0, limit: int = 20) -> Hits:
    """Publications in which everything typed stands, newest first; two queries.

    place: code of a village or the nine digits of a town; group: one of `GROUPS`; before: key of the last page.
    Nothing typed is no narrowing: everything of the place and the group is found; without these, nothing.
    """
    question = ask(typed)
    question = replace(question, phrases=(*question.phrases, *within(place, group)))
    if not question.phrases or (typed.strip() and not ask(typed).phrases):
        return Hits((), 0)
    orders = models.find(question, before or _NEWEST, limit + 1)
    items = disclosure.by_order(orders[:limit])
    return Hits(items, orders[limit - 1] if len(orders) > limit else 0)
