"""The published village of the portal's tests, and plain publications for threads."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mingbai.disclosure.models import PublicationRow
from mingbai.disclosure.rules import documents

sys.path.insert(0, str(Path(__file__).parents[1]))
from portal.conftest import made  # noqa: E402, F401

VILLAGE = "340311104201"
AT = datetime(2026, 8, 3, 2, tzinfo=UTC)


@pytest.fixture
def two_hundred(transactional_db) -> int:
    """So many publications that say 排水沟 stand in the table; returns how many."""
    PublicationRow.objects.bulk_create(_row(number) for number in range(1, 251))
    return 250


def _row(number: int) -> PublicationRow:
    body = documents.freeze({
        "late_days": 0, "fields": [], "papers": [], "data": {}, "citation": None, "withheld": 0,
        "kind_title": "立项", "office": "", "office_title": "", "actor": "", "citation_text": "", "basis_text": "",
    })  # fmt: skip
    salt = bytes(32)
    return PublicationRow(
        order=number, entry=number, village=VILLAGE, number=number, kind="case.opened", title="村西排水沟整修",
        occurred_on=date(2026, 8, 3), recorded_at=AT, published_at=AT, salt=salt,
        digest=documents.digest_of(salt, body), body=body,
    )  # fmt: skip
