"""What cases ask of meetings: the steps that wait for a body to decide, and whom a matter is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingbai.cases.models import Case
from mingbai.cases.queries import charts
from mingbai.cases.queries.standing import open_runs
from mingbai.cases.rules import parties
from mingbai.kernel import Refused
from mingbai.organisations.rules import Actor
from mingbai.procedures.rules.interpreter import from_json


@dataclass(frozen=True)
class ForMeeting:
    """A step that a body decides at a meeting; `title` is what the case is about, and so the motion."""

    case: str
    title: str
    step: str
    step_title: str
    body: str
    village: str
    due: date | None
    overdue: bool


def steps_for_meetings(actor: Actor, today: date) -> tuple[ForMeeting, ...]:
    """The steps within a person's reach that wait for a meeting, the most pressing first."""
    return tuple(
        ForMeeting(
            run.case_id, run.case.title, run.node, chart.nodes[run.node].title, chart.nodes[run.node].body,
            run.village, run.due, run.due is not None and run.due < today,
        )
        for run, chart in open_runs(actor, today)
        if chart.nodes[run.node].kind == "meeting"
    )  # fmt: skip


def interested_in(case: str) -> frozenset[str]:
    """Names of whoever a case is about so far; they and their near kin stand aside.

    Raises:
        Refused: there is no such case.
    """
    row = Case.objects.filter(number=case).first()
    if row is None:
        raise Refused("没有这件事", remedy="核对事项编号")
    return parties.interested(charts.of(row)[1], from_json(row.state).facts)
