"""A district in force, acts in the journal, and a database that two threads can share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from mingbai.catalogue.queries import read_district
from mingbai.catalogue.services import confirm_edition
from mingbai.journal.events import TypedField
from mingbai.journal.services import record
from mingbai.organisations.services import load_divisions, load_offices

DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
VILLAGE = "340311104201"
START = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def files() -> Mapping[str, str]:
    return read_district(DISTRICT)


def load_district(files: Mapping[str, str]) -> None:
    """The district's places, offices and first edition, in force from START's day."""
    load_divisions(files["divisions.csv"])
    load_offices(files["offices.yaml"])
    confirm_edition(files=files, since=date(2026, 9, 1), by_person="", office="district_government", at=START)


def write_act(
    act: str, at: datetime, *fields: TypedField, occurred_on: date, village: str = VILLAGE, serial: int = 1
) -> int:
    """One act of a case in the journal."""
    case = f"05-{village}-2026-{serial:03d}"
    data: dict[str, Any] = {
        "case": case,
        "power": "procurement-small-works",
        "title": "东头水渠清淤",
        "step": "request",
        "step_title": "提出申请",
        "next": [],
        "papers": [],
        "notice": None,
        "ended": None,
    }
    with transaction.atomic():
        return record(
            act=act,
            village=village,
            subject=f"case:{case}",
            actor="",
            office="village_committee",
            occurred_on=occurred_on,
            at=at,
            fields=fields,
            data=data,
        ).seq


@pytest.fixture
def district(db: None, files: Mapping[str, str], settings: Any, tmp_path: Path) -> None:
    """A district in force in a database that is rolled back; log files and lease go to a folder of the test."""
    settings.MINGBAI_DATA = tmp_path
    load_district(files)


@pytest.fixture
def act() -> Callable[..., int]:
    return write_act


@pytest.fixture
def triggers_restored(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """Puts back, after the tables were emptied, the triggers that refuse to have them emptied."""
    lifted: list[str] = []
    yield lifted
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for statement in lifted:
            cursor.execute(statement)


@pytest.fixture
def committed_district(
    triggers_restored: list[str],
    transactional_db: None,
    files: Mapping[str, str],
    settings: Any,
    tmp_path: Path,
) -> Iterator[None]:
    """A district in force in a database whose commits other threads see."""
    settings.MINGBAI_DATA = tmp_path
    load_district(files)
    yield
    triggers_restored.extend(_lift_triggers())


def _lift_triggers() -> list[str]:
    """Take the triggers off, only to empty the tables after a test; returns what puts them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = cursor.fetchall()
            for name, _ in found:
                cursor.execute(f"DROP TRIGGER {name}")
            return [sql for _, sql in found]
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        tables = [row[0] for row in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
