"""From wires and boxes to SVG: presentation attributes with custom properties and fallbacks, no style, no script."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from mingbai.procedures.rules.drawing import ink
from mingbai.procedures.rules.drawing.measure import BAR, HEAD, STUB, WIDTH, height, text_width
from mingbai.procedures.rules.drawing.picture import Shape, Sheet, picture_of, stands
from mingbai.procedures.rules.drawing.placing import Placing
from mingbai.procedures.rules.drawing.routing import SIDE_STEP, Routing, Wire

SLOT = 11
Point = tuple[float, float]


Names = frozenset[str]
NONE: Names = frozenset()


def draw(sheet: Sheet, *, here: Names = NONE, done: Names = NONE, offending: Names = NONE) -> str:
    """The chart as one SVG element, 1144 units wide.

    `here` and `done` are node ids of the running chart (flat), `offending` those of a path that a proof found wanting;
    a folded sub-procedure shows what is inside it.
    """
    return "".join(_Drawing(sheet, here, done, offending).parts())


class _Drawing:
    def __init__(self, sheet: Sheet, here: Names, done: Names, offending: Names) -> None:
        self.sheet, self.here, self.done, self.offending = sheet, here, done, offending
        self.lanes = sheet.procedure.lanes
        self.picture = picture_of(sheet)
        self.placing = Placing(self.picture, len(self.lanes))
        self.routing = Routing(self.picture, self.placing, len(self.lanes))
        self._rows()
        self.side_ports = self._side_ports()

    # rows

    def _rows(self) -> None:
        rows = range(self.placing.rows)
        box = self.routing.box_width
        tall = [
            max(
                height(self.picture.shapes[id], box)
                for id, at in self.placing.at.items()
                if at.row == row and id not in self.placing.hung
            )
            for row in rows
        ]
        self.channel_top: dict[int, float] = {-1: HEAD + 8.0}
        self.row_middle: dict[int, float] = {}
        y = HEAD + self._channel_height(-1)
        for row in rows:
            self.row_middle[row] = y + tall[row] / 2
            y += tall[row]
            self.channel_top[row] = y + self._label_room(row)
            y += self._channel_height(row)
        self.height = y

    def _label_room(self, row: int) -> float:
        below = [
            w
            for w in self.routing.wires
            if self._leaves_below(w) and self.placing.at[w.arrow.source].row == row
        ]
        bar = row in self.placing.bars
        hung = any(self.placing.at[id].row == row for id in self.placing.hung)
        room = 28.0 if bar else 24.0 if any(w.arrow.label.text for w in below) else 12.0
        return room + (STUB + 20 if hung else 0)

    def _channel_height(self, row: int) -> float:
        slots = [track.slot for wire in self.routing.wires for track in wire.tracks if track.channel == row]
        room = self._label_room(row) if row >= 0 else 8.0
        title = 22.0 if row + 1 in self.placing.bars else 0.0
        last = row + 1 == self.placing.rows
        return room + (max(slots) * SLOT if slots else 0) + (10.0 if last else 18.0) + title

    @staticmethod
    def _leaves_below(wire: Wire) -> bool:
        return wire.way in ("down", "hang") or wire.low

    # ports at the sides

    def _side_ports(self) -> dict[tuple[str, int, str], float]:
        """y of every side port: (shape, side, arrow's other end or 'in')."""
        held: dict[tuple[str, int], list[str]] = {}
        level: dict[tuple[str, int, str], float] = {}
        for wire in self.routing.wires:
            source, target = wire.arrow.source, wire.arrow.target
            if wire.way == "side":
                level[source, wire.side, f">{target}"] = self._middle(source)
                level[target, -wire.side, f"<{source}"] = self._middle(target)
            elif wire.way == "back":
                ports = held.setdefault((target, wire.side), [])
                ports += [] if "<back" in ports else ["<back"]
                if not wire.low:
                    held.setdefault((source, wire.side), []).append(f">{target}")
        busy = {(id, side) for id, side, _ in level}
        for (id, side), names in held.items():
            for place, name in enumerate(sorted(names)):
                shift = place - (len(names) - 1) / 2
                if (id, side) in busy:
                    shift = -0.9 if place % 2 else 0.9
                level[id, side, name] = self._middle(id) + shift * SIDE_STEP
        return level

    def _middle(self, id: str) -> float:
        return self.row_middle[self.placing.at[id].row]

    def _edge(self, id: str, side: int) -> float:
        if self.routing.form(id) == "bar":
            return self.routing.spans[id][1 if side > 0 else 0]
        return self.routing.middle(id) + side * self.routing.half(id)

    def _bottom(self, id: str) -> float:
        return self._middle(id) + self._tall(id) / 2

    def _top(self, id: str) -> float:
        return self._middle(id) - self._tall(id) / 2

    def _tall(self, id: str) -> float:
        return height(self.picture.shapes[id], self.routing.box_width)

    # lines

    def _points(self, wire: Wire) -> list[Point]:
        source, target = wire.arrow.source, wire.arrow.target
        if wire.way == "side":
            y = self.side_ports[source, wire.side, f">{target}"]
            end = self.side_ports[target, -wire.side, f"<{source}"]
            first, last = self._edge(source, wire.side), self._edge(target, -wire.side)
            if abs(y - end) < 0.5:
                return [(first, y), (last, y)]
            turn = last - wire.side * 14
            return [(first, y), (turn, y), (turn, end), (last, end)]
        if wire.way == "back":
            return self._return(wire)
        if wire.way == "hang":
            return [(wire.port, self._bottom(source)), (wire.port, self._stub(target) - STUB / 2)]
        points = [(wire.port, self._bottom(source))]
        for track in wire.tracks:
            y = self._slot_y(track.channel, track.slot)
            points += [(track.start, y), (track.end, y)]
        return [*points, (wire.entry, self._top(target))]

    def _stub(self, id: str) -> float:
        """The middle of a small end that hangs below its exit."""
        return self._bottom(self.routing.owner[id]) + 24 + STUB / 2

    def _return(self, wire: Wire) -> list[Point]:
        source, target, side = wire.arrow.source, wire.arrow.target, wire.side
        tracks = list(wire.tracks)
        if wire.low:
            y = self._slot_y(tracks[0].channel, tracks[0].slot)
            points = [(wire.port, self._bottom(source)), (wire.port, y), (wire.trunk, y)]
        else:
            y = (
                self.side_ports[source, side, f">{target}"]
                if self.routing.form(source) != "bar"
                else self._middle(source)
            )
            points = [(self._edge(source, side), y), (wire.trunk, y)]
        bar = self.routing.form(target) == "bar"
        end = self._middle(target) if bar else self.side_ports[target, side, "<back"]
        if wire.high and wire.pass_x is not None:
            y = self._slot_y(tracks[-1].channel, tracks[-1].slot)
            points += [(wire.trunk, y), (wire.pass_x, y), (wire.pass_x, end)]
        else:
            points.append((wire.trunk, end))
        return [*points, (self._edge(target, side), end)]

    def _slot_y(self, channel: int, slot: int) -> float:
        return self.channel_top[channel] + slot * SLOT

    # parts

    def parts(self) -> Iterator[str]:
        """The SVG in order: ground, lines, shapes, labels."""
        name = f"chart-{self.sheet.procedure.id}"
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="0 0 {WIDTH} {self.height:.0f}" '
            f'aria-labelledby="{name}-title {name}-desc" font-family="{ink.SANS}" fill="{ink.INK}">'
            f'<title id="{name}-title">{escape(self.sheet.title)}：流程图</title>'
            f'<desc id="{name}-desc">{escape(self._description())}</desc>'
        )
        yield from self._ground()
        yield from self._lines()
        for shape in self.picture.shapes.values():
            yield self._shape(shape)
            if stands(shape.id.partition("@")[0], self.offending):
                yield self._offence(shape)
        for wire in self.routing.wires:
            yield self._label(wire)
        yield "</svg>"

    def _lines(self) -> Iterator[str]:
        groups: dict[tuple[bool, str], list[list[Point]]] = {}
        for wire in self.routing.wires:
            groups.setdefault((wire.way != "back", wire.arrow.target), []).append(self._points(wire))
        for (forward, _), ways in sorted(groups.items()):
            yield ink.lines(ways, back=not forward)

    def _description(self) -> str:
        boxes = [one for one in self.picture.shapes.values() if one.form == "box"]
        steps = "，".join(f"{one.number} {one.title}" for one in boxes)
        return f"共 {max((one.number for one in boxes), default=0)} 步：{steps}。图下面有同样内容的文字清单。"

    def _ground(self) -> Iterator[str]:
        for place, lane in enumerate(self.lanes):
            x, wide = self.routing.border(place), self.routing.lane_width
            yield ink.lane(x, wide, self.height, escape(lane.title), shaded=place % 2 == 0)
        yield ink.head(self.routing.border(0), self.routing.border(len(self.lanes)), self.height)

    def _shape(self, shape: Shape) -> str:
        if shape.form == "bar":
            first, last = self.routing.spans[shape.id]
            arrivals = [w.entry for w in self.routing.wires if w.arrow.target == shape.id and w.way == "down"]
            return ink.bar(first, last, self._middle(shape.id), shape.title, arrivals)
        x, y = self.routing.middle(shape.id), self._middle(shape.id)
        state = "here" if stands(shape.id, self.here) else "done" if stands(shape.id, self.done) else ""
        if shape.form == "pill":
            plain = shape.id.partition("@")[0]
            reached = stands(plain, self.done)
            if shape.id in self.placing.hung:
                port = self.routing.hangs[shape.id]
                return ink.pill(
                    port,
                    self._stub(shape.id),
                    text_width(shape.title, 11) / 2 + 11,
                    STUB,
                    shape,
                    reached=reached,
                )
            return ink.pill(x, y, self.routing.half(shape.id), self._tall(shape.id), shape, reached=reached)
        return ink.box(x, y, self.routing.box_width, self._tall(shape.id), shape, state, self.sheet.now)

    def _offence(self, shape: Shape) -> str:
        """The frame around a shape that is on the offending path."""
        if shape.form == "bar":
            first, last = self.routing.spans[shape.id]
            return ink.offence(first, self._middle(shape.id) - BAR / 2, last - first, BAR)
        if shape.id in self.placing.hung:
            if self.routing.owner[shape.id] and not stands(self.routing.owner[shape.id], self.offending):
                return ""
            half = text_width(shape.title, 11) / 2 + 11
            return ink.offence(
                self.routing.hangs[shape.id] - half, self._stub(shape.id) - STUB / 2, 2 * half, STUB
            )
        half, tall = self.routing.half(shape.id), self._tall(shape.id)
        x, y = self.routing.middle(shape.id), self._middle(shape.id)
        return ink.offence(x - half, y - tall / 2, 2 * half, tall)

    def _label(self, wire: Wire) -> str:
        label, source = wire.arrow.label, wire.arrow.source
        if not label.text:
            return ""
        shaded = self.placing.at[source].lane % 2 == 0
        if self.routing.form(source) == "bar":
            return ink.label(wire.port, self._bottom(source) + 19, label, "middle", None)
        if self._leaves_below(wire):
            left = wire.port < self.routing.middle(source) - 1
            x = wire.port - 6 if left else wire.port + 6
            return ink.label(x, self._bottom(source) + 16, label, "end" if left else "start", shaded)
        y = self.side_ports[source, wire.side, f">{wire.arrow.target}"]
        lower = y > self._middle(source) + 1
        x = self._edge(source, wire.side) + wire.side * 6
        return ink.label(x, y + (15 if lower else -6), label, "start" if wire.side > 0 else "end", None)
