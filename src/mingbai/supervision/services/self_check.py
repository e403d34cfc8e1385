"""The records checked against themselves: nothing changed, nothing gone, the locks still on (security T4, T5, T8)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime

from mingbai.evidence import queries as evidence
from mingbai.journal import queries as journal
from mingbai.supervision.models import SelfCheckRow
from mingbai.supervision.queries import SelfCheck, last_self_check
from mingbai.translog.services.checking import check_log


def check_records(*, at: datetime, say: Callable[[str], None] = lambda _: None) -> SelfCheck:
    """Check journal, log, papers and the database's own locks, keep the outcome, and return it.

    `say` is told what is being checked, for whoever waits. A check reads; it never mends.
    """
    began = time.perf_counter()
    wrong = list(_wrong(say))
    milliseconds = round((time.perf_counter() - began) * 1000)
    SelfCheckRow.objects.create(at=at, ok=not wrong, lines=wrong, milliseconds=milliseconds)
    kept = last_self_check()
    if kept is None:
        raise RuntimeError("the outcome of the check was not kept")
    return kept


def _wrong(say: Callable[[str], None]) -> Iterator[str]:
    say("办事记录 …")
    yield from (f"办事记录：{line}" for line in journal.verify_chain())
    say("公开总账 …")
    report = check_log()
    yield from (() if report.ok else (f"公开总账：{line}" for line in report.lines))
    say("封存的单据 …")
    yield from (f"单据 {paper} 的原件不见了，或者被改过" for paper in evidence.altered())
    say("数据库的锁 …")
    yield from (f"数据库的锁 {name} 被拆掉了" for name in journal.missing_locks())
