"""The picture of a BPMN file (BPMN DI): pools one below the other, the called charts under the one that calls them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mingbai.procedures.rules.bpmn.flow import EXCLUSIVE, FlowChart
from mingbai.procedures.rules.bpmn.frames import Frame, Point
from mingbai.procedures.rules.bpmn.layout import Layout
from mingbai.procedures.rules.bpmn.spaces import BPMNDI, DC, DI, Element, add

MARGIN, BETWEEN = 120.0, 60.0


def write_diagram(root: Element, drawn: list[tuple[FlowChart, Layout]]) -> None:
    """One diagram with a pool for each chart."""
    main = drawn[0][0].chart.procedure
    diagram = add(root, BPMNDI, "BPMNDiagram", id=f"{main}.the-diagram")
    plane = add(diagram, BPMNDI, "BPMNPlane", id=f"{main}.the-plane", bpmnElement=f"{main}.the-collaboration")
    top = MARGIN
    for one, layout in drawn:
        _Pool(plane, one, layout, top).write()
        top += round(layout.pool.height) + BETWEEN


class _Pool:
    """One pool being written, `top` pixels below the top of the diagram."""

    def __init__(self, plane: Element, drawn: FlowChart, layout: Layout, top: float) -> None:
        self.plane, self.drawn, self.layout, self.top = plane, drawn, layout, top
        self.procedure = drawn.chart.procedure

    def write(self) -> None:
        """Pool, lanes, boxes, flows: what stands below first."""
        self._shape("the-pool", self.layout.pool, isHorizontal="true")
        for id, frame in self.layout.lanes.items():
            self._shape(f"lane-{id}", frame, isHorizontal="true")
        for id, frame in self.layout.boxes.items():
            marked = {"isMarkerVisible": "true"} if self.drawn.boxes[id].tag == EXCLUSIVE else {}
            self._label(self._shape(id, frame, **marked), id, self.layout.labels)
        for flow in self.drawn.flows:
            self._edge(flow.id, self.layout.lines[flow.id])

    def _shape(self, id: str, frame: Frame, **attributes: str) -> Element:
        name = f"{self.procedure}.{id}"
        made = add(self.plane, BPMNDI, "BPMNShape", id=f"{name}-shape", bpmnElement=name, **attributes)
        self._bounds(made, frame)
        return made

    def _bounds(self, parent: Element, frame: Frame) -> None:
        left, top = round(frame.x + MARGIN), round(frame.y + self.top)
        size = {"width": str(round(frame.width)), "height": str(round(frame.height))}
        add(parent, DC, "Bounds", x=str(left), y=str(top), **size)

    def _edge(self, id: str, points: Iterable[Point]) -> None:
        name = f"{self.procedure}.{id}"
        made = add(self.plane, BPMNDI, "BPMNEdge", id=f"{name}-edge", bpmnElement=name)
        for x, y in points:
            add(made, DI, "waypoint", x=str(round(x + MARGIN)), y=str(round(y + self.top)))
        self._label(made, id, self.layout.labels)

    def _label(self, made: Element, id: str, labels: Mapping[str, Frame]) -> None:
        if id in labels:
            self._bounds(add(made, BPMNDI, "BPMNLabel"), labels[id])
