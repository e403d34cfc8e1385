"""A chart as BPMN sees it: events, activities and gateways joined by sequence flows. Nothing of the chart is lost here.

Words: *box* (a flow node of BPMN), *flow* (a sequence flow), *merge* (a gateway that only brings flows together; BPMN
wants one before anything that is reached twice), *code* (which end of a called chart was reached: an escalation).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mingbai.procedures.rules.bpmn.guards import guarded
from mingbai.procedures.rules.bpmn.wording import NOTHING, Wording, label_of, question
from mingbai.procedures.rules.drawing import Figure
from mingbai.procedures.rules.text import Chart, NodeText

Charts = Mapping[str, Chart]
START, END, CALL, BOUNDARY = "startEvent", "endEvent", "callActivity", "boundaryEvent"
EXCLUSIVE, PARALLEL, TASK = "exclusiveGateway", "parallelGateway", "userTask"
_TAGS = {"choice": EXCLUSIVE, "both": PARALLEL, "join": PARALLEL, "call": CALL, "end": END}


@dataclass(frozen=True)
class Box:
    """One flow node. `node` is the chart's box that it stands for, empty for what only BPMN needs.

    lane: where it is drawn. code: the end of a called chart that this end throws or this boundary event catches.
    host: the call to which a boundary event is attached.
    """

    id: str
    tag: str
    name: Wording
    lane: str
    node: str = ""
    code: str = ""
    host: str = ""


@dataclass(frozen=True)
class Flow:
    """One sequence flow; `otherwise` makes it the default of its gateway."""

    id: str
    source: str
    target: str
    name: Wording = NOTHING
    when: str | None = None
    otherwise: bool = False


@dataclass(frozen=True)
class FlowChart:
    """A chart as boxes and flows, boxes in the order of the chart."""

    chart: Chart
    boxes: Mapping[str, Box]
    flows: tuple[Flow, ...]


def flow_chart(chart: Chart, charts: Charts, figures: Mapping[str, Figure], *, called: bool) -> FlowChart:
    """The boxes and flows of a chart; when `called`, its ends tell the caller which of them was reached.

    Raises:
        BadFile: branches whose conditions become too long when they exclude one another.
    """
    work = _Work(chart, charts, figures, called)
    return FlowChart(chart, work.boxes, tuple(work.flows))


def normal_end(chart: Chart) -> str:
    """The end of a called chart that is its ordinary one: the first with a result, else the first."""
    ends = [one for one in chart.nodes if one.kind == "end"]
    return next((one.id for one in sorted(ends, key=lambda one: one.stopped)), "")


class _Work:
    def __init__(self, chart: Chart, charts: Charts, figures: Mapping[str, Figure], called: bool) -> None:
        self.chart, self.charts, self.figures = chart, charts, figures
        self.codes = {one.id for one in chart.nodes if one.kind == "end"} if called else set()
        self.codes -= {normal_end(chart)} if called else set()
        start = self._start()
        self.boxes = {start.id: start}
        for node in chart.nodes:
            self.boxes |= {one.id: one for one in self._of(node)}
        self.flows = [
            Flow("", start.id, chart.start),
            *(way for node in chart.nodes for way in self._ways(node)),
        ]
        self._part_ends()
        self._merge()
        self._lanes()
        self.flows = list(_numbered(self.flows))

    def _start(self) -> Box:
        lane = self.chart.node(self.chart.start).lane or self.chart.lanes[0].id
        return Box("the-start", START, Wording("开始"), lane)

    def _of(self, node: NodeText) -> Iterator[Box]:
        name = Wording(node.title)
        if not node.title and node.kind == "choice":
            name = Wording("", question(self.chart, node))
        code = node.id if node.id in self.codes else ""
        yield Box(node.id, _TAGS.get(node.kind, TASK), name, node.lane, node.id, code)
        if node.kind == "call":
            sub = self.charts[node.calls]
            for end in node.returns:
                if end != normal_end(sub):
                    title = Wording(sub.node(end).title)
                    yield Box(f"{node.id}-{end}", BOUNDARY, title, node.lane, code=end, host=node.id)

    def _ways(self, node: NodeText) -> Iterator[Flow]:
        for to in node.following():
            yield Flow("", node.id, to)
        for end, to in node.returns.items():
            usual = end == normal_end(self.charts[node.calls])
            yield Flow("", node.id if usual else f"{node.id}-{end}", to)
        conditions = iter(self._conditions(node))
        for way in node.branches:
            name = label_of(way.label, self.figures)
            yield Flow("", node.id, way.to, name, next(conditions) if way.when else None, way.otherwise)

    def _conditions(self, node: NodeText) -> tuple[str, ...]:
        try:
            return guarded([way.when for way in node.branches if way.when])
        except ValueError as error:
            raise self.chart.bad_node(
                node, f"几条分支的条件合起来太长，写不成 BPMN：{error}", "branches"
            ) from error

    def _into(self, id: str) -> list[int]:
        return [place for place, one in enumerate(self.flows) if one.target == id]

    def _part_ends(self) -> None:
        """An end without result that is reached twice is drawn twice, each beside where it comes from."""
        for node in self.chart.nodes:
            places = self._into(node.id)
            if node.kind != "end" or not node.stopped or len(places) < 2:
                continue
            for count, place in enumerate(places[1:], 2):
                id = f"{node.id}-{count}"
                self._after(node.id, replace(self.boxes[node.id], id=id))
                self.flows[place] = replace(self.flows[place], target=id)

    def _merge(self) -> None:
        joins = {one.id for one in self.chart.nodes if one.kind == "join"}
        for id in list(self.boxes):
            places = self._into(id)
            if len(places) < 2 or id in joins:
                continue
            merge = Box(f"merge-{id}", EXCLUSIVE, Wording(""), self.boxes[id].lane)
            self._after(id, merge)
            for place in places:
                self.flows[place] = replace(self.flows[place], target=merge.id)
            self.flows.append(Flow("", merge.id, id))

    def _after(self, id: str, box: Box) -> None:
        held = list(self.boxes.items())
        at = next(place for place, one in enumerate(held) if one[0] == id) + 1
        self.boxes = dict([*held[:at], (box.id, box), *held[at:]])

    def _lanes(self) -> None:
        """Gateways stand in the lane they are reached from, ends without result too."""
        for _ in self.boxes:
            moved = False
            for flow in self.flows:
                source, target = self.boxes[flow.source], self.boxes[flow.target]
                if source.lane and not target.lane:
                    self.boxes[target.id] = replace(target, lane=source.lane)
                    moved = True
            if not moved:
                break
        for flow in self.flows:
            target = self.boxes[flow.target]
            if target.tag == END and target.node and self.chart.node(target.node).stopped:
                self.boxes[target.id] = replace(target, lane=self.boxes[flow.source].lane)
        for id, box in self.boxes.items():
            self.boxes[id] = replace(box, lane=box.lane or self.chart.lanes[0].id)


def _numbered(flows: list[Flow]) -> Iterator[Flow]:
    count: dict[str, int] = {}
    for one in flows:
        count[one.source] = count.get(one.source, 0) + 1
        yield replace(one, id=f"flow-{one.source}-{count[one.source]}")
