"""What an objection does to the notice it was lodged against; `complaints` keeps the objection itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from mingbai.cases.models import Case, Notice, StepRun
from mingbai.cases.rules import notices
from mingbai.cases.services.running import Running, lock, notice_of
from mingbai.procedures.rules.graph import Node


def refuse_silence(node: Node, run: StepRun, said: str) -> None:
    """Refuse to end a notice as if nobody had objected when somebody had."""
    posted = notice_of(run)
    if posted is not None:
        notices.refuse_silence(node, objections_of(posted), said)


def objections_of(posted: Notice) -> notices.Objections:
    """What was lodged against this posting, and what became of it."""
    return notices.Objections(posted.objections, posted.open_objections, posted.upheld_objections)


def note_objection(*, case: str, step: str, at: datetime) -> bool:
    """Count an objection against the notice that hangs for this step; whether there is such a notice.

    Until `settle_objection` says that it was answered, the notice cannot be ended.
    Only `complaints` calls this: it keeps the number, the case keeps the consequence.
    """
    with transaction.atomic():
        running = lock(case, at, running=False)
        open_runs = [run for run in running.steps if run.node == step and run.status == StepRun.Status.open]
        posted = notice_of(open_runs[0]) if open_runs else None
        if posted is None or running.row.status not in (Case.Status.running, Case.Status.suspended):
            return False
        posted.objections += 1
        posted.open_objections += 1
        posted.save(update_fields=["objections", "open_objections"])
        return True


def settle_objection(*, case: str, step: str, upheld: bool, at: datetime) -> bool:
    """An objection that was noted against a notice of this step has been answered; whether one was waiting.

    The notice may be ended again when nothing else is unanswered. When the objection was `upheld`, only by the
    chart's own way for 有异议, or after the changed notice was posted again and has hung its days anew. With
    several postings of one step (the case went back, or the notice was posted again) the earliest that still
    waits is settled first: the unanswered ones of all of them hold the step.
    Only `complaints` calls this, in the transaction of its answer. Records no act: the answer is the act.
    """
    with transaction.atomic():
        lock(case, at, running=False)
        waiting = Notice.objects.filter(step__case=case, step__node=step, open_objections__gt=0)
        posted = waiting.order_by("pk").first()
        if posted is None:
            return False
        posted.open_objections -= 1
        posted.upheld_objections += upheld
        posted.save(update_fields=["open_objections", "upheld_objections"])
        return True


def unanswered(running: Running, step: str) -> int:
    """Objections to any posting of this step that nobody has answered."""
    counted = Notice.objects.filter(step__case=running.row, step__node=step)
    return counted.aggregate(Sum("open_objections"))["open_objections__sum"] or 0
