"""From charts to BPMN 2.0: one pool a chart, the called ones below, everything else in our extension."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from mingbai.procedures.rules.bpmn.diagram import write_diagram
from mingbai.procedures.rules.bpmn.extension import write_chart, write_step, write_wording
from mingbai.procedures.rules.bpmn.flow import (
    BOUNDARY,
    CALL,
    END,
    EXCLUSIVE,
    Box,
    Flow,
    FlowChart,
    flow_chart,
)
from mingbai.procedures.rules.bpmn.layout import Layout, layout_of
from mingbai.procedures.rules.bpmn.spaces import BPMN, CEL, MINGBAI, PREFIXES, XSI, Element, add, tag
from mingbai.procedures.rules.bpmn.wording import NOTHING, Titles
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.drawing import Figure
from mingbai.procedures.rules.text import Chart

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LANELESS = ("choice", "both", "join")


def to_bpmn(
    chart: Chart, charts: Mapping[str, Chart], titles: Titles, figures: Mapping[str, Figure]
) -> bytes:
    """A chart and those it calls as one BPMN 2.0 file in UTF-8; same input, same bytes.

    `figures`: what `{name}` in a label is shown as.

    Raises:
        BadFile: a chart that does not compile, or that BPMN cannot hold (a control character, a condition too long).
    """
    compile_chart(chart, charts)
    drawn = [flow_chart(one, charts, figures, called=one is not chart) for one in _family(chart, charts)]
    for one in drawn:
        if not _NAME.fullmatch(one.chart.procedure):
            raise one.chart.bad("流程名只能用小写字母、数字和短横线，才写得成 BPMN", "procedure")
    try:
        root = _definitions(drawn, titles)
    except ValueError as error:
        raise chart.bad(f"有写不进 XML 的字符：{error}") from error
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


def _family(chart: Chart, charts: Mapping[str, Chart]) -> list[Chart]:
    """The chart and all that it calls, each once, callers first."""
    found: dict[str, Chart] = {}
    waiting = [chart]
    while waiting:
        one = waiting.pop(0)
        if one.procedure not in found:
            found[one.procedure] = one
            waiting += [charts[node.calls] for node in one.nodes if node.kind == "call"]
    return list(found.values())


def _definitions(drawn: list[FlowChart], titles: Titles) -> Element:
    main = drawn[0].chart.procedure
    layouts = [layout_of(one) for one in drawn]
    drawn = [_at_home(*one) for one in zip(drawn, layouts, strict=True)]
    attributes = {
        "id": f"{main}.the-file",
        "targetNamespace": MINGBAI,
        "expressionLanguage": CEL,
        "exporter": "Mingbai",
    }
    root = etree.Element(tag(BPMN, "definitions"), dict(attributes.items()), nsmap=dict(PREFIXES.items()))
    for one in drawn[1:]:
        _escalations(root, one)
    together = add(root, BPMN, "collaboration", id=f"{main}.the-collaboration")
    for one in drawn:
        id = one.chart.procedure
        add(together, BPMN, "participant", id=f"{id}.the-pool", name=one.chart.title, processRef=id)
    for one in drawn:
        _process(root, one, titles)
    write_diagram(root, list(zip(drawn, layouts, strict=True)))
    return root


def _at_home(drawn: FlowChart, layout: Layout) -> FlowChart:
    """Every box in the lane in which it stands on the picture."""
    boxes = {id: replace(box, lane=layout.homes[id]) for id, box in drawn.boxes.items()}
    return replace(drawn, boxes=boxes)


def _escalations(root: Element, drawn: FlowChart) -> None:
    """One for every end by which a called chart tells its caller that it went another way."""
    id = drawn.chart.procedure
    for code in dict.fromkeys(box.code for box in drawn.boxes.values() if box.tag == END and box.code):
        name = f"{drawn.chart.node(code).title}（{id}.{code}）"
        add(root, BPMN, "escalation", id=_escalation(id, code), name=name, escalationCode=code)


def _escalation(procedure: str, code: str) -> str:
    return f"{procedure}.escalation-{code}"


def _process(root: Element, drawn: FlowChart, titles: Titles) -> None:
    chart = drawn.chart
    made = add(root, BPMN, "process", id=chart.procedure, name=chart.title, isExecutable="true")
    write_chart(add(made, BPMN, "extensionElements"), chart)
    lanes = add(made, BPMN, "laneSet", id=f"{chart.procedure}.the-lanes")
    for lane in chart.lanes:
        one = add(lanes, BPMN, "lane", id=f"{chart.procedure}.lane-{lane.id}", name=lane.title)
        for box in drawn.boxes.values():
            if box.lane == lane.id:
                add(one, BPMN, "flowNodeRef", f"{chart.procedure}.{box.id}")
    for box in drawn.boxes.values():
        _Box(drawn, box, titles).write(made)
    for flow in drawn.flows:
        _flow(made, drawn, flow)


class _Box:
    """One flow node being written."""

    def __init__(self, drawn: FlowChart, box: Box, titles: Titles) -> None:
        self.chart, self.drawn, self.box, self.titles = drawn.chart, drawn, box, titles
        self.id = f"{self.chart.procedure}.{box.id}"

    def write(self, process: Element) -> None:
        """The element with its parts in the order that BPMN's schema wants."""
        made = add(process, BPMN, self.box.tag, **dict(self._attributes()))
        node = self.chart.node(self.box.node) if self.box.node else None
        if node is not None and node.discipline:
            add(made, BPMN, "documentation", node.discipline)
        self._extension(made)
        for flow in self.drawn.flows:
            if flow.target == self.box.id:
                add(made, BPMN, "incoming", f"{self.chart.procedure}.{flow.id}")
        for flow in self.drawn.flows:
            if flow.source == self.box.id:
                add(made, BPMN, "outgoing", f"{self.chart.procedure}.{flow.id}")
        if self.box.code:
            self._escalation(made)

    def _attributes(self) -> Iterator[tuple[str, str]]:
        box, procedure = self.box, self.chart.procedure
        yield "id", self.id
        if box.name.name:
            yield "name", box.name.name
        if box.tag == CALL:
            yield "calledElement", self.chart.node(box.node).calls
        if box.tag == BOUNDARY:
            yield "attachedToRef", f"{procedure}.{box.host}"
        default = next((one for one in self.drawn.flows if one.source == box.id and one.otherwise), None)
        if box.tag == EXCLUSIVE and default is not None:
            yield "default", f"{procedure}.{default.id}"

    def _extension(self, made: Element) -> None:
        if not self.box.node:
            return
        node = self.chart.node(self.box.node)
        expected = "" if node.kind in _LANELESS else self.box.lane
        lane = node.lane if node.lane != expected else ""
        below = etree.Element(tag(BPMN, "extensionElements"))
        write_step(below, node, self.titles, self.box.name, lane, self._plain_end())
        if len(below):
            made.append(below)

    def _plain_end(self) -> str:
        """Of a call, the end by which its plain way leaves: the one that no boundary event catches."""
        if self.box.tag != CALL:
            return ""
        node = self.chart.node(self.box.node)
        caught = {one.code for one in self.drawn.boxes.values() if one.host == self.box.id}
        return next((end for end in node.returns if end not in caught), "")

    def _escalation(self, made: Element) -> None:
        procedure = self.chart.procedure
        if self.box.tag == BOUNDARY:
            procedure = self.chart.node(self.box.host).calls
        add(
            made, BPMN, "escalationEventDefinition", id=f"{self.id}-escalation",
            escalationRef=_escalation(procedure, self.box.code),
        )  # fmt: skip


def _flow(process: Element, drawn: FlowChart, flow: Flow) -> None:
    procedure = drawn.chart.procedure
    made = add(
        process, BPMN, "sequenceFlow", id=f"{procedure}.{flow.id}", **({"name": flow.name.name} if flow.name.name else {}),
        sourceRef=f"{procedure}.{flow.source}", targetRef=f"{procedure}.{flow.target}",
    )  # fmt: skip
    if flow.name.shown and flow.name != NOTHING:
        write_wording(add(made, BPMN, "extensionElements"), flow.name)
    if flow.when is not None:
        condition = add(made, BPMN, "conditionExpression", flow.when)
        condition.set(tag(XSI, "type"), "bpmn:tFormalExpression")
