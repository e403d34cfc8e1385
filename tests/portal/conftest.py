"""A village with one case that was paid for and one that hangs on the board, published and logged; and a reader."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings

from mingbai.translog.services import ensure_key
from mingbai.worker import run_once

VILLAGE = "340311104201"


def _world() -> ModuleType:
    name = "mingbai_test_world"
    if name not in sys.modules:
        path = Path(__file__).parents[1] / "cases" / "world.py"
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec and spec.loader
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


@dataclass(frozen=True)
class Village:
    """What the fixture made: the numbers of the paid case and of the one on notice, and the world to act in."""

    code: str
    paid: str
    hanging: str
    world: Any


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Village]:
    """One small work done and paid, one waiting on the board; made once a module, undone after it.

    The site's clock stands at the last act.
    """
    folder = tmp_path_factory.mktemp("site")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=folder / "papers", MINGBAI_DATA=folder, MINGBAI_CLOCK_OFFSET=0),
        _undone_at_the_end(),
    ):
        yield _make(folder)


@contextmanager
def _undone_at_the_end() -> Iterator[None]:
    """Everything inside is one transaction that is rolled back; the log's durable writes pass as in a TestCase."""
    outer = transaction.atomic()
    outer._from_testcase = True
    with outer:
        yield
        transaction.set_rollback(True)


def _make(folder: Path) -> Village:
    world = _world().World()
    paid = world.open("村西排水沟整修")
    world.forward(paid)
    hanging = world.open("文化广场地砖维修")
    world.forward(hanging, until="award_publicity")
    world.post(hanging)
    ensure_key(folder)
    run_once(world.at)
    settings.MINGBAI_CLOCK_OFFSET = int((world.at - datetime.now(UTC)).total_seconds())
    return Village(VILLAGE, paid, hanging, world)


@pytest.fixture
def village(made, db) -> Village:
    """The village; what a test does to it is undone."""
    return made


@pytest.fixture
def read() -> Callable[[str], str]:
    """Read a page as a reader would; it must be there."""

    def page(address: str) -> str:
        response = Client().get(address)
        assert response.status_code == 200, address
        return response.content.decode()

    return page


@pytest.fixture
def count_queries() -> Callable[[str], int]:
    """How many queries a page asks."""

    def count(address: str) -> int:
        asked: list[str] = []

        def watch(execute, sql, params, many, context):
            asked.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(watch):
            assert Client().get(address).status_code == 200, address
        return len(asked)

    return count
