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
BATCH = 200


def take_in() -> int:
    """Take in the next portion of publications; returns how many there were, 0 when nothing is new."""
    with transaction.atomic():
        after = cursors.cursor(NAME)
        found = disclosure.publications(since=after, limit=BATCH).items
        if not found:
            return 0
        models.add(_rows(found))
        cursors.move_cursor(NAME, found[-1].order)
    return len(found)


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


def _rows(found: Sequence[Publication]) -> list[models.Row]:
    names = {one.code: one.name for one in organisations.villages()}
    return [(one.order, _tokens(one, names.get(one.village, ""))) for one in found]


def _tokens(one: Publication, place: str) -> list[str]:
    said = [text for field in one.fields if field.value for text in (field.label, field.value)]
    papers = [paper.label for paper in one.papers]
    parts = [one.title, one.kind_title, place, one.case, one.id, one.office_title, one.actor, *said, *papers]
    return [*marks(one.village, one.kind), *index_tokens(told(parts, one.data))]
