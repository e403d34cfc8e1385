"""A village whose 两委 has seven members and whose representatives are thirty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from mingbai.catalogue.queries import read_district
from mingbai.catalogue.services import confirm_edition
from mingbai.meetings import services
from mingbai.meetings.rules import Votes
from mingbai.organisations.rules import Actor, Mandate
from mingbai.organisations.services import add_person, load_divisions, load_offices

DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
VILLAGE = "340311104201"
CASE = "01-340311104201-2026-001"
NOW = datetime(2026, 9, 20, 1, 0, tzinfo=UTC)
MANDATE = Mandate("village_party_secretary", VILLAGE, date(2026, 1, 1), None)


@dataclass
class Hall:
    """Where the village meets: every call fills in what a test does not care about."""

    by: Actor = field(default_factory=lambda: Actor("a" * 32, "李书记", (MANDATE,)))
    at: datetime = NOW
    people: list[str] = field(default_factory=list)

    def add(self, count: int) -> list[str]:
        """Register that many more people; returns their ids."""
        names = [f"村民{len(self.people) + n}" for n in range(count)]
        new = [add_person(name=name, village=VILLAGE, by=self.by, at=self.at) for name in names]
        self.people += new
        return new

    def roll(self, body: str, persons: list[str], since: date = date(2026, 1, 1), **more: Any) -> Any:
        """Set a roll."""
        return services.set_roll(
            village=VILLAGE, body=body, persons=persons, since=since, by=self.by, at=self.at, **more
        )

    def meet(self, body: str = "liangwei", first: int = 7, **more: Any) -> Any:
        """Hold a meeting of the `first` people on the roll; all agree unless told otherwise."""
        given = {
            "village": VILLAGE, "body": body, "case": CASE, "motion": "修通村东主路", "held_on": date(2026, 9, 10),
            "present": self.people[:first], "recused": [], "agree": None, "against": 0, "abstain": 0,
            "by": self.by, "office": "village_party_secretary", "at": self.at,
        }  # fmt: skip
        given.update(more)
        counts = {name: given.pop(name) for name in ("agree", "against", "abstain")}
        if counts["agree"] is None:
            voters = set(given["present"]) - set(given["recused"])
            counts["agree"] = len(voters) - counts["against"] - counts["abstain"]
        given["votes"] = Votes(**counts)
        return services.hold_meeting(**given)


def prepare() -> Hall:
    """Confirm the real district as the edition in force, and fill the rolls."""
    files = read_district(DISTRICT)
    load_divisions(files["divisions.csv"])
    load_offices(files["offices.yaml"])
    confirm_edition(files=files, since=date(2026, 1, 1), by_person="", office="", at=NOW)
    hall = Hall()
    hall.roll("liangwei", hall.add(7))
    return hall


@pytest.fixture
def hall(db: None) -> Hall:
    """The village with its seven."""
    return prepare()


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
def many_hands(_as_before: list[tuple[str, str]], transactional_db: None) -> Iterator[Hall]:
    """The same village, committed, so that several threads see it. Empties the tables afterwards."""
    yield prepare()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        _as_before.extend(cursor.fetchall())
        for name, _ in _as_before:
            cursor.execute(f"DROP TRIGGER {name}")
