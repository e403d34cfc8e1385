"""Reading many things as they were at one moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_position() -> Iterator[None]:
    """Everything read inside is as it was at the beginning, whatever is published meanwhile.

    SQLite keeps to its snapshot by itself; PostgreSQL is told to. Inside another transaction it is that one's.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
