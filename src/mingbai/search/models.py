"""The table of the index: one row a publication, made by the migration in each database's own way.

SQLite: an FTS5 table whose `rowid` is the order of the publication. PostgreSQL: a `tsvector` under a GIN index.
Neither splits words itself: tokens come from `rules.tokens`, so that both find the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, models

from mingbai.search.rules import Phrase, Question


class Words(models.Model):
    """The table's name and shape for Django; it is read and written by the statements below alone."""

    rowid = models.BigIntegerField(primary_key=True)
    words = models.TextField()

    class Meta:
        db_table = "search_words"


Row = tuple[int, Sequence[str]]

_SQLITE = {
    "add": "INSERT INTO search_words (rowid, words) VALUES (%s, %s)",
    "find": "SELECT rowid FROM search_words WHERE words MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s",
}
_POSTGRESQL = {
    "add": "INSERT INTO search_words (rowid, words) VALUES (%s, %s::tsvector)",
    "find": "SELECT rowid FROM search_words WHERE words @@ %s::tsquery AND rowid < %s ORDER BY rowid DESC LIMIT %s",
}
_REMOVE, _CLEAR = "DELETE FROM search_words WHERE rowid = %s", "DELETE FROM search_words"
_FARTHEST = 16_383
"""PostgreSQL counts no position beyond this one."""


def add(rows: Sequence[Row]) -> None:
    """Put publications into the index: (order, tokens)."""
    with connection.cursor() as database:
        for order, tokens in rows:
            database.execute(_statements()["add"], [order, _vector(tokens)])


def remove(order: int) -> None:
    """Take a publication out of the index; nothing happens when it is not in it."""
    with connection.cursor() as database:
        database.execute(_REMOVE, [order])


def clear() -> None:
    """Empty the index."""
    with connection.cursor() as database:
        database.execute(_CLEAR)


def find(question: Question, before: int, limit: int) -> list[int]:
    """Orders of the publications that hold every phrase, newest first and before `before`; one statement."""
    with connection.cursor() as database:
        database.execute(_statements()["find"], [_match(question), before, limit])
        return [int(row[0]) for row in database.fetchall()]


def _on_sqlite() -> bool:
    return connection.vendor == "sqlite"


def _statements() -> dict[str, str]:
    return _SQLITE if _on_sqlite() else _POSTGRESQL


def _vector(tokens: Sequence[str]) -> str:
    if _on_sqlite():
        return " ".join(tokens)
    return " ".join(f"'{token}':{min(at, _FARTHEST)}" for at, token in enumerate(tokens, 1))


def _match(question: Question) -> str:
    phrases = [_sqlite(one) if _on_sqlite() else _postgresql(one) for one in question.phrases]
    return (" AND " if _on_sqlite() else " & ").join(phrases)


def _sqlite(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"' + (" *" if phrase.open_end else "")


def _postgresql(phrase: Phrase) -> str:
    *before, last = [f"'{token}'" for token in phrase.tokens]
    return "(" + " <-> ".join([*before, last + (":*" if phrase.open_end else "")]) + ")"
