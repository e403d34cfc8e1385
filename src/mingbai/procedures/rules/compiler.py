"""From charts as written to one flat graph; every name is looked up, every condition parsed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mingbai.kernel import BadFile, Citation, canonical_bytes, sha256_hex
from mingbai.procedures.rules.expressions import names_in
from mingbai.procedures.rules.graph import SEPARATOR, Exit, Field, Lane, Limit, Node, Option, PaperNeed, Procedure
from mingbai.procedures.rules.text import Chart, FieldText, LimitText, NodeText, SourceText

MAX_DEPTH = 4


def compile_chart(chart: Chart, charts: Mapping[str, Chart]) -> Procedure:
    """The flat graph of a chart with the sub-procedures it calls.

    Raises:
        BadFile: an unknown node, lane, sub-procedure or return; a duplicate; a condition outside the whitelist;
            calls nested too deep or in a circle.
    """
    nodes = _nodes(chart, charts, "", ())
    flat = {node.id: node for node in nodes}
    used = [one for called in _called(chart, charts, ()) for one in called.lanes]
    lanes = tuple({lane.id: Lane(lane.id, lane.title) for lane in used}.values())
    digest = sha256_hex(canonical_bytes([repr(node) for node in nodes]))
    start = _enter(chart, charts, chart.start, "")
    return Procedure(
        chart.procedure, chart.version, chart.title, chart.power, chart.nature, start, lanes, flat, digest,
        tuple(chart.disclosures),
    )  # fmt: skip


def _bad(chart: Chart, reason: str) -> BadFile:
    return BadFile(f"procedures/{chart.procedure}.yaml", 1, reason)


def _called(chart: Chart, charts: Mapping[str, Chart], path: tuple[str, ...]) -> list[Chart]:
    if chart.procedure in path or len(path) > MAX_DEPTH:
        raise _bad(chart, "子流程互相调用，绕成了圈")
    called = [chart]
    for node in chart.nodes:
        if node.kind == "call":
            called += _called(_sub(chart, charts, node), charts, (*path, chart.procedure))
    return called


def _sub(chart: Chart, charts: Mapping[str, Chart], node: NodeText) -> Chart:
    if node.calls not in charts:
        raise _bad(chart, f"环节 {node.id} 调用的流程 {node.calls} 不存在")
    return charts[node.calls]


def _nodes(chart: Chart, charts: Mapping[str, Chart], prefix: str, path: tuple[str, ...]) -> list[Node]:
    if chart.procedure in path or len(path) > MAX_DEPTH:
        raise _bad(chart, "子流程互相调用，绕成了圈")
    _refuse_names(chart)
    compiled: list[Node] = []
    for node in chart.nodes:
        if node.kind == "call":
            compiled += _inlined(chart, charts, node, prefix, (*path, chart.procedure))
        else:
            compiled.append(_node(chart, charts, node, prefix))
    return compiled


def _refuse_names(chart: Chart) -> None:
    ids = [node.id for node in chart.nodes]
    for one in ids:
        if ids.count(one) > 1:
            raise _bad(chart, f"环节 {one} 写了两遍")
    lanes = {lane.id for lane in chart.lanes}
    for node in chart.nodes:
        targets = [*_next(node), *(way.to for way in node.branches), *node.returns.values()]
        for name in [*targets, *node.after, *node.separate_from, chart.start]:
            if name not in ids:
                raise _bad(chart, f"环节 {node.id} 指向不存在的环节 {name}")
        if node.kind not in ("choice", "end", "both", "join") and node.lane not in lanes:
            raise _bad(chart, f"环节 {node.id} 的泳道 {node.lane or '（没写）'} 不存在")
        _refuse_branches(chart, node)


def _refuse_branches(chart: Chart, node: NodeText) -> None:
    if (node.kind == "choice") != bool(node.branches):
        raise _bad(chart, f"环节 {node.id}：分支只能、也必须写在 choice 里")
    fields = {(one.id, field.id) for one in chart.nodes for field in one.fields}
    fields |= {(one.id, "result") for one in chart.nodes if one.kind == "meeting"}
    for place, way in enumerate(node.branches):
        last = place == len(node.branches) - 1
        if way.otherwise != last or (way.when is None) != way.otherwise:
            raise _bad(chart, f"环节 {node.id}：每条分支写 when，只有最后一条写 otherwise")
        try:
            read = names_in(way.when) if way.when else ()
        except ValueError as error:
            raise _bad(chart, f"环节 {node.id}：{error}") from error
        for name in read:
            if name not in fields and name[0] not in ("param", "case"):
                raise _bad(chart, f"环节 {node.id} 的条件用到不存在的栏目 {'.'.join(name)}")


def _next(node: NodeText) -> tuple[str, ...]:
    return (node.next,) if isinstance(node.next, str) else tuple(node.next or ())


def _enter(chart: Chart, charts: Mapping[str, Chart], name: str, prefix: str) -> str:
    """The flat id at which one arrives when going to `name`: inside a called sub-procedure, its start."""
    node = chart.node(name)
    if node.kind != "call":
        return prefix + name
    sub = _sub(chart, charts, node)
    return _enter(sub, charts, sub.start, f"{prefix}{name}{SEPARATOR}")


def _last(chart: Chart, charts: Mapping[str, Chart], names: Sequence[str], prefix: str) -> tuple[str, ...]:
    """Flat ids for `after` and `separate_from`: of a called sub-procedure, all its nodes that somebody does."""
    flat: list[str] = []
    for name in names:
        node = chart.node(name)
        if node.kind == "call":
            sub = _sub(chart, charts, node)
            inner = [one.id for one in sub.nodes if one.kind in ("task", "meeting", "publicity", "payment")]
            flat += _last(sub, charts, inner, f"{prefix}{name}{SEPARATOR}")
        else:
            flat.append(prefix + name)
    return tuple(flat)


def _inlined(
    chart: Chart, charts: Mapping[str, Chart], node: NodeText, prefix: str, path: tuple[str, ...]
) -> list[Node]:
    sub = _sub(chart, charts, node)
    inner = f"{prefix}{node.id}{SEPARATOR}"
    ends = {one.id for one in sub.nodes if one.kind == "end"}
    if set(node.returns) != ends:
        raise _bad(chart, f"环节 {node.id} 要写清子流程的每个结束（{'、'.join(sorted(ends))}）回到哪里")
    back = {inner + end: _enter(chart, charts, to, prefix) for end, to in node.returns.items()}
    nodes = [one for one in _nodes(sub, charts, inner, path) if one.id not in back]
    return [replace(one, exits=tuple(replace(way, to=back.get(way.to, way.to)) for way in one.exits)) for one in nodes]


def _node(chart: Chart, charts: Mapping[str, Chart], node: NodeText, prefix: str) -> Node:
    ways = [Exit(_enter(chart, charts, name, prefix)) for name in _next(node)]
    ways += [
        Exit(_enter(chart, charts, way.to, prefix), way.label, way.when, way.otherwise, way.assumed)
        for way in node.branches
    ]
    return Node(
        prefix + node.id, node.kind, node.title, node.lane, node.offices, tuple(map(_field, node.fields)),
        tuple(PaperNeed(one.id, one.label, not one.optional) for one in node.papers), _limit(node.limit),
        node.discipline, _citation(node.source), node.body, _last(chart, charts, node.after, prefix),
        _last(chart, charts, node.separate_from, prefix), node.supervised, node.stage, tuple(ways), prefix,
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
