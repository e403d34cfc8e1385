"""The lines: always upright or level, never through a box, every exit with its own port, returns in the outer gutter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from mingbai.procedures.rules.drawing.measure import FRAME, WIDTH
from mingbai.procedures.rules.drawing.picture import Arrow, Picture
from mingbai.procedures.rules.drawing.placing import Placing
from mingbai.procedures.rules.drawing.tracks import Track, slot_tracks

TRUNK = 13
GUTTER = 9
SIDE_STEP = 18


@dataclass
class Wire:
    """One arrow as it will be drawn; x are known here, y follow when the rows are as tall as they must be.

    way: side (straight across), down, or back. Of a back wire, `low`: leaves below its box, `high`: must come
    down beside its target because something stands in between.
    """

    arrow: Arrow
    way: str
    side: int = 0
    port: float = 0.0
    entry: float = 0.0
    pass_x: float | None = None
    trunk: float = 0.0
    low: bool = False
    high: bool = False
    tracks: list[Track] = field(default_factory=list)
    gutter: int | None = None


class Routing:
    """All wires of a picture on its grid. `lane` and `box`: their widths, where a lane is no share of the sheet."""

    def __init__(
        self, picture: Picture, placing: Placing, lanes: int, *, lane: float = 0.0, box: float = 0.0
    ) -> None:
        self.picture, self.placing, self.lanes = picture, placing, lanes
        self.sides = self._choose_sides()
        counts = {step: len({a.target for a, side in self.sides.items() if side == step}) for step in (-1, 1)}
        self.left = 14.0 + (TRUNK * counts[-1] + 8 if counts[-1] else 0)
        self.right = 14.0 + (TRUNK * counts[1] + 8 if counts[1] else 0)
        self.lane_width = lane or (WIDTH - self.left - self.right) / lanes
        self.box_width = box or min(self.lane_width - 46, 200.0)
        self.spans: dict[str, tuple[float, float]] = {}
        self.used: list[tuple[float, int, int, str]] = []
        self.owner = {one.target: one.source for one in picture.arrows if one.target in placing.hung}
        self.wires = [self._wire(one) for one in picture.arrows]
        self._bars()
        self._ports()
        self.hangs = {wire.arrow.target: wire.port for wire in self.wires if wire.way == "hang"}
        for wire in self.wires:
            if wire.way == "down":
                self._pass(wire)
        self._trunks()
        self._gutters()
        self._level()

    def middle(self, id: str) -> float:
        """The middle of a shape's lane."""
        return self.left + (self.placing.at[id].lane + 0.5) * self.lane_width

    def half(self, id: str) -> float:
        """Half the width of a box or pill."""
        if self.picture.shapes[id].form == "pill":
            return min(self.box_width / 2, 62.0)
        return self.box_width / 2 + (FRAME if self.picture.shapes[id].kind == "meeting" else 0)

    def border(self, place: int) -> float:
        """The x of the border left of lane `place`."""
        return self.left + place * self.lane_width

    def alley(self, place: int) -> float:
        """Where a wire may pass at a border: on it, or just inside the first and the last."""
        return self.border(place) + {0: 11, self.lanes: -11}.get(place, 0)

    def form(self, id: str) -> str:
        """box, bar or pill."""
        return self.picture.shapes[id].form

    # which way

    def _choose_sides(self) -> dict[Arrow, int]:
        """For the returns to one shape: the side on which fewer things are in the way."""
        groups: dict[str, list[Arrow]] = {}
        for one in self.picture.arrows:
            if one.back:
                groups.setdefault(one.target, []).append(one)
        chosen: dict[Arrow, int] = {}
        for target, arrows in groups.items():
            ends = [target, *(one.source for one in arrows)]
            side = min((1, -1), key=lambda step: (sum(self._costs(one, step) for one in ends), -step))
            chosen |= dict.fromkeys(arrows, side)
        return chosen

    def _costs(self, id: str, step: int) -> float:
        place = self.placing.at[id]
        if self.form(id) == "bar":
            return 0.0
        distance = (self.lanes - 1 - place.lane) if step > 0 else place.lane
        return distance * 0.4 + (0.0 if self.placing.clear(place.row, place.lane, step) else 2.0)

    def _wire(self, arrow: Arrow) -> Wire:
        if arrow in self.placing.straight:
            here, there = self.placing.at[arrow.source], self.placing.at[arrow.target]
            return Wire(arrow, "side", 1 if there.lane > here.lane else -1)
        if arrow.target in self.placing.hung:
            return Wire(arrow, "hang")
        if not arrow.back:
            return Wire(arrow, "down")
        side = self.sides[arrow]
        low = not self._open(arrow.source, side) or self._no_room(arrow, side)
        return Wire(arrow, "back", side, low=low, high=not self._open(arrow.target, side))

    def _no_room(self, arrow: Arrow, side: int) -> bool:
        """Whether the label of a return would not fit between its box and the outer gutter."""
        outermost = self.placing.at[arrow.source].lane == (self.lanes - 1 if side > 0 else 0)
        return self.form(arrow.source) != "bar" and outermost and len(arrow.label.text) > 2

    def _open(self, id: str, side: int) -> bool:
        place = self.placing.at[id]
        return self.form(id) == "bar" or self.placing.clear(place.row, place.lane, side)

    # bars and ports

    def _bars(self) -> None:
        for id, shape in self.picture.shapes.items():
            if shape.form != "bar":
                continue
            near = [w.arrow.target for w in self.wires if w.arrow.source == id and w.way == "down"]
            near += [w.arrow.source for w in self.wires if w.arrow.target == id and w.way == "down"]
            xs = [self.middle(one) for one in near if self.form(one) != "bar"] or [WIDTH / 2]
            self.spans[id] = (min(xs) - 26, max(xs) + 26)

    def _ports(self) -> None:
        for id in self.picture.shapes:
            if self.form(id) == "bar":
                continue
            leaving = [w for w in self.wires if w.arrow.source == id and (w.way in ("down", "hang") or w.low)]
            leaving.sort(key=self._heads_for)
            for place, wire in enumerate(leaving):
                shift = (place - (len(leaving) - 1) / 2) * self.box_width / max(len(leaving), 2)
                wire.port = self.middle(id) + shift
        for wire in self.wires:
            if wire.way == "down" and self.form(wire.arrow.target) != "bar":
                wire.entry = self.middle(wire.arrow.target)

    def _heads_for(self, wire: Wire) -> float:
        if wire.way == "back":
            return wire.side * 1e6
        if self.form(wire.arrow.target) == "bar" or wire.way == "hang":
            return self.middle(wire.arrow.source) + (1 if wire.way == "hang" else 0)
        return self.middle(wire.arrow.target) + self.placing.at[wire.arrow.target].row * 0.01

    # the upright piece between two rows that are not neighbours

    def _pass(self, wire: Wire) -> None:
        arrow, at = wire.arrow, self.placing.at
        top, bottom = at[arrow.source].row, at[arrow.target].row
        from_bar, to_bar = self.form(arrow.source) == "bar", self.form(arrow.target) == "bar"
        if from_bar and to_bar:
            wire.port = wire.entry = sum(self.spans[arrow.source]) / 2
        for x, gutter in self._candidates(wire, from_bar, to_bar):
            if self._clear_at(x, gutter, top, bottom, arrow):
                wire.pass_x, wire.gutter = x, gutter
                break
        wire.pass_x = x = wire.pass_x if wire.pass_x is not None else self.border(self.lanes)
        if from_bar:
            wire.port = x
            self._widen(arrow.source, x)
        if to_bar:
            wire.entry = x
            self._widen(arrow.target, x)
        straight = wire.gutter is None and x == wire.port and not to_bar and not from_bar
        if straight and at[arrow.source].lane == at[arrow.target].lane:
            wire.entry = x
        if wire.gutter is None:
            self.used.append((x, top, bottom, arrow.target))

    def _candidates(self, wire: Wire, from_bar: bool, to_bar: bool) -> Iterator[tuple[float, int | None]]:
        if not from_bar:
            yield wire.port, None
        if not to_bar:
            yield wire.entry, None
        aim = self.middle(wire.arrow.source if to_bar else wire.arrow.target)
        start = aim if from_bar else wire.port
        borders = sorted(
            range(self.lanes + 1),
            key=lambda b: (
                abs(self.border(b) - aim) * 2 + abs(self.border(b) - start) - (b in (0, self.lanes))
            ),
        )
        yield from ((self.alley(one), one) for one in borders)

    def _clear_at(self, x: float, gutter: int | None, top: int, bottom: int, arrow: Arrow) -> bool:
        for row in range(top + 1, bottom):
            bar = self.placing.bars.get(row)
            if bar is not None and self.spans[bar][0] - 8 < x < self.spans[bar][1] + 8:
                return False
            if gutter is None and self.placing.cells.get((row, int((x - self.left) // self.lane_width))):
                return False
        return gutter is not None or not any(
            abs(x - other) < 7 and target != arrow.target and first < bottom and top < last
            and (first, last) != (top, top + 1) for other, first, last, target in self.used
        )  # fmt: skip

    def _widen(self, bar: str, x: float) -> None:
        low, high = self.spans[bar]
        self.spans[bar] = (min(low, x - 26), max(high, x + 26))

    # returns

    def _trunks(self) -> None:
        for side in (-1, 1):
            targets: dict[str, list[Wire]] = {}
            for wire in self.wires:
                if wire.way == "back" and wire.side == side:
                    targets.setdefault(wire.arrow.target, []).append(wire)
            lengths = {
                target: max(self.placing.at[w.arrow.source].row for w in wires) - self.placing.at[target].row
                for target, wires in targets.items()
            }
            for place, target in enumerate(sorted(targets, key=lambda one: lengths[one])):
                edge = self.border(self.lanes) if side > 0 else self.border(0)
                for wire in targets[target]:
                    wire.trunk = edge + side * (14 + TRUNK * place)
                    if wire.high:
                        wire.gutter = self.placing.at[target].lane + (1 if side > 0 else 0)

    def _gutters(self) -> None:
        """Wires that share a border between lanes stand side by side; those to one target share one line."""
        spans: dict[int, list[tuple[int, int, str, list[Wire]]]] = {}
        for wire in self.wires:
            if wire.gutter is None:
                continue
            target = self.placing.at[wire.arrow.target].row
            first = target - 1 if wire.way == "back" else self.placing.at[wire.arrow.source].row
            held = spans.setdefault(wire.gutter, [])
            same = next((one for one in held if one[2] == wire.arrow.target and wire.way == "back"), None)
            if same is not None:
                same[3].append(wire)
            else:
                held.append((first, target, wire.arrow.target, [wire]))
        for border, held in spans.items():
            slots: list[list[tuple[int, int]]] = []
            for first, last, _, wires in sorted(held, key=lambda one: one[:3]):
                slot = next(
                    (s for s, taken in enumerate(slots) if all(last <= a or b <= first for a, b in taken)),
                    len(slots),
                )
                slots += [[]] if slot == len(slots) else []
                slots[slot].append((first, last))
                for wire in wires:
                    step = {0: slot, self.lanes: -slot}.get(border, (slot + 1) // 2 * (1 if slot % 2 else -1))
                    self._move(wire, self.alley(border) + step * GUTTER)

    def _move(self, wire: Wire, x: float) -> None:
        if wire.way == "down" and self.form(wire.arrow.source) == "bar":
            wire.port = x
        if wire.way == "down" and self.form(wire.arrow.target) == "bar":
            wire.entry = x
        wire.pass_x = x

    def _level(self) -> None:
        for wire in self.wires:
            wire.tracks = list(self._tracks(wire))
        channels: dict[int, list[Track]] = {}
        for wire in self.wires:
            for track in wire.tracks:
                channels.setdefault(track.channel, []).append(track)
        for tracks in channels.values():
            slot_tracks(tracks)

    def _tracks(self, wire: Wire) -> Iterator[Track]:
        source, target = self.placing.at[wire.arrow.source].row, self.placing.at[wire.arrow.target].row
        name = wire.arrow.target + ("<" if wire.way == "back" else "")
        if wire.way == "back":
            if wire.low:
                yield Track(source, wire.port, wire.trunk, name, wire.port, None)
            if wire.high and wire.pass_x is not None:
                yield Track(target - 1, wire.trunk, wire.pass_x, name, None, wire.pass_x)
        if wire.way == "down" and wire.pass_x is not None:
            x = wire.pass_x
            if target == source + 1:
                if abs(wire.port - wire.entry) > 0.5:
                    yield Track(source, wire.port, wire.entry, name, wire.port, wire.entry)
                return
            if abs(wire.port - x) > 0.5:
                yield Track(source, wire.port, x, name, wire.port, x)
            if abs(wire.entry - x) > 0.5:
                yield Track(target - 1, x, wire.entry, name, x, wire.entry)
