"""The drawing's routing for shapes of BPMN's sizes: diamonds and circles, calls with events on their edge."""

from __future__ import annotations

from mingbai.procedures.rules.bpmn.flow import BOUNDARY, CALL, END, START, TASK, Box, Flow, FlowChart
from mingbai.procedures.rules.drawing.picture import Arrow, Line, Picture, Shape, back_ways
from mingbai.procedures.rules.drawing.placing import Placing
from mingbai.procedures.rules.drawing.routing import GUTTER, Routing, Wire

TASK_LONG, TASK_HIGH, GATEWAY, EVENT = 120.0, 80.0, 50.0, 36.0
LANE = 160.0
STEP = 40.0
"""How far the lines stand apart that leave a gateway or a call."""


def picture_of(drawn: FlowChart) -> tuple[Picture, tuple[Flow, ...]]:
    """What the drawing's grid needs to know: shapes, and an arrow for each flow, in the same order."""
    lanes = {lane.id: place for place, lane in enumerate(drawn.chart.lanes)}
    hosts = {id: box.host or id for id, box in drawn.boxes.items()}
    arrows = [
        Arrow(hosts[flow.source], hosts[flow.target], Line(flow.name.name or drawn.boxes[flow.source].code))
        for flow in drawn.flows
    ]
    back = back_ways("the-start", arrows)
    reached = {one.target for one in arrows}
    shapes = {
        id: Shape(
            id,
            "box",
            box.name.name,
            box.tag,
            lanes[box.lane],
            stopped=_ends_there(drawn, box) and id in reached,
        )
        for id, box in drawn.boxes.items()
        if box.tag != BOUNDARY
    }
    turned = tuple(Arrow(one.source, one.target, one.label, one in back) for one in arrows)
    return Picture(shapes, turned), drawn.flows


def _ends_there(drawn: FlowChart, box: Box) -> bool:
    return box.tag == END and drawn.chart.node(box.node).stopped


def along_of(box: Box) -> float:
    """How long a shape is in the direction in which the chart runs."""
    if box.tag in (TASK, CALL):
        return TASK_LONG
    return EVENT if box.tag in (START, END, BOUNDARY) else GATEWAY


def half_of(box: Box, drawn: FlowChart) -> float:
    """Half of what a shape takes across; a call is higher when many ways leave it."""
    if box.tag == CALL:
        ways = 1 + sum(one.host == box.id for one in drawn.boxes.values())
        return max(TASK_HIGH, STEP * ways) / 2
    return {TASK: TASK_HIGH, START: EVENT, END: EVENT, BOUNDARY: EVENT}.get(box.tag, GATEWAY) / 2


class Grid(Routing):
    """All lines of one pool."""

    def __init__(self, picture: Picture, placing: Placing, lanes: int, drawn: FlowChart) -> None:
        self.drawn = drawn
        ways = [sum(one.source == id for one in picture.arrows) for id in picture.shapes]
        wide = max([LANE, *(STEP * count + 40 for count in ways)])
        super().__init__(picture, placing, lanes, lane=wide, box=TASK_HIGH)

    def half(self, id: str) -> float:
        """Half of what a shape takes across the lanes."""
        return half_of(self.drawn.boxes[id], self.drawn)

    def alley(self, place: int) -> float:
        """Beside the border of a lane, not on it: a tool draws the border as a line of its own."""
        return self.border(place) + (11 if place == 0 else -13)

    def _move(self, wire: Wire, x: float) -> None:
        """Lines that share the border of a lane stand side by side on one side of it."""
        if wire.gutter is not None and 0 < wire.gutter < self.lanes:
            step = round((x - self.alley(wire.gutter)) / GUTTER)
            x = self.alley(wire.gutter) - 8 * (2 * step - 1 if step > 0 else -2 * step)
        super()._move(wire, x)

    def _wire(self, arrow: Arrow) -> Wire:
        wire = super()._wire(arrow)
        if wire.way == "back" and self.drawn.boxes[arrow.source].tag == CALL:
            wire.low = True
        return wire

    def _ports(self) -> None:
        """Lines leave a shape far enough apart for their labels, and not where one goes straight over the lanes."""
        super()._ports()
        for id in self.picture.shapes:
            leaving = [w for w in self.wires if w.arrow.source == id and (w.way in ("down", "hang") or w.low)]
            leaving.sort(key=self._heads_for)
            sides = {wire.side for wire in self.wires if wire.arrow.source == id and wire.way == "side"}
            sides |= {-wire.side for wire in self.wires if wire.arrow.target == id and wire.way == "side"}
            for wire, shift in zip(leaving, _fan(len(leaving), sides), strict=True):
                wire.port = self.middle(id) + shift

    def _pass(self, wire: Wire) -> None:
        """A diamond or a circle is entered at its middle, a task anywhere on its side."""
        super()._pass(wire)
        middle = self.middle(wire.arrow.target)
        if abs(wire.entry - middle) > 25 or self.half(wire.arrow.target) < TASK_HIGH / 2:
            wire.entry = middle


def _fan(count: int, sides: set[int]) -> list[float]:
    """How far from the middle each of so many lines leaves; on a side that is taken no further than half a step."""
    step = min(STEP, STEP / max(count - 1, 1)) if len(sides) == 2 else STEP
    found = [(place - (count - 1) / 2) * step for place in range(count)]
    if 1 in sides:
        found = [one - max(0.0, max(found, default=0.0) - STEP / 2) for one in found]
    if -1 in sides:
        found = [one + max(0.0, -STEP / 2 - min(found, default=0.0)) for one in found]
    return found
