"""Real publications to log, a data directory for every test, and the power cut as an exception."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from mingbai.disclosure.rules.profiles import load_profiles
from mingbai.disclosure.services import publish_entries
from mingbai.journal import queries as journal
from mingbai.journal.services import record

VILLAGE = "340311104201"
AT = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
PROFILES = load_profiles((DISTRICT / "disclosure.yaml").read_text("utf-8"))


def publish_cases(count: int) -> None:
    """Open `count` more cases and publish them."""
    with transaction.atomic():
        first = journal.head().seq
        for serial in range(first + 1, first + count + 1):
            case = f"05-{VILLAGE}-2026-{serial:03d}"
            data = {"case": case, "power": "procurement-small-works", "title": "东头水渠清淤"}
            record(
                act="case.opened",
                village=VILLAGE,
                subject=f"case:{case}",
                actor="",
                office="",
                occurred_on=date(2026, 9, 1),
                at=AT,
                data=data,
            )
        publish_entries(journal.entries_after(first, limit=count), profiles=PROFILES, titles={}, now=AT)


@pytest.fixture
def publish(settings: Any, tmp_path: Path) -> Callable[[int], None]:
    settings.MINGBAI_DATA = tmp_path
    return publish_cases


@pytest.fixture
def log_dir(tmp_path: Path) -> Path:
    return tmp_path / "log"
