"""What an objection is about: a step of a case, or a published line; whose act that is; when the answer is due."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from mingbai.cases import queries as cases
from mingbai.cases.queries import CaseView
from mingbai.catalogue import queries as catalogue
from mingbai.complaints import rules
from mingbai.complaints.models import Said
from mingbai.complaints.rules import Line
from mingbai.journal import queries as journal
from mingbai.journal.queries import Entry
from mingbai.kernel import Refused
from mingbai.procedures.queries import procedure
from mingbai.procedures.rules.graph import Node

STEP_DONE = "case.step_completed"
# Where the chart has no step for objections: no article gives the days, “异议处理” takes five (待确认).
ANSWER_WORKING_DAYS = 5
_NOBODY = {"", "villager"}


@dataclass(frozen=True)
class Target:
    """What is complained of. `offices` and `people` did it: none of them answers. `title` is how people call it."""

    village: str
    case: CaseView | None
    node: Node | None
    line: Line | None
    title: str
    offices: tuple[str, ...]
    people: frozenset[str]
    called: str = ""

    @property
    def subject(self) -> str:
        """What the journal files it under."""
        return f"case:{self.case.number}" if self.case else f"village:{self.village}"

    @property
    def what(self) -> str:
        """The step or line as people call it."""
        return self.node.title if self.node else self.line.title if self.line else self.called

    @property
    def visit(self) -> int:
        """Which visit of the case the step is, counted from 0 in order of time; -1 when it was not reached yet."""
        steps = self.case.steps if self.case and self.node else ()
        places = [place for place, one in enumerate(steps) if self.node and one.step == self.node.id]
        return places[-1] if places else -1


def require_target(*, case: str = "", step: str = "", line: Line | None = None) -> Target:
    """The step or line complained of.

    Raises:
        Refused: no such case, a step that the case has not, a line that is not of this case, or nothing named.
    """
    if line is not None:
        return _of_line(line, case, step)
    if not case:
        raise Refused(
            "还没有写明是对哪件事、哪一条", remedy="填事项编号或者公布编号；从那一条的页面进来，就不用填"
        )
    view = cases.case(case)
    if not step:
        raise Refused("还没有选是对哪一步", remedy="在“对哪一步”里选一项")
    return _of_step(view, step)


def of_row(row: Said) -> Target:
    """What a kept objection is about, also when the case has moved to a chart that calls the step otherwise."""
    if row.line:
        found = _of_line(Line(row.line, row.entry, row.line_title), row.case, "")
    else:
        view = cases.case(row.case)
        step = view.steps[row.visit].step if 0 <= row.visit < len(view.steps) else row.step
        node = _node(view, step)
        people = frozenset(one.person for one in view.done if one.step == step)
        found = Target(view.village, view, node, None, view.title, node.offices if node else (), people)
    offices = tuple(dict.fromkeys((*found.offices, *row.offices)))
    return replace(found, offices=offices, called=row.step_title)


def _of_step(view: CaseView, step: str) -> Target:
    node = _node(view, step)
    if node is None:
        raise Refused("这件事没有这个环节", remedy="从事项页面上的“提出异议”进入")
    people = frozenset(one.person for one in view.done if one.step == step)
    return Target(view.village, view, node, None, view.title, node.offices, people)


def _of_line(line: Line, case: str, step: str) -> Target:
    entry = next(iter(journal.entries_after(line.entry - 1, 1)), None)
    if entry is None or entry.seq != line.entry:
        raise Refused("没有这一条公布", remedy="核对公布编号")
    number = entry.subject.removeprefix("case:") if entry.subject.startswith("case:") else ""
    if case and case != number:
        raise Refused(f"{line.id}号公布不是这件事的", remedy="核对事项编号和公布编号，只填其中一个也可以")
    view = cases.case(number) if number else None
    node = _node(view, _step_of(entry)) if view else None
    if step and (node is None or step != node.id):
        raise Refused(f"{line.id}号公布不是这一步的", remedy="只填公布编号就可以，不用再选哪一步")
    done = view.done if view and node else ()
    people = {one.person for one in done if node and one.step == node.id} | {entry.actor}
    offices = {*(node.offices if node else ()), entry.office} - _NOBODY
    title = view.title if view else line.title
    return Target(entry.village, view, node, line, title, tuple(sorted(offices)), frozenset(people - {""}))


def _step_of(entry: Entry) -> str:
    """The step of a line: its own, or that of the act in which it was made (a voucher, a resolution, a contract)."""
    if own := str(entry.data.get("step") or ""):
        return own
    same = (one for one in journal.entries_of(entry.subject) if one.recorded_at == entry.recorded_at)
    return next((str(one.data.get("step") or "") for one in same if one.act == STEP_DONE), "")


def _node(view: CaseView, step: str) -> Node | None:
    return procedure(view.edition, view.procedure).nodes.get(step) if step else None


def due_of(target: Target, on: date) -> date:
    """The last day for the answer: as long as the chart gives its own handling of objections to this step."""
    if target.case is None or target.node is None:
        return working_days_after(target, on)
    chart = procedure(target.case.edition, target.case.procedure)
    calendar = catalogue.calendar(catalogue.edition(target.case.edition))
    ways = [way.to for name in (way.to for way in target.node.exits) for way in chart.nodes[name].exits]
    for name in ways:
        limit = chart.nodes[name].limit
        if rules.handles_objections(name) and limit is not None and limit.bound == "max":
            return calendar.add(on, limit.value, limit.unit)
    return working_days_after(target, on)


def working_days_after(target: Target, on: date) -> date:
    """The day on which an answer is due where no chart says otherwise."""
    held = catalogue.edition(target.case.edition) if target.case else catalogue.current(on)
    return catalogue.calendar(held).add(on, ANSWER_WORKING_DAYS, "working_day")
