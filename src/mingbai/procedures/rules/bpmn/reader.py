"""From BPMN 2.0 back to charts: what `writer` wrote, also after a person changed it in a BPMN tool."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingbai.kernel import BadFile, validate_data
from mingbai.procedures.rules.bpmn.extension import Data, Lines, read_chart_head
from mingbai.procedures.rules.bpmn.nodes import Nodes
from mingbai.procedures.rules.bpmn.profile import refuse_beyond
from mingbai.procedures.rules.bpmn.safe import parse
from mingbai.procedures.rules.bpmn.spaces import BPMN, MINGBAI, Element, tag
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.names import refuse_names
from mingbai.procedures.rules.text import Chart


def from_bpmn(data: bytes, filename: str) -> tuple[Chart, ...]:
    """Every chart of a BPMN file: that of the first pool first, then those it calls.

    Raises:
        BadFile: XML that may not be read; anything outside the profile; a chart that is no chart. Each names the file,
            the line and the element.
    """
    root = parse(data, filename)
    refuse_beyond(root, filename)
    processes, codes = _in_order(root, filename), _codes(root)
    ends = {id: Nodes(one, {}, codes, filename).end_codes() for id, one in processes.items()}
    charts = {id: _chart(one, ends, codes, filename) for id, one in processes.items()}
    try:
        _refuse_charts(charts)
    except BadFile as bad:
        raise BadFile(filename, bad.line, bad.reason) from bad
    return tuple(charts.values())


def _in_order(root: Element, filename: str) -> dict[str, Element]:
    """Processes by id, those of pools in the order of the pools first."""
    held = {one.get("id", ""): one for one in root.findall(tag(BPMN, "process"))}
    if not held:
        raise BadFile(filename, root.sourceline or 1, "bpmn:definitions 里没有 bpmn:process")
    found: dict[str, Element] = {}
    for pool in root.iter(tag(BPMN, "participant")):
        name = pool.get("processRef", "")
        if name not in held:
            raise BadFile(
                filename,
                pool.sourceline or 1,
                f"bpmn:participant（{pool.get('id')}）要指到文件里的一个 process",
            )
        if pool.get("name", held[name].get("name")) != held[name].get("name"):
            raise BadFile(
                filename,
                pool.sourceline or 1,
                f"泳池“{pool.get('name')}”和流程“{held[name].get('name')}”要同名",
            )
        found[name] = held[name]
    return found | held


def _codes(root: Element) -> Mapping[str, str]:
    return {one.get("id", ""): one.get("escalationCode", "") for one in root.findall(tag(BPMN, "escalation"))}


def _chart(
    process: Element, ends: Mapping[str, Mapping[str, str]], codes: Mapping[str, str], filename: str
) -> Chart:
    head = process.find(f"{tag(BPMN, 'extensionElements')}/{tag(MINGBAI, 'chart')}")
    line = process.sourceline or 1
    if head is None:
        reason = f"bpmn:process（{process.get('id')}）里没有 mingbai:chart：不知道是哪项权力、什么性质"
        raise BadFile(filename, line, reason)
    nodes = Nodes(process, ends, codes, filename)
    said, lines = read_chart_head(head)
    data: Data = {
        **said, "procedure": process.get("id", ""), "title": process.get("name", ""), "start": nodes.start(),
        "lanes": nodes.lanes, "nodes": [],
    }  # fmt: skip
    places: Lines = {(): line, **lines, ("lanes",): line}
    for node, where in nodes.read():
        place = len(data["nodes"])
        data["nodes"].append(node)
        places |= {("nodes", place, *path): at for path, at in where.items()}
    chart = validate_data(Chart, data, places, filename)
    chart._lines.update(places)
    return chart


def _refuse_charts(charts: Mapping[str, Chart]) -> None:
    for chart in charts.values():
        refuse_names(chart)
    for chart in charts.values():
        if _whole(chart, charts):
            compile_chart(chart, charts)


def _whole(chart: Chart, charts: Mapping[str, Any], seen: frozenset[str] = frozenset()) -> bool:
    """Whether everything that a chart calls is in the file; a circle counts as whole, compiling refuses it."""
    calls = {node.calls for node in chart.nodes if node.kind == "call"} - seen
    return all(one in charts and _whole(charts[one], charts, seen | calls) for one in calls)
