"""What every test of services needs: tables that refuse deletion can still be emptied between tests."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.db import connection


@contextmanager
def without_triggers() -> Iterator[None]:
    """What only the owner of the database can do: triggers off, and on again afterwards."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            try:
                yield
            finally:
                cursor.execute("SET session_replication_role = origin")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        try:
            yield
        finally:
            for _, text in triggers:
                cursor.execute(text)


@pytest.fixture(name="without_triggers")
def _without_triggers() -> Any:
    """The context manager `without_triggers`, for tests that tamper with the database."""
    return without_triggers


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_triggers() -> Iterator[None]:
    """Django empties the tables after a transactional test; the append-only ones would refuse."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    plain = BaseDatabaseOperations.execute_sql_flush

    def flush(self: Any, sql_list: list[str]) -> None:
        with without_triggers():
            plain(self, sql_list)

    BaseDatabaseOperations.execute_sql_flush = flush
    yield
    BaseDatabaseOperations.execute_sql_flush = plain


def _world() -> ModuleType:
    name = "mingbai_test_world"
    if name not in sys.modules:
        path = Path(__file__).parent / "cases" / "world.py"
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec and spec.loader
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


@pytest.fixture
def world(db, settings, tmp_path):
    """The village on 1 September 2026."""
    settings.MEDIA_ROOT = tmp_path
    return _world().World()


@pytest.fixture
def lasting_world(transactional_db, settings, tmp_path):
    """The same, committed for real, for threads."""
    settings.MEDIA_ROOT = tmp_path
    return _world().World()
