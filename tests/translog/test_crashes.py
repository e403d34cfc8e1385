"""A crash at any step, two workers at once, an old backup: the next start completes or refuses, never forks."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction

from mingbai.kernel import Refused
from mingbai.merkle.verifier import verify_log
from mingbai.translog import files, notes, queries, services
from mingbai.translog.follow import follow
from mingbai.translog.models import Head, Leaf
from mingbai.translog.services import appending

AT = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)


class PowerCut(BaseException):
    """Not an Exception: nothing on the way may catch it."""


def cut_at(monkeypatch, module, name, nth):
    """The nth call of a function never returns."""
    plain, calls = getattr(module, name), []

    def cutting(*args, **kwargs):
        calls.append(1)
        if len(calls) == nth:
            raise PowerCut
        return plain(*args, **kwargs)

    monkeypatch.setattr(module, name, cutting)


STEPS = (
    [(notes, "signed", 1), (Leaf.objects, "bulk_create", 1)]
    + [(os, "replace", nth) for nth in range(1, 6)]
    + [(os, "fsync", nth) for nth in range(1, 12)]
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("module", "name", "nth"), STEPS, ids=lambda value: getattr(value, "__name__", str(value))[-20:]
)
def test_whatever_step_is_cut_the_next_run_completes(publish, log_dir, monkeypatch, module, name, nth):
    publish(255)
    follow(AT)
    old = files.read("checkpoint")
    publish(2)
    with monkeypatch.context() as patch:
        cut_at(patch, module, name, nth)
        try:
            follow(AT)
        except PowerCut:
            pass
    readable = verify_log(str(log_dir), old=old)
    assert readable.ok, readable.lines  # readers see a whole log at every moment
    follow(AT)
    report = verify_log(str(log_dir), old=old)
    assert report.ok, report.lines
    assert queries.head().size == 257 == Leaf.objects.count()
    assert services.check_log().ok


@pytest.mark.django_db(transaction=True)
def test_a_signed_head_is_stored_before_it_is_seen(publish, monkeypatch):
    """Whatever head was shown to anyone, the database knows it."""
    publish(3)
    seen = []
    plain = files.write

    def watching(path, content):
        if path == "checkpoint":
            seen.append((Head.objects.get(pk=1).note.encode(), connection.in_atomic_block))
            assert seen[-1] == (content, False)
        plain(path, content)

    monkeypatch.setattr(files, "write", watching)
    follow(AT)
    assert len(seen) == 1


@pytest.mark.django_db(transaction=True)
def test_two_appenders_at_once_make_one_sequence(publish, log_dir, monkeypatch):
    follow(AT)  # the head row is there already: making it would hold the others back by itself
    publish(40)
    plain = appending.disclosure.publications

    def slowly(**which):
        page = plain(**which)
        time.sleep(0.1)  # long enough for the others to read the same page, if nothing holds them back
        return page

    monkeypatch.setattr(appending.disclosure, "publications", slowly)
    problems: list[BaseException] = []

    def run() -> None:
        try:
            for _ in range(3):
                follow(AT)
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(range(40))
    report = verify_log(str(log_dir))
    assert report.ok, report.lines
    assert services.check_log().ok


_WORKER = """
import os, sys, time
import django
django.setup()
from datetime import UTC, datetime
from pathlib import Path
from django.conf import settings
from django.db import connection
settings.MINGBAI_DATA = Path(sys.argv[1])
settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = sys.argv[2]
from mingbai.translog import files
from mingbai.translog.follow import follow
plain, stop_at = files.write, int(sys.argv[3])
calls = 0
def slow(path, content):
    global calls
    calls += 1
    if calls == stop_at:
        print("here", flush=True)
        time.sleep(60)
    plain(path, content)
files.write = slow
follow(datetime(2026, 9, 1, 1, 0, tzinfo=UTC))
print("done", flush=True)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("stop_at", [1, 4])
def test_a_killed_process_leaves_a_log_that_the_next_one_completes(publish, log_dir, stop_at):
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and "memory" in name:
        pytest.skip("another process cannot see a database in memory")
    publish(3)
    process = subprocess.Popen(
        [sys.executable, "-c", _WORKER, str(django_settings.MINGBAI_DATA), name, str(stop_at)],
        stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": "src", "DJANGO_SETTINGS_MODULE": "mingbai.config.settings"},
    )  # fmt: skip
    assert process.stdout.readline().strip() == "here"
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert Leaf.objects.count() == 3
    started = time.monotonic()
    follow(AT)  # the dead process holds no lock
    assert time.monotonic() - started < 5
    report = verify_log(str(log_dir))
    assert report.ok, report.lines
    assert services.check_log().ok


@pytest.mark.django_db(transaction=True)
def test_an_old_backup_is_never_signed_over(publish, log_dir, without_triggers):
    publish(3)
    follow(AT)
    old_head = Head.objects.values().get(pk=1)
    publish(3)
    follow(AT)
    shown = files.read("checkpoint")
    with without_triggers(), transaction.atomic():  # the database goes back, the published files do not
        Leaf.objects.filter(index__gte=3).delete()
        connection.cursor().execute("DELETE FROM disclosure_publication WHERE seq > 3")
        Head.objects.filter(pk=1).update(**old_head)
    with pytest.raises(Refused, match="6 条，库里只有 3 条"):
        follow(AT)
    publish(2)  # life goes on after the restore: still smaller
    with pytest.raises(Refused, match="旧备份"):
        follow(AT)
    publish(4)  # now larger than the published head, but another history
    with pytest.raises(Refused, match="对不上"):
        follow(AT)
    assert files.read("checkpoint") == shown
    assert not services.check_log().ok


@pytest.mark.django_db
def test_a_foreign_checkpoint_is_never_signed_over(publish, log_dir, tmp_path):
    publish(2)
    follow(AT)
    text = (log_dir / "checkpoint").read_text().replace("\n2\n", "\n3\n")
    (log_dir / "checkpoint").write_text(text)
    with pytest.raises(Refused, match="被改过"):
        follow(AT)


@pytest.mark.django_db
def test_a_lost_folder_is_published_again(publish, log_dir):
    publish(257)
    follow(AT)
    before = files.read("checkpoint")
    shutil.rmtree(log_dir)
    assert follow(AT) == 0
    assert files.read("checkpoint") == before
    assert verify_log(str(log_dir)).ok


@pytest.mark.django_db
def test_a_tile_in_place_is_never_written_over(publish, log_dir):
    publish(2)
    services.append_new()
    services.sign_head(AT)
    target = log_dir / "tile/0/000.p/2"
    target.parent.mkdir(parents=True)
    target.write_bytes(b"other")
    with pytest.raises(Refused, match="tile/0/000.p/2"):
        follow(AT)
    assert target.read_bytes() == b"other"


@pytest.mark.django_db
def test_a_head_is_replaced_only_if_it_is_the_one_that_was_checked(publish, monkeypatch):
    publish(1)
    services.append_new()
    plain = notes.signed

    def somebody_else_first(*args):
        Head.objects.filter(pk=1).update(size=9)
        return plain(*args)

    monkeypatch.setattr(notes, "signed", somebody_else_first)
    with pytest.raises(RuntimeError):
        services.sign_head(AT)
