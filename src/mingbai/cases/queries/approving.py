"""Who has signed on the way to a payment, who is still to sign, and why: the chart itself is walked on, favourably."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mingbai.cases.models import Case
from mingbai.cases.queries.standing import CaseView, StepView
from mingbai.cases.rules import days
from mingbai.catalogue import queries as catalogue
from mingbai.kernel import Citation, Refused
from mingbai.organisations import queries as organisations
from mingbai.procedures.rules.graph import Node, Procedure
from mingbai.procedures.rules.interpreter import State, StepAct, advance, from_json

_HANDS = frozenset({"propose", "handle", "accept", "review", "approve", "pay"})
_MOST = 60


@dataclass(frozen=True)
class Hand:
    """One signature on the way to a payment.

    `status` is signed, waiting or later; `who` the name of who signed; `offices` who may sign; `why` the branch of
    the chart that asks for it; `not_by` names of who may not, for he signed another step; `citation` its source.
    """

    step: str
    title: str
    lane: str
    status: str
    who: str
    offices: str
    done_on: date | None
    why: str
    not_by: tuple[str, ...]
    citation: Citation | None


def hands(case: CaseView, today: date) -> tuple[Hand, ...]:
    """The signatures of a case up to its next payment, or to the last one made; none where no money goes out.

    What is still to come assumes that everybody agrees and every meeting passes; where a figure is not entered
    yet, the list ends.
    """
    chart = case.chart
    if all(node.kind != "payment" for node in chart.nodes.values()):
        return ()
    people = {one.id: one.name for one in organisations.people(sorted({one.person for one in case.done}))}
    done = [_signed(chart, one, people) for one in case.done if _counts(chart.nodes[one.step])]
    if case.status != Case.Status.running:
        return tuple(done)
    state = from_json(case.state)
    later = list(_to_come(chart, state, catalogue.parameter_values(case.laid, today)))
    if not any(node.kind == "payment" for node in later):
        return tuple(done)
    signed = {one.step: people.get(one.person, "") for one in case.done}
    coming = [_coming(chart, node, node.id in state.marking, signed) for node in later if _counts(node)]
    return (*done, *coming)


def _counts(node: Node) -> bool:
    return node.kind in ("meeting", "payment") or node.hand in _HANDS


def _signed(chart: Procedure, run: StepView, people: dict[str, str]) -> Hand:
    node = chart.nodes[run.step]
    return Hand(
        node.id, node.title, days.lane_title(chart, node), "signed", people.get(run.person, ""),
        organisations.office_title(run.office), run.done_on, _why(chart, node), (), node.citation,
    )  # fmt: skip


def _coming(chart: Procedure, node: Node, waits: bool, signed: dict[str, str]) -> Hand:
    apart = [
        name
        for other, name in signed.items()
        if name and (other in node.separate_from or node.id in chart.nodes[other].separate_from)
    ]
    return Hand(
        node.id, node.title, days.lane_title(chart, node), "waiting" if waits else "later", "",
        "、".join(organisations.office_title(one) for one in node.offices), None, _why(chart, node),
        tuple(dict.fromkeys(apart)), node.citation,
    )  # fmt: skip


def _why(chart: Procedure, node: Node) -> str:
    """The question and answer of the chart that lead to a step, such as 批不批：超过的要联签."""
    for one in chart.nodes.values():
        for way in one.exits:
            if one.kind == "choice" and way.to == node.id and way.label:
                return f"{one.title}：{way.label}"
    return ""


def _to_come(chart: Procedure, state: State, parameters: dict[str, int]) -> Iterator[Node]:
    """The steps from here to the payment, each done by a hand of its own, everybody agreeing."""
    for turn in range(_MOST):
        waiting = [chart.nodes[one] for one in state.marking if chart.waits(one)]
        if not waiting:
            return
        node = waiting[0]
        yield node
        if node.kind == "payment":
            return
        try:
            state = advance(chart, state, StepAct(node.id, f"#{turn}", _agreeing(node)), parameters).state
        except Refused:
            return


def _agreeing(node: Node) -> dict[str, str | int]:
    """The first answer of every question: charts name agreement first."""
    said: dict[str, str | int] = {
        one.id: one.options[0].id for one in node.fields if one.options and one.required
    }
    return {**said, "result": "passed"} if node.kind == "meeting" else said
