"""What somebody changes behind the program's back, in tables or in files, is found and named (security T1, T4)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from mingbai.merkle.verifier import verify_log
from mingbai.translog import services
from mingbai.translog.follow import follow
from mingbai.translog.models import Head, Leaf

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
ID = "340311104201-2"


def sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def findings() -> str:
    report = services.check_log()
    assert report.ok == (not report.lines or "逐条相符" in report.lines[0])
    return "" if report.ok else "\n".join(report.lines)


@pytest.fixture
def log(publish):
    publish(3)
    follow(AT)
    assert findings() == ""


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE disclosure_publication SET title = '别的' WHERE seq = 2", (ID, "第 1 条", "title")),
        ("UPDATE disclosure_publication SET occurred_on = '2026-08-01' WHERE seq = 2", (ID, "occurred_on")),
        ("UPDATE disclosure_publication SET power = 'x' WHERE seq = 2", (ID, "power")),
        ("UPDATE disclosure_publication SET digest = 'ab' WHERE seq = 2", (ID, "摘要", "记载不一样")),
        ("UPDATE disclosure_publication SET supersedes = 'x' WHERE seq = 2", (ID, "supersedes")),
        ("UPDATE disclosure_publication SET body = salt WHERE seq = 2", ("读不出来", ID)),
        ("DELETE FROM disclosure_publication WHERE seq = 2", (ID, "不见了", "第 1 条")),
        ("DELETE FROM disclosure_publication WHERE seq = 3", ("340311104201-3", "不见了")),
        ("DELETE FROM translog_leaf WHERE seq = 1", ("第 1 条不见了", ID)),
        ("DELETE FROM translog_leaf WHERE seq = 2", ("签发过 3 条",)),
        ("UPDATE translog_leaf SET hash = statement WHERE seq = 1", ("第 1 条", "哈希")),
        ("UPDATE translog_head SET size = 2", ("签名",)),
        ("UPDATE translog_head SET note = 'x'", ("签名",)),
    ],
)
def test_a_row_changed_in_sql_is_named(log, without_triggers, statement, says):
    with without_triggers():
        sql(statement)
    found = findings()
    for words in says:
        assert words in found


def test_a_body_and_digest_changed_together_are_found(log, without_triggers):
    """Whoever recomputes the digest still has the log against him."""
    with without_triggers():
        sql(
            "UPDATE disclosure_publication SET body = (SELECT body FROM disclosure_publication WHERE seq = 1), "
            "salt = (SELECT salt FROM disclosure_publication WHERE seq = 1), "
            "digest = (SELECT digest FROM disclosure_publication WHERE seq = 1) WHERE seq = 2"
        )
    assert ID in findings()


def test_a_publication_slipped_in_is_found(publish, without_triggers):
    publish(2)
    follow(AT)
    with without_triggers():
        sql("DELETE FROM translog_leaf WHERE seq = 1")
        sql("UPDATE translog_leaf SET publication_seq = 2 WHERE seq = 0")
    assert "340311104201-2 不在日志里" in findings()


@pytest.mark.parametrize("path", ["checkpoint", "vkey", "tile/0/000.p/3", "tile/entries/000.p/3"])
def test_a_published_file_changed_or_gone_is_found(log, log_dir, path):
    file = log_dir / path
    content = file.read_bytes()
    file.write_bytes(content[:-2] + bytes([content[-2] ^ 1]) + content[-1:])
    assert findings() != ""
    assert not verify_log(str(log_dir)).ok
    file.write_bytes(content)
    assert findings() == ""
    if path != "checkpoint":  # a missing checkpoint is put back by the next run
        file.unlink()
        assert path in findings()


def test_a_node_above_the_leaves_is_checked(publish, without_triggers):
    publish(256)
    follow(AT)
    with without_triggers():
        sql("UPDATE translog_node SET hash = (SELECT hash FROM translog_leaf WHERE seq = 0)")
    assert "节点" in findings()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE translog_leaf SET publication = 'x' WHERE seq = 1",
        "DELETE FROM translog_leaf WHERE seq = 2",
        "DELETE FROM translog_node",
        "INSERT INTO translog_leaf (seq, publication_seq, publication, statement, hash) "
        "SELECT 7, 7, 'x', statement, hash FROM translog_leaf WHERE seq = 1",
    ],
)
def test_the_database_itself_refuses(publish, statement):
    publish(256)
    follow(AT)
    with pytest.raises(DatabaseError):
        sql(statement)
    assert Leaf.objects.count() == 256 and Head.objects.get(pk=1).size == 256
