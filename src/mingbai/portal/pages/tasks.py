"""The register of tasks that may be handed down to villages (村级事务准入), from what was published of their cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import MAX_PAGE, CaseSummary, Publication
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations
from mingbai.portal.pages import reading
from mingbai.procedures import queries as procedures
from mingbai.procedures.rules.graph import Node

ADMISSION, REFUSAL = "task-admission", "task-refusal"
APPLIED, ADMITTED = "compile", "admit_task"


@dataclass(frozen=True)
class Task:
    """A task that a department applied for. `standing`: now, later, over, or refused; `ended` is the case's own word."""

    case: str
    task: str
    basis: str
    since: date | None
    until: date | None
    support: str
    office: str
    document: str
    standing: str
    ended: str


@dataclass(frozen=True)
class TurnedDown:
    """A task that a village did not take, since it was not admitted: who sent it, and what came of it."""

    case: str
    place: str
    task: str
    sender: str
    reason: str
    ended: str
    on: date


@dataclass(frozen=True)
class TaskPage:
    """The register as of today; `waiting` are applications that are still looked at."""

    now: tuple[Task, ...]
    later: tuple[Task, ...]
    over: tuple[Task, ...]
    refused: tuple[Task, ...]
    turned_down: tuple[TurnedDown, ...]
    waiting: int
    edition: Edition


def task_page(today: date) -> TaskPage:
    """Who may hand down what to villages, until when. Seven queries, and one for each edition under which it was decided."""
    cases = disclosure.cases(power=ADMISSION, limit=MAX_PAGE)
    closed = [one for one in cases if one.ended]
    steps, charts = disclosure.of_cases(one.number for one in closed), _Charts()
    tasks = [task for one in closed if (task := _task(one, steps[one.number], charts, today))]
    ordered = sorted(tasks, key=lambda one: (one.until or date.max, one.case))
    by_standing = {word: tuple(one for one in ordered if one.standing == word) for word in _STANDINGS}
    return TaskPage(
        **by_standing,
        turned_down=tuple(_turned_down(charts)),
        waiting=len(cases) - len(closed),
        edition=catalogue.current(today),
    )


_STANDINGS = ("now", "later", "over", "refused")


def _task(case: CaseSummary, published: Sequence[Publication], charts: _Charts, today: date) -> Task | None:
    """What a closed case says of its task; None when it was withdrawn before anything was applied for."""
    by_stage = {node.stage: (node, one) for node, one in _steps(published, charts) if node.stage}
    if APPLIED not in by_stage:
        return None
    node, applied = by_stage[APPLIED]
    since, until = (_day(_value(node, applied, name)) for name in ("since", "until"))
    document = _value(*by_stage[ADMITTED], "document") if ADMITTED in by_stage else ""
    return Task(
        case=case.number,
        task=_value(node, applied, "task"),
        basis=_value(node, applied, "basis"),
        since=since,
        until=until,
        support=_value(node, applied, "support"),
        office=applied.office_title,
        document=document,
        standing=_standing(since, until, today) if ADMITTED in by_stage else "refused",
        ended=case.ended,
    )


def _standing(since: date | None, until: date | None, today: date) -> str:
    if since and today < since:
        return "later"
    return "over" if until and until < today else "now"


def _turned_down(charts: _Charts) -> Iterator[TurnedDown]:
    cases = [one for one in disclosure.cases(power=REFUSAL, limit=MAX_PAGE) if one.ended]
    steps = disclosure.of_cases(one.number for one in cases)
    places = {one.code: one.short for one in organisations.villages()} if cases else {}
    for case in cases:
        first = next(_steps(steps[case.number], charts), None)
        if first is not None:
            said = (_value(*first, name) for name in ("task", "sender", "reason"))
            yield TurnedDown(
                case.number, places.get(case.village, ""), *said, ended=case.ended, on=case.last_date
            )


def _steps(published: Iterable[Publication], charts: _Charts) -> Iterator[tuple[Node, Publication]]:
    """The steps that were published, each with the step of the chart that it was."""
    for one in published:
        nodes = charts.of(one.data.get("edition"), one.data.get("procedure"))
        node = nodes.get(str(one.data.get("step")))
        if node is not None:
            yield node, one


class _Charts:
    """The steps of charts that a page reads, each asked for once."""

    def __init__(self) -> None:
        self._held: dict[tuple[Any, Any], Mapping[str, Node]] = {}

    def of(self, edition: Any, procedure: Any) -> Mapping[str, Node]:
        """The steps of a chart by id; none when there is no such chart."""
        key = edition, procedure
        if key not in self._held:
            self._held[key] = _nodes(edition, procedure)
        return self._held[key]


def _nodes(edition: Any, procedure: Any) -> Mapping[str, Node]:
    try:
        return procedures.procedure(int(edition), str(procedure)).nodes
    except (TypeError, Refused):
        return {}


def _value(node: Node, publication: Publication, name: str) -> str:
    """A published value by the id of its field: publications carry labels, and a label is the chart's own."""
    label = next((field.label for field in node.fields if field.id == name), "")
    return reading.shown(publication, label) if label else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
