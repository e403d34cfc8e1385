"""The records checked against themselves: each kind of damage is found and told, and nothing is mended."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client

from mingbai.evidence import store
from mingbai.evidence.models import Paper
from mingbai.journal.models import EntryRow
from mingbai.supervision.services import check_records
from mingbai.worker import run_once

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def lived(world, settings, tmp_path):
    """A village in which something was done and published, with a log of its own."""
    settings.MINGBAI_DATA = tmp_path
    world.do(world.open())
    run_once(world.at)
    return world


def without_locks(table: str) -> None:
    """What an attacker with the database's password would do first."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {table}_no_update")
        else:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_change")


def test_untouched_records_agree(lived) -> None:
    told: list[str] = []
    outcome = check_records(at=AT, say=told.append)
    assert (outcome.ok, outcome.lines) == (True, ()) and len(told) == 4


def test_a_changed_entry_and_the_removed_lock_are_both_told(lived) -> None:
    without_locks("journal_entry")
    EntryRow.objects.filter(seq=3).update(office="bookkeeper")
    outcome = check_records(at=AT)
    assert not outcome.ok
    assert "办事记录：第 3 号被改过" in outcome.lines
    assert any("数据库的锁 journal_entry_no_" in line for line in outcome.lines)


def test_a_paper_swapped_on_disk_is_told(lived) -> None:
    paper = Paper.objects.first()
    file = store.place("sealed", paper.digest)
    file.chmod(0o600)
    file.write_bytes(b"x" + file.read_bytes()[1:])
    outcome = check_records(at=AT)
    assert outcome.lines == (f"单据 {paper.pk} 的原件不见了，或者被改过",)


def test_everybody_sees_that_records_disagree(lived) -> None:
    assert Client().get("/healthz").status_code == 200
    without_locks("journal_entry")
    EntryRow.objects.filter(seq=3).update(office="bookkeeper")
    check_records(at=AT)
    assert Client().get("/healthz").status_code == 503
    assert "第 3 号被改过" in Client().get("/verify/").content.decode()
