"""What a step asks of the person who does it, what is known already, and why they may not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mingbai.cases.models import Case, Notice, StepRun
from mingbai.cases.queries import charts
from mingbai.cases.queries.notices import NoticeView, Owed, owed, view
from mingbai.cases.queries.standing import holds_any
from mingbai.cases.rules import days, notices, values
from mingbai.catalogue import queries as catalogue
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.procedures.rules.graph import Field, Node, PaperNeed, Procedure
from mingbai.procedures.rules.interpreter import State, from_json


@dataclass(frozen=True)
class StepForm:
    """A step as a form: `refusal` says beforehand what completing it now would be refused for."""

    case: str
    version: int
    node: Node
    fields: tuple[Field, ...]
    papers: tuple[PaperNeed, ...]
    known: tuple[tuple[str, str], ...]
    refusal: Refused | None
    may_return_to: tuple[tuple[str, str], ...]
    due: date | None
    first_day: date | None
    notice: NoticeView | None
    owed: Owed | None


def step_form(case: str, step: str, actor: Actor, today: date) -> StepForm:
    """The form of a step that waits.

    Raises:
        Refused: no such case or step, or the case is not there.
    """
    row = Case.objects.filter(number=case).first()
    runs = list(StepRun.objects.filter(case_id=case).select_related("notice").order_by("id"))
    run = next((one for one in runs if one.node == step and one.status == StepRun.Status.open), None)
    if row is None or run is None:
        raise Refused("这一步现在不等待办理", remedy="回到事项页面，从等待办理的环节进入")
    edition, chart = charts.of(row)
    node = chart.nodes[step]
    first = _first_day(row, node, run)
    return StepForm(
        case, row.version, node, node.fields, node.papers,
        _known(chart, from_json(row.state), step),
        _refusal(row, node, actor, today, first, getattr(run, "notice", None)),
        _may_return_to(chart, runs),
        run.due, first, view(getattr(run, "notice", None)),
        owed(edition, node, today) if node.kind == "publicity" else None,
    )  # fmt: skip


def _first_day(row: Case, node: Node, run: StepRun) -> date | None:
    posted = getattr(run, "notice", None)
    if node.kind == "publicity":
        return posted.until + timedelta(days=1) if posted else None
    calendar = catalogue.calendar(charts.of(row)[0])
    return days.first_day(node.limit, calendar, run.entered_on)


def _refusal(
    row: Case, node: Node, actor: Actor, today: date, first: date | None, posted: Notice | None
) -> Refused | None:
    if row.status != Case.Status.running:
        return Refused("本事项没有在办理中", remedy="先恢复办理")
    if not holds_any(actor, node, row.village, today):
        titles = "、".join(organisations.office_title(office) for office in node.offices)
        return Refused(f"“{node.title}”由{titles}办理", node.citation, f"请{titles}登录办理")
    try:
        if posted is not None:
            notices.refuse_down(node, posted.down_on)
        if first is not None and today < first:
            raise Refused(f"“{node.title}”{first}起才能办结", notices.basis_of(node), f"等到{first}")
        if posted is not None:
            notices.refuse_unanswered(node, posted.open_objections)
    except Refused as held:
        return held
    return None


def _known(chart: Procedure, state: State, step: str) -> tuple[tuple[str, str], ...]:
    """What earlier steps entered, with its label: a field already held is never asked again."""
    return tuple(
        (field.label, values.shown(field, state.facts[node.id][field.id]))
        for node in chart.nodes.values()
        if node.id != step and node.id in state.facts
        for field in node.fields
        if field.id in state.facts[node.id]
    )


def _may_return_to(chart: Procedure, runs: list[StepRun]) -> tuple[tuple[str, str], ...]:
    done = [run.node for run in runs if run.status == StepRun.Status.done]
    binding = [i for i, node in enumerate(done) if days.is_binding(chart.nodes[node])]
    free = done[binding[-1] + 1 :] if binding else done
    return tuple((node, chart.nodes[node].title) for node in dict.fromkeys(free))
