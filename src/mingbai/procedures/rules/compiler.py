"""From charts as written to one flat graph: sub-procedures are put in place of the boxes that call them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from mingbai.kernel import Citation, canonical_bytes, sha256_hex
from mingbai.procedures.rules.graph import (
    SEPARATOR,
    WAITING,
    Exit,
    Field,
    Lane,
    Limit,
    Node,
    Option,
    PaperNeed,
    Procedure,
)  # fmt: skip
from mingbai.procedures.rules.names import refuse_names
from mingbai.procedures.rules.text import Chart, FieldText, LimitText, NodeText, SourceText

MAX_DEPTH = 4
MAX_FLAT = 1000
MAX_FOLLOWED = 10_000
"""How often calls are followed while one chart is compiled: a few charts that call one another widely would never end."""
Charts = Mapping[str, Chart]
Given = dict[str, dict[str, tuple[str, str]]]


def compile_chart(chart: Chart, charts: Charts, *, folded: bool = False) -> Procedure:
    """The flat graph of a chart with the sub-procedures it calls.

    With `folded`, sub-procedures stay one box, except those marked `open`: the graph that is drawn.

    Raises:
        BadFile: what `refuse_names` refuses; an unknown sub-procedure or return; calls too deep or in a circle.
    """
    work = _Work(charts, folded)
    nodes = work.nodes(chart, "", ())
    if len(nodes) > MAX_FLAT:
        raise chart.bad("流程图太大")
    lanes: dict[str, Lane] = {}
    for one in work.used:
        for lane in one.lanes:
            lanes.setdefault(lane.id, Lane(lane.id, lane.title))
    shown = {node.lane for node in nodes}
    return Procedure(
        chart.procedure, chart.version, chart.title, chart.power, chart.nature, work.enter(chart, chart.start, ""),
        tuple(lane for lane in lanes.values() if lane.id in shown), {node.id: node for node in nodes},
        sha256_hex(canonical_bytes([chart.version, *(repr(node) for node in nodes)])),
        tuple(chart.disclosures), work.given, chart.part, chart.children,
    )  # fmt: skip


@dataclass
class _Work:
    charts: Charts
    folded: bool
    used: list[Chart] = field(default_factory=list)
    given: Given = field(default_factory=dict)
    followed: int = 0

    def nodes(self, chart: Chart, prefix: str, path: tuple[str, ...]) -> list[Node]:
        """The flat nodes of a chart called under `prefix`."""
        if chart.procedure in path or len(path) > MAX_DEPTH:
            raise chart.bad("子流程互相调用，绕成了圈")
        refuse_names(chart)
        self.used.append(chart)
        compiled: list[Node] = []
        for node in chart.nodes:
            if node.kind != "call":
                compiled.append(self.node(chart, node, prefix))
            elif self.closed(node):
                compiled.append(self.box(chart, node, prefix))
            else:
                compiled += self.inlined(chart, node, prefix, (*path, chart.procedure))
        return compiled

    def closed(self, node: NodeText) -> bool:
        """Whether a call stays one box."""
        return node.kind == "call" and self.folded and not node.open

    def called(self, chart: Chart, node: NodeText) -> Chart:
        """The sub-procedure of a call, its ends and given values checked against the call."""
        if node.calls not in self.charts:
            raise chart.bad_node(node, f"调用的流程 {node.calls} 不存在", "calls")
        self.followed += 1
        if self.followed > MAX_FOLLOWED:
            raise chart.bad("流程图太大")
        sub = self.charts[node.calls]
        ends = {one.id for one in sub.nodes if one.kind == "end"}
        if set(node.returns) != ends:
            raise chart.bad_node(
                node, f"要写清子流程的每个结束（{'、'.join(sorted(ends))}）回到哪里", "returns"
            )
        if set(node.passes) != set(sub.given):
            raise chart.bad_node(node, f"要写清交给子流程的内容（{'、'.join(sorted(sub.given))}）", "passes")
        return sub

    def enter(self, chart: Chart, name: str, prefix: str) -> str:
        """The flat id at which one arrives when going to `name`: inside a called sub-procedure, its start."""
        node = chart.node(name)
        if node.kind != "call" or self.closed(node):
            return prefix + name
        sub = self.called(chart, node)
        return self.enter(sub, sub.start, f"{prefix}{name}{SEPARATOR}")

    def doers(self, chart: Chart, name: str, prefix: str) -> tuple[str, ...]:
        """Flat ids meant by a name in `after` and `separate_from`: of a call, every node that somebody does."""
        node = chart.node(name)
        if node.kind != "call" or self.closed(node):
            return (prefix + name,)
        sub = self.called(chart, node)
        inner = [one.id for one in sub.nodes if one.kind in WAITING or one.kind == "call"]
        return tuple(flat for one in inner for flat in self.doers(sub, one, f"{prefix}{name}{SEPARATOR}"))

    def box(self, chart: Chart, node: NodeText, prefix: str) -> Node:
        """A call drawn as one box; its exits carry the titles of the ends."""
        sub = self.called(chart, node)
        ways = tuple(
            Exit(self.enter(chart, to, prefix), sub.node(end).title) for end, to in node.returns.items()
        )
        return Node(prefix + node.id, "call", node.title, node.lane, hint=node.hint, exits=ways, scope=prefix)

    def inlined(self, chart: Chart, node: NodeText, prefix: str, path: tuple[str, ...]) -> list[Node]:
        """The nodes of a called sub-procedure, its ends replaced by where the call returns to."""
        sub = self.called(chart, node)
        inner = f"{prefix}{node.id}{SEPARATOR}"
        self.given[inner] = {
            name: self.source(chart, node, prefix, text) for name, text in node.passes.items()
        }
        back = {inner + end: self.enter(chart, to, prefix) for end, to in node.returns.items()}
        apart = tuple(self.apart(chart, node, prefix))
        return [
            replace(
                one,
                exits=tuple(replace(way, to=back.get(way.to, way.to)) for way in one.exits),
                separate_from=(*one.separate_from, *apart) if one.kind in WAITING else (),
            )
            for one in self.nodes(sub, inner, path)
            if one.id not in back
        ]

    def source(self, chart: Chart, node: NodeText, prefix: str, text: str) -> tuple[str, str]:
        """Where a value passed to a sub-procedure is read from."""
        name, _, value = text.partition(".")
        if name == "given" and value in self.given.get(prefix, {}):
            return self.given[prefix][value]
        if not any(one.id == name and any(field.id == value for field in one.fields) for one in chart.nodes):
            raise chart.bad_node(node, f"交给子流程的 {text} 不存在", "passes")
        return prefix + name, value

    def apart(self, chart: Chart, node: NodeText, prefix: str) -> Iterator[str]:
        """Flat ids of everything that another person must have done."""
        for name in node.separate_from:
            yield from self.doers(chart, name, prefix)

    def node(self, chart: Chart, node: NodeText, prefix: str) -> Node:
        """One box that is not a call."""
        ways = [Exit(self.enter(chart, name, prefix)) for name in node.following()]
        ways += [
            Exit(self.enter(chart, way.to, prefix), way.label, way.when, way.otherwise)
            for way in node.branches
        ]
        groups = tuple(
            tuple(
                flat
                for name in ((one,) if isinstance(one, str) else one)
                for flat in self.doers(chart, name, prefix)
            )
            for one in node.after
        )
        return Node(
            prefix + node.id, node.kind, node.title, node.lane, node.offices, tuple(map(_field, node.fields)),
            tuple(PaperNeed(one.id, one.label, not one.optional) for one in node.papers), _limit(node.limit),
            node.discipline, _citation(node.source), node.body, tuple(flat for one in groups for flat in one),
            tuple(self.apart(chart, node, prefix)), node.supervised, node.stage, tuple(ways), prefix, node.hand,
            node.hint, node.stopped, groups, f"{chart.procedure}.{node.id}",
        )  # fmt: skip


def _field(field: FieldText) -> Field:
    options = tuple(Option(one.id, one.label) for one in field.options)
    return Field(field.id, field.label, field.kind, not field.optional, options)


def _limit(limit: LimitText | None) -> Limit | None:
    if limit is None:
        return None
    return Limit(limit.bound, limit.value, limit.unit, Citation(limit.law, limit.article, limit.confidence))


def _citation(source: SourceText | None) -> Citation | None:
    return Citation(source.law, source.article, source.confidence) if source else None
