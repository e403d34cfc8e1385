"""Publications into the index, a portion at a time; words and cursor move in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import Publication
from mingbai.journal import services as cursors
from mingbai.organisations import queries as organisations
from mingbai.search import models
from mingbai.search.rules import index_tokens, marks, told

NAME = "search"
WITHDRAWN = "publication.withdrawn"
BATCH = 200


def take_in() -> int:
    """Take in the next portion of publications; returns how many there were, 0 when nothing is new."""
    with transaction.atomic():
        after = cursors.cursor(NAME)
        found = disclosure.publications(since=after, limit=BATCH).items
        if not found:
            return 0
        models.add(words_of(found))
        for order in _taken_down(found):
            models.remove(order)
        cursors.move_cursor(NAME, found[-1].order)
    return len(found)


def _taken_down(found: Sequence[Publication]) -> list[int]:
    """The places of the publications that these say are taken down: what stood there is found no more."""
    named = [
        str(one.data.get("publication"))
        for one in found
        if one.kind == WITHDRAWN and not one.data.get("copy")
    ]
    gone = (disclosure.publication(id) for id in named)
    return [one.order for one in gone if one is not None]


def rebuild() -> int:
    """Empty the index and make it again from the first publication on; returns how many it holds then."""
    with transaction.atomic():
        cursors.cursor(NAME)
        models.clear()
        cursors.move_cursor(NAME, 0)
        made = 0
        while step := take_in():
            made += step
    return made


def words_of(found: Sequence[Publication]) -> list[models.Row]:
    """Each publication's order with the tokens by which it is found; one query."""
    names = {one.code: one.name for one in organisations.villages()}
    return [(one.order, _tokens(one, names.get(one.village, ""))) for one in found]


def _tokens(one: Publication, place: str) -> list[str]:
    said = [text for field in one.fields if field.value for text in (field.label, field.value)]
    papers = [paper.label for paper in one.papers]
    parts = [one.title, one.kind_title, place, one.case, one.id, one.office_title, one.actor, *said, *papers]
    return [*marks(one.village, one.kind), *index_tokens(told(parts, one.data))]
