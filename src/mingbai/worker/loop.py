"""One pass of the followers, and passes for ever."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import close_old_connections

from mingbai.cases.rules.days import legal_day
from mingbai.cases.services import escalate_overdue
from mingbai.complaints.services import escalate_objections, take_in_waiting, tell_joined
from mingbai.disclosure.follow import follow as disclose
from mingbai.ledger.services import find_breaks
from mingbai.registers.services import find_wanting
from mingbai.search.follow import follow as index
from mingbai.supervision.follow import follow as supervise
from mingbai.translog.follow import follow as log
from mingbai.worker.lease import Busy, lease

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Counts:
    """What one pass did."""

    published: int = 0
    logged: int = 0
    findings: int = 0

    def __str__(self) -> str:
        return f"公布 {self.published} 条，入日志 {self.logged} 条，监督提示 {self.findings} 条"

    def __bool__(self) -> bool:
        return bool(self.published or self.logged or self.findings)


def run_once(now: datetime) -> Counts:
    """Every follower once, in order; what supervision found is published and logged in the same pass.

    Raises:
        Busy: another worker is at it.
    """
    with lease():
        return _pass(now)


def _pass(now: datetime) -> Counts:
    _mark_deadlines(now)
    take_in_waiting(now)
    published, logged = disclose(now), log(now)
    findings = supervise(now)
    if findings:
        published += disclose(now)
        logged += log(now)
    index()
    return Counts(published, logged, findings)


_marked: set[date] = set()
"""The legal day on which this process marked what passed its last day; marking again would find nothing."""


def _mark_deadlines(now: datetime) -> None:
    today = legal_day(now)
    if today in _marked:
        return
    late = escalate_overdue(today=today, at=now) + escalate_objections(today=today, at=now)
    late += find_breaks(now) + find_wanting(now)
    if not late + tell_joined(today=today, at=now):
        _marked.clear()
        _marked.add(today)


def run_forever(
    clock: Callable[[], datetime],
    interval: float = 0.5,
    *,
    going_on: Callable[[], bool] = lambda: True,
    wait: Callable[[float], None] = time.sleep,
) -> None:
    """Passes for ever, `interval` seconds apart, each under its own lease; a failed one is tried again.

    `clock` gives the time of each pass. While another worker is at it, this one waits its turn.
    """
    failed = ""
    while going_on():
        try:
            run_once(clock())
            failed = ""
        except Busy:
            logger.debug("another worker holds the lease")
        except Exception as problem:
            # Said once per kind of failure, not twice a second.
            if repr(problem) != failed:
                logger.exception("a pass failed and will be tried again")
            failed = repr(problem)
        close_old_connections()
        wait(interval)
