"""What a drawing shows: boxes with their few lines, bars that part ways, pills that end, arrows with labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mingbai.kernel import Confidence
from mingbai.procedures.rules.expressions import names_in
from mingbai.procedures.rules.graph import SEPARATOR, Exit, Limit, Node, Procedure

UNITS = {"working_day": "个工作日", "calendar_day": "天", "month": "个月", "year": "年"}
MAX_WAYS = 3
_FIGURE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True)
class Figure:
    """A dated parameter as people read it; `assumed` shows it as 待确认."""

    text: str
    assumed: bool


@dataclass(frozen=True)
class Sheet:
    """All that a drawing needs: the folded chart, its figures, the voting rules of its bodies, and what is said at `here`."""

    procedure: Procedure
    figures: Mapping[str, Figure] = field(default_factory=dict)
    bodies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    now: str = "现在在这里"

    @property
    def title(self) -> str:
        """The chart's title."""
        return self.procedure.title

    @property
    def version(self) -> int:
        """The chart's version."""
        return self.procedure.version


@dataclass(frozen=True)
class Line:
    """A line of words; `assumed` is underlined as 待确认."""

    text: str
    assumed: bool = False


@dataclass(frozen=True)
class Shape:
    """Something with a place. `form`: box, bar or pill; `kind` of a box: task, meeting, publicity, payment, call."""

    id: str
    form: str
    title: str
    kind: str = ""
    lane: int = 0
    lines: tuple[Line, ...] = ()
    number: int = 0
    supervised: bool = False
    days: int = 0
    stopped: bool = False
    again: str = ""


@dataclass(frozen=True)
class Arrow:
    """A way from one shape to another; `back` when it returns to an earlier one."""

    source: str
    target: str
    label: Line
    back: bool = False


@dataclass(frozen=True)
class Picture:
    """Shapes in the order of the flow, and the arrows between them."""

    shapes: Mapping[str, Shape]
    arrows: tuple[Arrow, ...]


def picture_of(sheet: Sheet) -> Picture:
    """The picture of a chart: choices that only part the ways of one step become that step's labelled exits."""
    work = _Work(sheet)
    arrows = [arrow for node in work.order for arrow in work.arrows(node) if node.id not in work.folded]
    back = back_ways(sheet.procedure.start, arrows)
    kept = [replace(one, back=one in back) for one in arrows if one.source != one.target]
    shapes = {node.id: work.shape(node) for node in work.order if node.id not in work.folded}
    for one in arrows:
        if one.source == one.target:
            shapes[one.source] = replace(shapes[one.source], again=one.label.text)
    return _numbered(*_own_ends(shapes, kept))


class _Work:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.nodes = sheet.procedure.nodes
        self.lanes = {lane.id: place for place, lane in enumerate(sheet.procedure.lanes)}
        self.order = list(self.nodes.values())
        self.before: dict[str, list[Node]] = {}
        for node in self.order:
            for way in node.exits:
                self.before.setdefault(way.to, []).append(node)
        self.folded = {node.id for node in self.order if node.kind == "choice" and self._folds(node)}

    def _folds(self, node: Node) -> bool:
        before = self.before.get(node.id, [])
        if len(before) != 1 or before[0].kind == "choice" or len(node.exits) > MAX_WAYS:
            return False
        local = before[0].id.removeprefix(node.scope)
        read = {name for way in node.exits if way.when for name in names_in(way.when)}
        sums = {one.id for one in before[0].fields if not one.options}
        by_amount = any(name == "param" for name, _ in read)
        return not (
            by_amount and any(name == "given" or value in sums for name, value in read if name != "param")
        ) or (
            any(name == local and value not in sums for name, value in read)
            and not any(name == local and value in sums for name, value in read)
        )

    def arrows(self, node: Node) -> list[Arrow]:
        """The arrows that leave a shape, through its folded choice where it has one."""
        ways: list[Exit] = []
        for way in node.exits:
            ways += self.nodes[way.to].exits if way.to in self.folded else [way]
        found: dict[str, Arrow] = {}
        for way in ways:
            label = self.words(way.label)
            if way.to in found:
                both = f"{found[way.to].label.text}；{label.text}"
                label = Line(both, label.assumed or found[way.to].label.assumed)
            found[way.to] = Arrow(node.id, way.to, label)
        if len(found) == 1 and node.kind == "call":
            return [replace(one, label=Line("")) for one in found.values()]
        return list(found.values())

    def words(self, text: str) -> Line:
        """A label with its figures put in."""
        used = [self.sheet.figures[name] for name in _FIGURE.findall(text) if name in self.sheet.figures]
        filled = _FIGURE.sub(lambda found: self._figure(found.group(1)), text)
        return Line(filled, any(one.assumed for one in used))

    def _figure(self, name: str) -> str:
        return self.sheet.figures[name].text if name in self.sheet.figures else "限额"

    def shape(self, node: Node) -> Shape:
        """The shape of one node."""
        lane = self.lanes.get(node.lane, 0)
        if node.kind == "end":
            return Shape(node.id, "pill", node.title, lane=lane, stopped=node.stopped)
        if node.kind in ("choice", "both", "join"):
            title = node.title or {"both": "分头办", "join": "都办完"}.get(node.kind, "")
            return Shape(node.id, "bar", title, kind=node.kind)
        days = node.limit.value if node.kind == "publicity" and node.limit else 0
        return Shape(
            node.id, "box", node.title, node.kind, lane, tuple(self.lines(node)), 0, node.supervised, days
        )

    def lines(self, node: Node) -> list[Line]:
        """The few words under a title: the vote's rule, the hint, the limit."""
        found = [Line(text) for text in self.sheet.bodies.get(node.body, ())] if node.body else []
        if node.hint:
            found.append(Line(node.hint))
        if node.limit and not (node.kind == "meeting" and node.limit.bound == "max"):
            found.append(Line(limit_words(node), node.limit.citation.confidence is Confidence.assumed))
        return found


