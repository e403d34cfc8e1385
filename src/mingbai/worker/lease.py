"""One worker at a time: a lock that ends by itself when its process ends, however it ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from mingbai.kernel import Refused

# Any number will do, as long as every worker of Mingbai asks for the same.
ADVISORY_KEY = 0x6D696E67


class Busy(Refused):
    """Another worker holds the lease."""

    def __init__(self) -> None:
        super().__init__("已经有一个后台在跑", remedy="同一时间只要一个后台；先停下那一个")


@contextmanager
def lease() -> Iterator[None]:
    """Be the only worker, on this machine by a file lock and on PostgreSQL by a lock of the session.

    Raises:
        Busy: another worker is running.
    """
    with _file_lease(Path(settings.MINGBAI_DATA) / "worker.lock"), _database_lease():
        yield


@contextmanager
def _file_lease(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield


@contextmanager
def _database_lease() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_KEY])
        if not cursor.fetchone()[0]:
            raise Busy
    try:
        yield
    finally:
        _unlock()


def _unlock() -> None:
    """Give the lock back; when the session is gone, the server has taken it back already."""
    if connection.connection is None or connection.connection.closed:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_KEY])
