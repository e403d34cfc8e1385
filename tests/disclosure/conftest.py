"""A short way to write acts into the journal and publish them, with the district's own profiles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from mingbai.disclosure.rules.profiles import load_profiles
from mingbai.disclosure.services import publish_entries
from mingbai.journal import queries as journal
from mingbai.journal.events import TypedField
from mingbai.journal.services import record

DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
VILLAGE = "340311104201"
CASE = "05-340311104201-2026-001"
START = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
PROFILES = load_profiles((DISTRICT / "disclosure.yaml").read_text("utf-8"))


def case_data(**more: Any) -> dict[str, Any]:
    """The structural data of a case act."""
    return {
        "case": CASE,
        "power": "procurement-small-works",
        "title": "东头水渠清淤",
        "procedure": "small-works",
        "edition": 1,
        "step": None,
        "step_title": None,
        "lane": None,
        "node_kind": None,
        "office": None,
        "late_days": 0,
        "papers": [],
        "next": [{"step": "request", "title": "提出申请", "lane": "村民委员会", "due": "2026-09-04"}],
        "done": [],
        "here": ["request"],
        "notice": None,
        "ended": None,
    } | more


class Scribe:
    """Writes acts at an ever later instant."""

    def __init__(self) -> None:
        self.at = START

    def write(
        self,
        act: str,
        *fields: TypedField,
        data: dict[str, Any] | None = None,
        subject: str = f"case:{CASE}",
        village: str = VILLAGE,
        occurred_on: date = date(2026, 9, 1),
        actor: str = "",
        office: str = "",
    ) -> int:
        """Record one act; returns its number in the journal."""
        self.at += timedelta(seconds=1)
        with transaction.atomic():
            return record(
                act=act,
                village=village,
                subject=subject,
                actor=actor,
                office=office,
                occurred_on=occurred_on,
                at=self.at,
                fields=fields,
                data=data if data is not None else case_data(),
            ).seq

    def publish(self) -> int:
        """Publish everything written so far; what was published before is passed over."""
        return publish_entries(journal.entries_after(0), profiles=PROFILES, titles={}, now=self.at)


@pytest.fixture
def scribe() -> Scribe:
    return Scribe()


@pytest.fixture
def data_of() -> Callable[..., dict[str, Any]]:
    return case_data
