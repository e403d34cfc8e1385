"""Returning a case to an earlier step: nothing is erased, the later visits stop counting."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from django.db import transaction

from mingbai.cases import events
from mingbai.cases.events import StepReturned
from mingbai.cases.models import StepRun
from mingbai.cases.rules import days, values
from mingbai.cases.services import signing
from mingbai.cases.services.running import Running, lock
from mingbai.journal.events import TypedField
from mingbai.kernel import FieldKind, Refused
from mingbai.organisations.rules import Actor
from mingbai.procedures.rules.interpreter import send_back


def return_step(
    *, case: str, step: str, to: str, reason: str, occurred_on: date, by: Actor, at: datetime
) -> StepReturned:
    """Send a case back from the step that waits to an earlier one, with a reason.

    Raises:
        Refused: not the person's step, no reason, `to` was never done, or money or a contract would have
            to be undone (those are corrected by later acts only).
    """
    with transaction.atomic():
        running = lock(case, at)
        run, node = running.open_step(step), running.node(step)
        days.refuse_future(occurred_on, running.today)
        office = signing.require_office(running, node, by, occurred_on)
        days.refuse_before(node, occurred_on, running.before(node), binding=False)
        why = require_reason(reason)
        _refuse_unreturnable(running, to)
        running.state = send_back(running.chart, running.state, step, to)
        _void(running, run, by, office, occurred_on)
        running.enter(running.state.marking, occurred_on, run.entered_from)
        running.save()
        running.record(
            events.STEP_RETURNED, node=node, office=office, occurred_on=occurred_on, by=by, fields=[why],
        )  # fmt: skip
    return StepReturned(case, step, to)


def require_reason(reason: str) -> TypedField:
    """The reason as a journal field; refused when empty or carrying a personal number."""
    text = values.read_text("理由", reason, longest=500)
    if not text:
        raise Refused("还没有写明理由", remedy="写清楚为什么")
    return TypedField("reason", "理由", str(FieldKind.text), text)


def may_return_to(running: Running) -> tuple[str, ...]:
    """Steps to which the case may be sent back: done, and with no contract or payment since."""
    done = running.done_steps()
    binding = [i for i, run in enumerate(done) if days.is_binding(running.chart.nodes[run.node])]
    free = done[binding[-1] + 1 :] if binding else done
    return tuple(dict.fromkeys(run.node for run in free))


def _refuse_unreturnable(running: Running, to: str) -> None:
    if to in may_return_to(running):
        return
    title = running.node(to).title
    if any(run.node == to for run in running.done_steps()):
        raise Refused(
            f"“{title}”之后已经签了合同或者付了款，不能退回去重办",
            basis=running.node(to).citation,
            remedy="合同用补充协议更正，付款用红字凭证更正",
        )
    raise Refused(f"“{title}”还没有办过，不能退回到那里", remedy="从已经办过的环节中选一个")


def _void(running: Running, run: StepRun, by: Actor, office: str, on: date) -> None:
    """Close the waiting visit as returned and let every visit the interpreter undid stop counting."""
    kept = Counter(node for node, _ in running.state.done)
    waiting = set(running.state.marking)
    for other in running.steps:
        if other is run:
            other.status, other.person, other.office = StepRun.Status.returned, by.person, office
            other.done_on, other.recorded_at = on, running.at
        elif _undone(other, kept, waiting):
            other.status = StepRun.Status.void
    StepRun.objects.bulk_update(running.steps, ["status", "person", "office", "done_on", "recorded_at"])


def _undone(run: StepRun, kept: Counter[str], waiting: set[str]) -> bool:
    """Whether a visit no longer counts; `kept` counts down, earliest visits of a step first."""
    if run.status == StepRun.Status.done:
        kept[run.node] -= 1
        return kept[run.node] < 0
    return run.status == StepRun.Status.open and run.node not in waiting
