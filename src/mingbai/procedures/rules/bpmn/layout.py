"""Where everything of one pool stands: the drawing's own grid and lines, lying down, in the sizes that BPMN tools use.

The drawing runs downwards through lanes that are columns. Here `along` is the way it runs (to the right), `across` is over
the lanes (downwards). Rows, lanes, ports, gutters and the order of lines are those of `rules.drawing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mingbai.procedures.rules.bpmn.flow import BOUNDARY, CALL, TASK, Flow, FlowChart
from mingbai.procedures.rules.bpmn.frames import LABEL, LINE, Frame, Point, Room, size_of, strips
from mingbai.procedures.rules.bpmn.grid import EVENT, TASK_HIGH, Grid, along_of, half_of, picture_of
from mingbai.procedures.rules.bpmn.outline import docked, straightened, towards
from mingbai.procedures.rules.drawing.placing import Placing
from mingbai.procedures.rules.drawing.routing import SIDE_STEP, Wire

HEAD = 60.0
"""Width of the two strips with the names of pool and lanes."""
SLOT = 11.0


@dataclass(frozen=True)
class Layout:
    """One pool: its size, its lanes, every box and its label by id, the line and label of every flow by id.

    homes: the lane in which each box came to stand.
    """

    pool: Frame
    lanes: Mapping[str, Frame]
    boxes: Mapping[str, Frame]
    lines: Mapping[str, tuple[Point, ...]]
    labels: Mapping[str, Frame]
    homes: Mapping[str, str]


def layout_of(drawn: FlowChart) -> Layout:
    """The layout of a chart; same chart, same layout."""
    return _Work(drawn).layout()


class _Work:
    def __init__(self, drawn: FlowChart) -> None:
        self.drawn, self.boxes = drawn, drawn.boxes
        self.picture, self.flows = picture_of(drawn)
        lanes = len(drawn.chart.lanes)
        self.placing = Placing(self.picture, lanes)
        self.grid = Grid(self.picture, self.placing, lanes, drawn)
        self.wires = list(zip(self.flows, self.grid.wires, strict=True))
        self._rows()
        self.leaves, self.enters = self._side_ports()

    # rows

    def _rows(self) -> None:
        rows = range(self.placing.rows)
        self.channel: dict[int, float] = {-1: HEAD + 14}
        self.middles: dict[int, float] = {}
        at = HEAD + 14 + self._slots(-1) + 16
        for row in rows:
            held = [
                id
                for id, place in self.placing.at.items()
                if place.row == row and id not in self.placing.hung
            ]
            depth = max((along_of(self.boxes[id]) for id in held), default=0.0)
            self.middles[row] = at + depth / 2
            at += depth
            self.channel[row] = at + max([14.0, *self._rooms(row)])
            at = self.channel[row] + self._slots(row) + 18
        self.length = at

    def _rooms(self, row: int) -> Iterator[float]:
        """How much each line that leaves a row needs before it may turn: its label, an end that hangs there."""
        for flow, wire in self.wires:
            if self.placing.at[wire.arrow.source].row == row and self._leaves_along(wire):
                if wire.way == "hang":
                    yield self._hang(flow) + EVENT + LABEL / 2
                elif self._said(flow):
                    yield self._shift(flow) + size_of(self._said(flow))[0] + 12

    def _slots(self, row: int) -> float:
        slots = [track.slot for wire in self.grid.wires for track in wire.tracks if track.channel == row]
        return max(slots, default=0) * SLOT

    @staticmethod
    def _leaves_along(wire: Wire) -> bool:
        return wire.way in ("down", "hang") or wire.low

    # labels of flows

    def _said(self, flow: Flow) -> str:
        """What stands beside the beginning of a line: the flow's name, or that of the boundary event it leaves."""
        source = self.boxes[flow.source]
        return source.name.name if source.tag == BOUNDARY else flow.name.name

    def _shift(self, flow: Flow) -> float:
        """How far from the edge of its box a line begins: half a boundary event."""
        return EVENT / 2 if self.boxes[flow.source].tag == BOUNDARY else 0.0

    def _hang(self, flow: Flow) -> float:
        """How far from its box an end hangs."""
        return self._shift(flow) + max(24.0, size_of(self._said(flow))[0] + 14 if self._said(flow) else 0.0)

    # ports at the sides

    def _side_ports(self) -> tuple[dict[str, float], dict[str, float]]:
        """Along-position of every side port by flow: where it leaves its box, and where it comes in."""
        held: dict[tuple[str, int], list[str]] = {}
        leaves: dict[str, float] = {}
        enters: dict[str, float] = {}
        busy: set[tuple[str, int]] = set()
        for flow, wire in self.wires:
            source, target = wire.arrow.source, wire.arrow.target
            if wire.way == "side":
                leaves[flow.id], enters[flow.id] = self._middle(source), self._middle(target)
                busy |= {(source, wire.side), (target, -wire.side)}
            elif wire.way == "back":
                ports = held.setdefault((target, wire.side), [])
                ports += [] if "" in ports else [""]
                if not wire.low:
                    held.setdefault((source, wire.side), []).append(flow.id)
        for (id, side), names in held.items():
            for place, name in enumerate(names):
                shift = (place - (len(names) - 1) / 2) * SIDE_STEP
                if (id, side) in busy:
                    shift = SIDE_STEP * (-0.8 if place % 2 else 0.8)
                if name:
                    leaves[name] = self._middle(id) + shift
                else:
                    enters |= {
                        flow.id: self._middle(id) + shift
                        for flow, wire in self.wires
                        if wire.way == "back" and wire.arrow.target == id and wire.side == side
                    }
        return leaves, enters

    def _middle(self, id: str) -> float:
        return self.middles[self.placing.at[id].row]

    def _edge(self, id: str, side: int) -> float:
        return self.grid.middle(id) + side * self.grid.half(id)

    def _far(self, id: str) -> float:
        return self._middle(id) + along_of(self.boxes[id]) / 2

    def _near(self, id: str) -> float:
        return self._middle(id) - along_of(self.boxes[id]) / 2

    def _turn(self, channel: int, slot: int) -> float:
        return self.channel[channel] + slot * SLOT

    # lines, as (across, along)

    def _points(self, flow: Flow, wire: Wire) -> list[Point]:
        source, target = wire.arrow.source, wire.arrow.target
        if wire.way == "side":
            return self._sideways(flow, wire)
        if wire.way == "back":
            return self._return(flow, wire)
        if wire.way == "hang":
            return [(wire.port, self._far(source)), (wire.port, self._far(source) + self._hang(flow))]
        points = [(wire.port, self._far(source))]
        for track in wire.tracks:
            at = self._turn(track.channel, track.slot)
            points += [(track.start, at), (track.end, at)]
        return [*points, (wire.entry, self._near(target))]

    def _sideways(self, flow: Flow, wire: Wire) -> list[Point]:
        first = self._edge(wire.arrow.source, wire.side)
        last = self._edge(wire.arrow.target, -wire.side)
        leave, enter = self.leaves[flow.id], self.enters[flow.id]
        if abs(leave - enter) < 0.5:
            return [(first, leave), (last, enter)]
        turn = last - wire.side * 14
        return [(first, leave), (turn, leave), (turn, enter), (last, enter)]

    def _return(self, flow: Flow, wire: Wire) -> list[Point]:
        source, target, side = wire.arrow.source, wire.arrow.target, wire.side
        if wire.low:
            at = self._turn(wire.tracks[0].channel, wire.tracks[0].slot)
            points = [(wire.port, self._far(source)), (wire.port, at), (wire.trunk, at)]
        else:
            at = self.leaves[flow.id]
            points = [(self._edge(source, side), at), (wire.trunk, at)]
        end = self.enters[flow.id]
        if wire.high and wire.pass_x is not None:
            at = self._turn(wire.tracks[-1].channel, wire.tracks[-1].slot)
            points += [(wire.trunk, at), (wire.pass_x, at), (wire.pass_x, end)]
        else:
            points.append((wire.trunk, end))
        return [*points, (self._edge(target, side), end)]

    def _docked(self, flow: Flow, wire: Wire) -> list[Point]:
        """The line from the outline of one shape to the outline of the other."""
        points = self._points(flow, wire)
        if self.boxes[flow.source].tag == BOUNDARY:
            points[0] = towards(points[0], points[1], EVENT / 2)
        else:
            points = docked(points, *self._outline(wire.arrow.source))
        if wire.way != "hang":
            points = docked(points[::-1], *self._outline(wire.arrow.target))[::-1]
        return straightened(points)

    def _outline(self, id: str) -> tuple[str, Point, float]:
        box = self.boxes[id]
        return box.tag, (self.grid.middle(id), self._middle(id)), half_of(box, self.drawn)

    # everything together

    def layout(self) -> Layout:
        """The finished layout, turned so that it runs to the right."""
        grid = self.grid
        pool = Frame(0, 0, self.length, grid.left + grid.lanes * grid.lane_width + grid.right)
        across = {flow.id: self._docked(flow, wire) for flow, wire in self.wires}
        lines = {id: tuple((along, over) for over, along in points) for id, points in across.items()}
        boxes = dict(self._frames(across))
        room = Room(pool, [*boxes.values(), *(one for points in lines.values() for one in strips(points))])
        labels = {id: room.put(places) for id, places in self._labels(boxes)}
        lanes = self.drawn.chart.lanes
        homes = {id: lanes[self.placing.at[self.boxes[id].host or id].lane].id for id in self.boxes}
        return Layout(pool, dict(self._lanes(pool.height)), boxes, lines, labels, homes)

    def _lanes(self, height: float) -> Iterator[tuple[str, Frame]]:
        """The outermost lanes take the gutters of the returns in."""
        lanes = self.drawn.chart.lanes
        for place, lane in enumerate(lanes):
            top = 0.0 if place == 0 else self.grid.border(place)
            bottom = height if place == len(lanes) - 1 else self.grid.border(place + 1)
            yield lane.id, Frame(HEAD / 2, top, self.length - HEAD / 2, bottom - top)

    def _frames(self, lines: Mapping[str, list[Point]]) -> Iterator[tuple[str, Frame]]:
        leaving = {flow.source: (flow, wire) for flow, wire in self.wires}
        arriving = {flow.target: flow for flow in self.flows}
        for id, box in self.boxes.items():
            if box.tag == BOUNDARY:
                across, along = self._points(*leaving[id])[0]
            elif id in self.placing.hung:
                across, along = lines[arriving[id].id][-1]
                along += EVENT / 2
            else:
                across, along = self.grid.middle(id), self._middle(id)
            half, depth = half_of(box, self.drawn), along_of(box)
            yield id, Frame(along - depth / 2, across - half, depth, 2 * half)

    def _labels(self, boxes: Mapping[str, Frame]) -> Iterator[tuple[str, list[Frame]]]:
        """Every label with the places where it may stand, the best first: what flows say, then what shapes say."""
        for flow, wire in self.wires:
            if words := self._said(flow):
                id = flow.source if self.boxes[flow.source].tag == BOUNDARY else flow.id
                yield id, list(self._beside_line(flow, wire, *size_of(words)))
        for id, frame in boxes.items():
            box = self.boxes[id]
            if box.name.name and box.tag not in (TASK, CALL, BOUNDARY):
                yield id, list(_around(frame, box.tag, *size_of(box.name.name)))

    def _beside_line(self, flow: Flow, wire: Wire, wide: float, tall: float) -> Iterator[Frame]:
        source = wire.arrow.source
        if self._leaves_along(wire):
            left = self._far(source) + self._shift(flow) + 4
            for top in (wire.port - 2 - tall, wire.port + 3):
                yield Frame(left, top, wide, tall)
            return
        along, middle = self.leaves[flow.id], self.grid.middle(source)
        clear = max(TASK_HIGH / 2, self.grid.half(source) + self._shift(flow)) + 4
        for more in (0.0, tall + 4, 2 * tall + 8):
            top = middle + clear + more if wire.side > 0 else middle - clear - more - tall
            yield Frame(along + 4, top, wide, tall)
            yield Frame(along - 4 - wide, top, wide, tall)


def _around(frame: Frame, tag: str, wide: float, tall: float) -> Iterator[Frame]:
    """Places around a shape: above a gateway, below an event; in the middle, left, right; then the other side."""
    x, y = frame.x + frame.width / 2, frame.y + frame.height / 2
    clear = TASK_HIGH / 2 + 4 if tag.endswith("Gateway") else frame.height / 2 + 4
    tops = (y - clear - tall, y + clear) if tag.endswith("Gateway") else (y + clear, y - clear - tall)
    for top in (*tops, tops[0] - LINE, tops[1] + LINE):
        for left in (x - wide / 2, x - wide - 6, x + 6):
            yield Frame(left, top, wide, tall)
