"""A case under its row lock: what every act on it needs, read in three queries and written back in three."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from mingbai.cases import events
from mingbai.cases.models import Case, Notice, StepRun
from mingbai.cases.queries import charts
from mingbai.cases.queries.notices import as_data, sheets
from mingbai.cases.rules import days
from mingbai.cases.rules.notices import kind_of
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.journal.events import TypedField
from mingbai.journal.services import record
from mingbai.kernel import Citation, Refused, WorkingCalendar
from mingbai.organisations.rules import Actor
from mingbai.procedures.rules.graph import Node, Procedure
from mingbai.procedures.rules.interpreter import State, from_json, to_json

_STATUS_SENTENCE = {
    Case.Status.suspended: ("中止", "先恢复办理，再办这一步"),
    Case.Status.withdrawn: ("撤回", "需要再办的，重新立项"),
    Case.Status.closed: ("办结", "需要更正的，另行办理更正"),
}


@dataclass(frozen=True)
class Signed:
    """One act on one step as far as it has been checked."""

    node: Node
    run: StepRun
    by: Actor
    office: str
    occurred_on: date
    papers: tuple[events.PaperRef, ...]


@dataclass
class Running:
    """One case held under its row lock inside a transaction."""

    row: Case
    edition: Edition
    chart: Procedure
    state: State
    at: datetime
    steps: list[StepRun] = field(default_factory=list)

    @property
    def calendar(self) -> WorkingCalendar:
        """Working days and holidays of the case's edition."""
        return catalogue.calendar(self.edition)

    @property
    def today(self) -> date:
        """The legal day on which this act is recorded."""
        return days.legal_day(self.at)

    def node(self, step: str) -> Node:
        """The node of a step; refused when the chart has none of that name."""
        if step not in self.chart.nodes:
            raise Refused("流程图里没有这一步", remedy="回到事项页面，从等待办理的环节进入")
        return self.chart.nodes[step]

    def open_step(self, step: str) -> StepRun:
        """The visit that waits at this step; refused when the case is elsewhere (wrong order, or done)."""
        node = self.node(step)
        for run in self.steps:
            if run.node == step and run.status == StepRun.Status.open:
                return run
        here = "、".join(f"“{one.title}”" for one in self.here_nodes()) or "没有等待办理的环节"
        raise Refused(
            f"现在不能办“{node.title}”：本事项正等待办理的是{here}",
            basis=node.citation,
            remedy="按流程图的顺序办理，不能跳过、调换或者重复",
        )

    def here_nodes(self) -> tuple[Node, ...]:
        """The nodes that wait for somebody now."""
        return tuple(self.chart.nodes[run.node] for run in self.steps if run.status == StepRun.Status.open)

    def done_steps(self) -> list[StepRun]:
        """Visits that count, in the order in which they were recorded."""
        return [run for run in self.steps if run.status == StepRun.Status.done]

    def last_done(self, nodes: Iterable[str]) -> list[StepRun]:
        """The latest counting visit of each of these nodes."""
        latest = {run.node: run for run in self.done_steps()}
        return [latest[node] for node in nodes if node in latest]

    def before(self, node: Node) -> list[days.Earlier]:
        """What had to come first: the steps the chart requires, the step that led here, and the opening."""
        came_from = [run.entered_from for run in self.steps if run.node == node.id]
        runs = self.last_done([*node.after, *came_from[-1:]])
        opening = days.Earlier("立项", self.row.opened_on, days.legal_day(self.row.recorded_at))
        return [opening, *(self._earlier(run) for run in runs if run.node != node.id)]

    def _earlier(self, run: StepRun) -> days.Earlier:
        recorded = days.legal_day(run.recorded_at) if run.recorded_at else self.today
        return days.Earlier(self.chart.nodes[run.node].title, run.done_on or recorded, recorded)

    def enter(self, nodes: Sequence[str], on: date, came_from: str = "") -> None:
        """Let these steps wait from a day on, each with its due day and its turn."""
        visits = {run.node: run.turn for run in self.steps}
        waiting = {run.node for run in self.steps if run.status == StepRun.Status.open}
        new = [
            StepRun(
                case_id=self.row.number,
                village=self.row.village,
                node=node,
                turn=visits.get(node, 0) + 1,
                entered_on=on,
                entered_from=came_from,
                due=days.due_on(self.chart.nodes[node].limit, self.calendar, on),
            )
            for node in nodes
            if node not in waiting and self.chart.nodes[node].kind != "end"
        ]
        self.steps += [_unposted(run) for run in StepRun.objects.bulk_create(new)]

    def save(self) -> None:
        """Write the case back; its version moves on, so that an older page is noticed."""
        self.row.state = to_json(self.state)
        self.row.version += 1
        self.row.save(update_fields=["state", "version", "status", "ended", "suspended_on"])

    def record(
        self,
        act: str,
        *,
        node: Node | None,
        office: str,
        occurred_on: date,
        by: Actor,
        fields: Sequence[TypedField] = (),
        citation: Citation | None = None,
        **more: Any,
    ) -> None:
        """Append this act to the journal with the case's structure as it now stands, its hanging notice too."""
        if act not in (events.STEP_RETURNED, events.WITHDRAWN, events.CLOSED):
            more.setdefault("notice", self._hanging(node))
        record(
            act=act,
            village=self.row.village,
            subject=f"case:{self.row.number}",
            actor=by.person,
            office=office,
            occurred_on=occurred_on,
            at=self.at,
            fields=fields,
            data=self._data(node, office, occurred_on, **more),
            citation=citation,
        )

    def _data(self, node: Node | None, office: str, occurred_on: date, **more: Any) -> dict[str, Any]:
        ended = self.chart.nodes[self.row.ended].title if self.row.ended else None
        return events.case_data(
            {
                "case": self.row.number,
                "power": self.row.power,
                "title": self.row.title,
                "procedure": self.row.procedure,
                "edition": self.row.edition,
                "office": office,
                "late_days": days.late_days(occurred_on, self.today),
                "next": [self._waiting(run) for run in self.steps if run.status == StepRun.Status.open],
                "done": list(dict.fromkeys(run.node for run in self.done_steps())),
                "here": [run.node for run in self.steps if run.status == StepRun.Status.open],
                "ended": ended,
            },
            **(self._of_step(node) if node else {}),
            **more,
        )

    def _hanging(self, node: Node | None) -> dict[str, Any] | None:
        """The notice that hangs: this step's, or that of any step when the act belongs to none."""
        for run in self.steps:
            posted = notice_of(run) if self.chart.nodes[run.node].kind == "publicity" else None
            if posted and run.status == StepRun.Status.open and (node is None or run.node == node.id):
                return as_data(posted)
        return None

    def _of_step(self, node: Node) -> dict[str, str]:
        lane = days.lane_title(self.chart, node)
        return {"step": node.id, "step_title": node.title, "lane": lane, "node_kind": node.kind}

    def _waiting(self, run: StepRun) -> dict[str, str | None]:
        node = self.chart.nodes[run.node]
        due = run.due.isoformat() if run.due else None
        lane = days.lane_title(self.chart, node)
        said = {"step": node.id, "title": node.title, "lane": lane, "due": due}
        if node.kind == "publicity":
            # What is printed for this step carries this code; after a change, the other.
            said["sheet"], said["again"] = sheets(run, self.steps)
            row = catalogue.publicity(self.edition, node.origin)
            said["kind"] = kind_of(node, row.kind if row else None)
        return said


def lock(number: str, at: datetime, *, running: bool = True) -> Running:
    """Take a case's row lock and read where it stands.

    Raises:
        Refused: no such case; or, when it must be `running`, it is suspended, withdrawn or closed.
    """
    row = Case.objects.select_for_update().filter(number=number).first()
    if row is None:
        raise Refused("没有这件事", remedy="核对事项编号")
    if running and row.status != Case.Status.running:
        word, remedy = _STATUS_SENTENCE[Case.Status(row.status)]
        raise Refused(f"本事项已经{word}，不能再办", remedy=remedy)
    edition, chart = charts.of(row)
    return Running(
        row=row,
        edition=edition,
        chart=chart,
        state=from_json(row.state),
        at=at,
        steps=list(StepRun.objects.filter(case_id=number).select_related("notice").order_by("id")),
    )


def notice_of(run: StepRun) -> Notice | None:
    """The notice posted for this visit, if any; `lock` has read it with the visit."""
    return getattr(run, "notice", None)


def _unposted(run: StepRun) -> StepRun:
    """A visit just begun, of which it is known without asking that nothing hangs."""
    StepRun.notice.related.set_cached_value(run, None)  # type: ignore[attr-defined]
    return run