def limit_words(node: Node) -> str:
    """A limit as people say it: 张贴不少于 15 天, 提前 10 天通知, 3 个工作日内."""
    limit = node.limit
    if limit is None:
        return ""
    span = f"{limit.value} {UNITS[limit.unit]}"
    if limit.bound == "max":
        return f"{span}内"
    return {"publicity": f"张贴不少于 {span}", "meeting": f"提前 {span}通知"}.get(node.kind, f"不少于 {span}")


def assumed_limit(limit: Limit | None) -> bool:
    """Whether a limit is still to be confirmed."""
    return limit is not None and limit.citation.confidence is Confidence.assumed


def back_ways(start: str, arrows: list[Arrow]) -> set[Arrow]:
    """Arrows that lead to a shape that is still being walked: found by walking in the order of the exits.

    From the start, and then from what cannot be reached from there: a chart that is being written is drawn too.
    """
    ways: dict[str, list[Arrow]] = {}
    for one in arrows:
        ways.setdefault(one.source, []).append(one)
    back: set[Arrow] = set()
    seen: set[str] = set()
    for first in (start, *ways):
        if first not in seen:
            back |= _walked(first, ways, seen)
    return back


def _walked(first: str, ways: Mapping[str, list[Arrow]], seen: set[str]) -> set[Arrow]:
    """The returns that are met on the way from one shape; adds what it meets to `seen`."""
    back: set[Arrow] = set()
    open_now = {first}
    seen.add(first)
    stack = [(first, iter(ways.get(first, [])))]
    while stack:
        here, rest = stack[-1]
        way = next(rest, None)
        if way is None:
            open_now.discard(here)
            stack.pop()
        elif way.target in open_now:
            back.add(way)
        elif way.target not in seen:
            open_now.add(way.target)
            seen.add(way.target)
            stack.append((way.target, iter(ways.get(way.target, []))))
    return back


def _own_ends(shapes: dict[str, Shape], arrows: list[Arrow]) -> tuple[dict[str, Shape], list[Arrow]]:
    """Give every arrow to an end without result an end of its own beside its source: no line across the sheet."""
    kept, made = [], dict(shapes)
    for arrow in arrows:
        end = shapes[arrow.target]
        if end.form == "pill" and end.stopped:
            own = f"{end.id}@{arrow.source}"
            made[own] = replace(end, id=own, lane=shapes[arrow.source].lane)
            kept.append(replace(arrow, target=own))
            made.pop(end.id, None)
        else:
            kept.append(arrow)
    return made, kept


def _numbered(shapes: dict[str, Shape], arrows: list[Arrow]) -> Picture:
    """Number the boxes in the order of the chart; boxes that are parted by one bar share a number."""
    parents: dict[str, set[str]] = {}
    for arrow in arrows:
        if not arrow.back:
            parents.setdefault(arrow.target, set()).add(arrow.source)
    count, of_bar = 0, dict[str, int]()
    for id, shape in shapes.items():
        if shape.form != "box":
            continue
        above = sorted(parents.get(id, ()))
        bar = above[0] if len(above) == 1 and shapes[above[0]].form == "bar" else ""
        if bar not in of_bar:
            count += 1
        number = of_bar.setdefault(bar, count) if bar else count
        shapes[id] = replace(shape, number=number)
    return Picture(shapes, tuple(arrows))


def stands(id: str, names: frozenset[str]) -> bool:
    """Whether a shape, or for a folded sub-procedure something inside it, is among `names`."""
    return id in names or any(one.startswith(id + SEPARATOR) for one in names)
