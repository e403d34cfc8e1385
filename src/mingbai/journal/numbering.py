"""Numbers without a gap: taken inside the act's own transaction, so that a refused act gives its number back.

One statement takes the number and the row's lock; who comes second waits for the first to commit or to fail.
The same words do it on SQLite and PostgreSQL.
"""

from __future__ import annotations

from django.db import connection

_UPSERT = (
    "INSERT INTO journal_series (key, last) VALUES (%s, {first}) "
    "ON CONFLICT (key) DO UPDATE SET last = journal_series.last + {step} RETURNING last"
)
_TAKE = _UPSERT.format(first=1, step=1)
_HOLD = _UPSERT.format(first=0, step=0)


def take_number(series: str) -> int:
    """The next number of a series, from 1; its row stays locked until the transaction ends.

    Raises:
        RuntimeError: called outside a transaction.
    """
    return _run(_TAKE, series)


def hold(series: str) -> None:
    """Lock a series until the transaction ends without taking a number of it.

    Raises:
        RuntimeError: called outside a transaction.
    """
    _run(_HOLD, series)


def _run(statement: str, series: str) -> int:
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken in the transaction of the act that it numbers")
    with connection.cursor() as cursor:
        cursor.execute(statement, [series])
        return int(cursor.fetchone()[0])
