"""A district in force with a few publications, and a client of the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from mingbai.catalogue.queries import read_district
from mingbai.catalogue.services import confirm_edition
from mingbai.disclosure.follow import follow
from mingbai.journal.events import TypedField
from mingbai.journal.services import record
from mingbai.organisations.services import load_divisions, load_offices
from mingbai.translog.follow import follow as log

DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
VILLAGE = "340311104201"
# The edition must be in force on the day the test runs, so acts are dated well before it.
START = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def files() -> Mapping[str, str]:
    return read_district(DISTRICT)


@pytest.fixture
def published(db: None, files: Mapping[str, str]) -> None:
    """An edition, three case acts with personal data in them, and one act that must stay in."""
    found(files)
    for serial, act in enumerate(("case.opened", "case.opened", "case.opened", "secret.act"), 1):
        act_out(act, serial, FIELDS)
    follow(START)


FIELDS = (
    TypedField("budget", "预算", "money", "8,600.00"),
    TypedField("person", "申请人", "person", "张金丝雀"),
    TypedField("note", "备注", "text", "身份证11010519491231002X"),
)


def found(files: Mapping[str, str]) -> None:
    """The district with an edition in force."""
    load_divisions(files["divisions.csv"])
    load_offices(files["offices.yaml"])
    confirm_edition(files=files, since=date(2026, 1, 5), by_person="", office="district_government", at=START)


def act_out(act: str, serial: int, fields: tuple[TypedField, ...]) -> None:
    """Record an act of a case."""
    case = f"05-{VILLAGE}-2026-{serial:03d}"
    data: dict[str, Any] = {"case": case, "power": "procurement-small-works", "title": "水渠", "next": []}
    with transaction.atomic():
        record(
            act=act,
            village=VILLAGE,
            subject=f"case:{case}",
            actor="",
            office="village_committee",
            occurred_on=date(2026, 1, 5),
            at=START,
            fields=fields,
            data=data,
        )


@pytest.fixture
def client(published: None) -> Client:
    return Client()


@pytest.fixture
def logged(published: None, settings: Any, tmp_path: Path) -> Client:
    """The same, and the log of it signed."""
    settings.MINGBAI_DATA = tmp_path
    log(START)
    return Client()


@pytest.fixture
def opening(
    transactional_db: None, files: Mapping[str, str], settings: Any, tmp_path: Path
) -> Callable[[int], None]:
    """A district committed for real, for threads; records an act, publishes and logs what there is."""
    settings.MINGBAI_DATA = tmp_path
    found(files)
    log(START)

    def opened(serial: int) -> None:
        act_out("case.opened", serial, ())
        follow(START)
        log(START)

    return opened


@pytest.fixture
def publish_more(logged: Client) -> Callable[[], None]:
    """One more publication, not in the log yet."""

    def more() -> None:
        act_out("case.opened", 9, ())
        follow(START)

    return more
