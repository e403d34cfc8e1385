"""The passes: in order, once each, by one worker, whatever happens in between."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from mingbai.disclosure import queries
from mingbai.disclosure.follow import follow as disclose
from mingbai.journal import queries as journal
from mingbai.supervision import queries as supervision
from mingbai.supervision.follow import follow as supervise
from mingbai.worker import Busy, Counts, run_forever, run_once
from mingbai.worker.lease import lease

VILLAGES = ("340311104201", "340311104202")
START = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
DAY = date(2026, 9, 1)
Act = Callable[..., int]


def later(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


def test_an_act_becomes_a_publication_and_a_second_pass_makes_nothing(district: None, act: Act) -> None:
    act("case.opened", later(1), occurred_on=DAY)
    assert disclose(later(2)) == 2
    assert disclose(later(3)) == 0
    kinds = [item.kind for item in queries.publications().items]
    assert kinds == ["edition.confirmed", "case.opened"]


def test_a_publication_is_never_dated_before_its_act(district: None, act: Act) -> None:
    act("case.opened", later(60), occurred_on=DAY)
    disclose(later(2))
    last = queries.publications(newest_first=True).items[0]
    assert last.published_at == last.recorded_at == later(60)


def test_a_late_entry_is_found_published_and_never_answered_by_itself(district: None, act: Act) -> None:
    act("case.opened", later(1), occurred_on=date(2026, 8, 3))
    first = run_once(later(2))
    assert first.findings == 1
    assert run_once(later(3)) == Counts()
    (finding,) = queries.findings(VILLAGES[0])
    assert finding.case == f"05-{VILLAGES[0]}-2026-001"
    assert finding.data["rule"] == "R59"
    assert finding.data["working_days"] == 21
    assert finding.data["publication"] == f"{VILLAGES[0]}-1"
    assert finding.data["confidence"] == "assumed"
    assert [one.rule for one in supervision.findings(VILLAGES[0])] == ["R59"]
    assert journal.verify_chain() == ()


def test_supervision_again_from_zero_finds_nothing_twice(district: None, act: Act) -> None:
    from mingbai.journal.services import move_cursor

    act("case.opened", later(1), occurred_on=date(2026, 8, 3))
    assert supervise(later(2)) == 1
    move_cursor("supervision", 0)
    assert supervise(later(3)) == 0


def test_disclosure_again_from_zero_publishes_nothing_twice(district: None, act: Act) -> None:
    from mingbai.journal.services import move_cursor

    act("case.opened", later(1), occurred_on=DAY)
    assert disclose(later(2)) == 2
    move_cursor("disclosure", 0)
    assert disclose(later(3)) == 0


def test_a_crash_within_a_batch_leaves_nothing_half_done(
    district: None, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mingbai.disclosure import follow as module

    act("case.opened", later(1), occurred_on=DAY)

    def crash(name: str, seq: int) -> None:
        raise OSError("the power went")

    with monkeypatch.context() as patch, pytest.raises(OSError):
        patch.setattr(module.cursors, "move_cursor", crash)
        disclose(later(2))
    assert queries.head() == 0
    assert disclose(later(3)) == 2
    assert [item.order for item in queries.publications().items] == [1, 2]


def test_a_failed_pass_is_said_once_and_tried_again(
    district: None, act: Act, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from mingbai.worker import loop

    monkeypatch.setattr(loop, "close_old_connections", lambda: None)
    failures = [OSError("disk"), OSError("disk"), None]

    def log(now: datetime) -> int:
        failure = failures.pop(0)
        if failure:
            raise failure
        return 0

    monkeypatch.setattr(loop, "log", log)
    act("case.opened", later(1), occurred_on=DAY)
    waits: list[float] = []
    run_forever(lambda: later(2), 0.5, going_on=lambda: bool(failures), wait=waits.append)
    assert waits == [0.5, 0.5, 0.5]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert queries.head() == 2


def test_only_one_worker_at_a_time(district: None) -> None:
    with lease():
        refused: list[str] = []

        def second() -> None:
            try:
                run_once(later(1))
            except Busy as busy:
                refused.append(str(busy))
            finally:
                connections.close_all()

        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert "已经有一个后台在跑" in refused[0]
    with lease():
        pass


@pytest.mark.django_db(transaction=True)
def test_two_followers_at_once_number_without_gap_or_double(committed_district: None, act: Act) -> None:
    for n in range(60):
        act("case.opened", later(n + 1), occurred_on=DAY, village=VILLAGES[n % 2], serial=n)
    made: list[int] = []
    wrong: list[BaseException] = []
    gate = threading.Barrier(4)

    def work() -> None:
        try:
            gate.wait()
            made.append(disclose(later(100)))
        except BaseException as problem:
            wrong.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert sum(made) == 61
    items = list(_all())
    assert [item.order for item in items] == list(range(1, 62))
    for village in VILLAGES:
        assert [item.number for item in items if item.village == village] == list(range(1, 31))


def _all() -> Iterator[Any]:
    key: int | None = 0
    while key is not None:
        page = queries.publications(since=key, limit=25)
        yield from page.items
        key = page.next
