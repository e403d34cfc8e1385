"""Notices: posting with proof, the legal days, and the objections that were lodged meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum

from mingbai.cases import events
from mingbai.cases.events import NoticeStarted
from mingbai.cases.models import Case, Notice, StepRun
from mingbai.cases.rules import days, notices
from mingbai.cases.services import papering, signing
from mingbai.cases.services.running import Running, lock, notice_of
from mingbai.kernel import Refused
from mingbai.organisations.rules import Actor
from mingbai.procedures.rules.graph import Node


def start_notice(
    *,
    case: str,
    step: str,
    posted_on: date,
    papers: Mapping[str, Sequence[str]],
    by: Actor,
    at: datetime,
) -> NoticeStarted:
    """Record that a notice hangs on the board, with the proof of posting; its legal days start to run.

    Raises:
        Refused: not a publicity step, posted already, wrong office or day, or no proof of posting.
    """
    with transaction.atomic():
        running = lock(case, at)
        run, node = running.open_step(step), running.node(step)
        _refuse_unpostable(node, run)
        days.refuse_future(posted_on, running.today)
        office = signing.require_office(running, node, by, posted_on)
        days.refuse_before(node, posted_on, running.before(node), binding=False)
        kept = papering.require_papers(running, node, papers)
        run.notice = _post(running, node, run, posted_on, by, office)
        running.save()
        running.record(
            events.NOTICE_STARTED,
            node=node,
            office=office,
            occurred_on=posted_on,
            by=by,
            citation=node.limit.citation if node.limit else node.citation,
            papers=[paper.as_dict() for paper in kept],
            notice=as_data(run),
        )
    return NoticeStarted(case, step, run.notice.until)


def _refuse_unpostable(node: Node, run: StepRun) -> None:
    if node.kind != "publicity":
        raise Refused(f"“{node.title}”不是公示环节", remedy="按这一环节本身的要求办理")
    posted = notice_of(run)
    if posted is not None:
        raise Refused(
            f"“{node.title}”已经在{posted.posted_on}张贴，要贴到{posted.until}",
            basis=node.citation,
            remedy="不必重复登记；期满后办结",
        )


def _post(running: Running, node: Node, run: StepRun, posted_on: date, by: Actor, office: str) -> Notice:
    value, unit = (node.limit.value, node.limit.unit) if node.limit else (0, "calendar_day")
    until = running.calendar.add(posted_on, value, unit) if value else posted_on
    if run.due is not None and run.due < until:
        run.due = None
    return Notice.objects.create(
        step=run,
        posted_on=posted_on,
        until=until,
        days=value,
        unit=unit,
        person=by.person,
        office=office,
        recorded_at=running.at,
    )


def require_finished(running: Running, node: Node, run: StepRun, occurred_on: date) -> None:
    """Refuse to end a notice that was never posted or has not hung its legal days."""
    posted = notice_of(run)
    if posted is None:
        raise Refused(
            f"“{node.title}”还没有登记张贴",
            basis=(node.limit.citation if node.limit else None) or node.citation,
            remedy="先张贴并上传张贴照片，登记张贴日期，期满后再办结",
        )
    days.refuse_cut_short(node, occurred_on, posted.until)
    notices.refuse_unanswered(node, _unanswered(running, node.id))


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


def _unanswered(running: Running, step: str) -> int:
    """Objections to any posting of this step that nobody has answered."""
    counted = Notice.objects.filter(step__case=running.row, step__node=step)
    return counted.aggregate(Sum("open_objections"))["open_objections__sum"] or 0


def as_data(run: StepRun) -> dict[str, Any] | None:
    """The notice of a visit as the journal carries it."""
    posted = notice_of(run)
    if posted is None:
        return None
    return {"from": posted.posted_on.isoformat(), "until": posted.until.isoformat(), "days": posted.days}
