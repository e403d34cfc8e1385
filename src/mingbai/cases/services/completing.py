"""Completing a step: the one act on which the whole platform stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from mingbai.cases import events
from mingbai.cases.events import StepCompleted
from mingbai.cases.models import Case, StepRun
from mingbai.cases.queries.notices import as_data
from mingbai.cases.rules import days
from mingbai.cases.services import consequences, cosigning, deadlines, noticing, papering, paying, signing
from mingbai.cases.services.running import Running, Signed, lock, notice_of
from mingbai.catalogue import queries as catalogue
from mingbai.journal.events import TypedField
from mingbai.kernel import Refused
from mingbai.organisations.rules import Actor
from mingbai.procedures.rules.graph import Node
from mingbai.procedures.rules.interpreter import StepAct, advance


def complete_step(
    *,
    case: str,
    step: str,
    values: Mapping[str, str],
    papers: Mapping[str, Sequence[str]],
    occurred_on: date,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> StepCompleted:
    """Do one step of a case: tables, numbers and journal in one transaction, or nothing at all.

    `values` are raw strings by field id; `papers` are evidence ids by paper need; `seen` is the version of
    the case that the person was looking at.

    Raises:
        Refused: wrong order, office, person, day, value or paper; somebody was quicker; a meeting, payment
            or contract that may not be (architecture, section 3, rule 4).
    """
    with transaction.atomic():
        running = lock(case, at)
        _refuse_stale(running, seen)
        signed = _sign(running, step, papers, occurred_on, by)
        result = paying.carry_out(running, signed, values)
        outcome = advance(
            running.chart,
            running.state,
            StepAct(step, by.person, result.values),
            catalogue.parameter_values(running.edition, occurred_on),
        )
        running.state = outcome.state
        _write(running, signed, result)
        running.enter(outcome.entered, occurred_on, step)
        _close_if_ended(running, outcome.ended)
        deadlines.keep_deadlines(running, step, occurred_on)
        running.save()
        _record(running, signed, result.fields)
    return StepCompleted(
        case, step, outcome.entered, outcome.ended, result.voucher, result.resolution, result.contract
    )


def _refuse_stale(running: Running, seen: int | None) -> None:
    if seen is not None and seen != running.row.version:
        raise Refused(
            "别人刚刚办过本事项的一个环节，您看到的页面已经旧了",
            remedy="刷新页面，看清现在到了哪一步再办",
        )


def _sign(
    running: Running, step: str, papers: Mapping[str, Sequence[str]], occurred_on: date, by: Actor
) -> Signed:
    run = running.open_step(step)
    node = running.node(step)
    days.refuse_future(occurred_on, running.today)
    office = signing.require_office(running, node, by, occurred_on)
    _check_days(running, node, run, occurred_on)
    kept = papering.require_papers(running, node, papers)
    if run.asked_signatures:
        cosigning.refuse_unsigned(run, node, by)
    return Signed(node, run, by, office, occurred_on, kept)


def _check_days(running: Running, node: Node, run: StepRun, occurred_on: date) -> None:
    binding = days.is_binding(node)
    days.refuse_before(node, occurred_on, running.before(node), binding=binding)
    if node.kind == "publicity":
        noticing.require_finished(running, node, run, occurred_on)
    else:
        first = days.first_day(node.limit, running.calendar, run.entered_on)
        days.refuse_early(node, occurred_on, first)


def _write(running: Running, signed: Signed, result: consequences.Result) -> None:
    run = signed.run
    run.status = StepRun.Status.done
    run.person, run.office = signed.by.person, signed.office
    run.done_on, run.recorded_at = signed.occurred_on, running.at
    run.reference, run.amount_fen = result.reference, result.amount_fen
    run.save(
        update_fields=["status", "person", "office", "done_on", "recorded_at", "reference", "amount_fen"]
    )


def _close_if_ended(running: Running, ended: str | None) -> None:
    if ended is not None:
        running.row.status = Case.Status.closed
        running.row.ended = ended


def _record(running: Running, signed: Signed, fields: Sequence[TypedField]) -> None:
    common = {
        "node": signed.node,
        "office": signed.office,
        "occurred_on": signed.occurred_on,
        "by": signed.by,
    }
    running.record(
        events.STEP_COMPLETED,
        fields=fields,
        citation=signed.node.citation,
        papers=[paper.as_dict() for paper in signed.papers],
        notice=as_data(notice_of(signed.run)) if signed.node.kind == "publicity" else None,
        **common,
    )
    if running.row.ended:
        running.record(events.CLOSED, **common)
