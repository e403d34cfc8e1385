"""Within one chart as written: every name that points somewhere is followed, every kind of box is complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mingbai.kernel import FieldKind
from mingbai.procedures.rules.expressions import names_in, refuse_unanswerable, words_for
from mingbai.procedures.rules.text import BranchText, Chart, FieldText, NodeText

_NEEDED: dict[str, dict[str, FieldKind | None]] = {
    "publicity": {"objection": FieldKind.choice},
    "payment": {"amount": FieldKind.money, "payee": None, "method": FieldKind.choice},
}
_RESULTS = ("passed", "not_passed", "no_quorum")
_PASSING = ("choice", "both", "join")
_NUMBERS = (FieldKind.money, FieldKind.integer)


def refuse_names(chart: Chart) -> None:
    """Follow every name of a chart.

    Raises:
        BadFile: an unknown node, lane or field; one id twice; a box that lacks what its kind needs; a condition
            outside the whitelist; a circle in which nobody ever acts.
    """
    _refuse_twice(chart, "nodes", (one.id for one in chart.nodes))
    _refuse_twice(chart, "lanes", (one.id for one in chart.lanes))
    ids = {one.id for one in chart.nodes}
    if chart.start not in ids:
        raise chart.bad(f"起点 {chart.start} 不存在", "start")
    for node in chart.nodes:
        _refuse_targets(chart, node, ids)
        _refuse_shape(chart, node)
        _refuse_fields(chart, node)
        _refuse_branches(chart, node)
    _refuse_idle_circles(chart)


def _refuse_twice(chart: Chart, key: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for place, one in enumerate(ids):
        if one in seen:
            raise chart.bad(f"{one} 写了两遍", key, place, "id")
        seen.add(one)


def _refuse_targets(chart: Chart, node: NodeText, ids: set[str]) -> None:
    after = [name for one in node.after for name in ((one,) if isinstance(one, str) else one)]
    wanted = {
        "next": node.following(), "after": after, "separate_from": node.separate_from,
        "returns": node.returns.values(), "branches": [way.to for way in node.branches],
    }  # fmt: skip
    for key, names in wanted.items():
        for name in names:
            if name not in ids:
                raise chart.bad_node(node, f"指向不存在的环节 {name}", key)


def _refuse_shape(chart: Chart, node: NodeText) -> None:
    lanes = {lane.id for lane in chart.lanes}
    if node.kind not in _PASSING and node.lane not in lanes:
        raise chart.bad_node(node, f"泳道 {node.lane or '（没写）'} 不存在", "lane")
    if node.kind not in _PASSING and not node.title:
        raise chart.bad_node(node, "缺少标题", "title")
    if (node.kind == "choice") != bool(node.branches):
        raise chart.bad_node(node, "分支只能、也必须写在 choice 里", "branches")
    if (node.kind == "call") != bool(node.calls):
        raise chart.bad_node(node, "call 才能、也必须写 calls", "calls")
    if (node.kind == "meeting") != bool(node.body):
        raise chart.bad_node(node, "会议才能、也必须写是哪个会（body）", "body")
    ways = len(node.following())
    fits = {"choice": ways == 0, "end": ways == 0, "call": ways == 0, "both": ways >= 2}.get(
        node.kind, ways == 1
    )
    if not fits:
        raise chart.bad_node(node, "走不下去：next 只有 both 写几个，其他办事的环节写一个，结束不写", "next")


def _refuse_fields(chart: Chart, node: NodeText) -> None:
    held = {one.id: one for one in node.fields}
    if len(held) != len(node.fields) or len({one.id for one in node.papers}) != len(node.papers):
        raise chart.bad_node(node, "栏目或者单据写了两遍", "fields")
    for name, kind in _NEEDED.get(node.kind, {}).items():
        if name not in held or (kind is not None and held[name].kind != kind):
            raise chart.bad_node(node, f"要有栏目 {name}", "fields")
    for field in node.fields:
        if (field.kind == FieldKind.choice) != bool(field.options):
            raise chart.bad_node(node, f"栏目 {field.id}：选择题才能、也必须写 options", "fields")
    if node.kind == "publicity" and {one.id for one in held["objection"].options} != {"none", "raised"}:
        raise chart.bad_node(node, "objection 的选项是 none 和 raised", "fields")


def _refuse_branches(chart: Chart, node: NodeText) -> None:
    for place, way in enumerate(node.branches):
        last = place == len(node.branches) - 1
        if way.otherwise != last or (way.when is None) != way.otherwise:
            raise chart.bad_node(node, "每条分支写 when，最后一条写 otherwise", "branches", place)
        try:
            _refuse_condition(chart, way)
        except ValueError as error:
            raise chart.bad_node(node, str(error), "branches", place) from error


def _refuse_condition(chart: Chart, way: BranchText) -> None:
    if way.when is None:
        return
    sample: dict[str, dict[str, str | int]] = {}
    for node, field in names_in(way.when):
        sample.setdefault(node, {})[field] = _sample(chart, node, field)
    for (node, field), word in words_for(way.when):
        offered = _options(chart, node, field)
        if offered and word not in offered:
            raise ValueError(f"{node}.{field} 没有“{word}”这个选项")
    refuse_unanswerable(way.when, sample)


def _sample(chart: Chart, node: str, name: str) -> str | int:
    if node == "param" or (node == "given" and name in chart.given):
        return 1
    if node == "case" and name == "title":
        return ""
    found = _field(chart, node, name)
    if found is None and not _is_result(chart, node, name):
        raise ValueError(f"条件用到不存在的栏目 {node}.{name}")
    if found is not None and found.optional:
        raise ValueError(f"条件用到的栏目 {node}.{name} 可以不填，分不了路")
    return 1 if found and found.kind in _NUMBERS else ""


def _field(chart: Chart, node: str, name: str) -> FieldText | None:
    return next(
        (field for one in chart.nodes if one.id == node for field in one.fields if field.id == name), None
    )


def _is_result(chart: Chart, node: str, name: str) -> bool:
    return name == "result" and any(one.id == node and one.kind == "meeting" for one in chart.nodes)


def _options(chart: Chart, node: str, name: str) -> tuple[str, ...]:
    if _is_result(chart, node, name):
        return _RESULTS
    found = _field(chart, node, name)
    return tuple(one.id for one in found.options) if found else ()


def _refuse_idle_circles(chart: Chart) -> None:
    """A circle of choices alone would turn for ever without anybody acting."""
    for node in chart.nodes:
        if node.kind in _PASSING and node.id in _idle_reach(chart, node):
            raise chart.bad_node(node, "绕成了圈，圈里没有一个办事的环节")


def _idle_reach(chart: Chart, first: NodeText) -> set[str]:
    seen: set[str] = set()
    waiting = list(_ways(first))
    while waiting:
        name = waiting.pop()
        node = chart.node(name)
        if name not in seen and node.kind in _PASSING:
            waiting += _ways(node)
        seen.add(name)
    return seen


def _ways(node: NodeText) -> Iterator[str]:
    yield from node.following()
    yield from (way.to for way in node.branches)
