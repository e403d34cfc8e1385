"""A village with its book, its bookkeeper and papers; and many hands at once on an append-only database."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

sys.path.insert(0, str(Path(__file__).parent))
from bookkeeping import Office, district


@pytest.fixture
def desk(db: None) -> Office:
    """A village whose book holds 1,000 yuan in cash and 50,000 in the bank since 1 August 2026."""
    district()
    office = Office()
    office.open(a101="1000.00", a102="50000.00")
    return office


@pytest.fixture
def _as_before(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[tuple[str, str]]]:
    """Puts the triggers back after `many_hands` lifted them for the emptying of the tables."""
    lifted: list[tuple[str, str]] = []
    yield lifted
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            for _, sql in lifted:
                cursor.execute(sql)
        connection.close()


@pytest.fixture
def many_hands(_as_before: list[tuple[str, str]], transactional_db: None) -> Iterator[Office]:
    """The same village, committed, so that several threads see it. Empties the tables afterwards."""
    district()
    office = Office()
    office.open(a101="1000.00", a102="50000.00")
    yield office
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        _as_before.extend(cursor.fetchall())
        for name, _ in _as_before:
            cursor.execute(f"DROP TRIGGER {name}")
