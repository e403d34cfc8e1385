"""A chart as text again: lines that say what they said before stay as they were written, comments and layout too."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from mingbai.procedures.rules.text import Chart

Said = Mapping[str, Any]


def to_text(chart: Chart, before: str = "") -> str:
    """The YAML of a chart, written into the text `before` from which it came; reading it gives the same chart.

    Only what changed is written anew, so that two officers' changes can be put together and a reader sees the
    difference. When more than the boxes changed, the head is written anew under its comment.
    """
    said = _said(chart)
    old = _read(before)
    if old is not None and all(old.get(key) == one for key, one in said.items() if key != "nodes"):
        return "".join(_woven(said["nodes"], before))
    comment = [line for line in before.splitlines(keepends=True) if line.startswith("#")]
    return "".join([*comment[: _leading(before)], _dump(said)])


def _said(chart: Chart) -> dict[str, Any]:
    found: dict[str, Any] = chart.model_dump(mode="json", exclude_defaults=True)
    return found


def _read(before: str) -> dict[str, Any] | None:
    """What the text says, as `_said` says it; nothing when there is no such text."""
    data = yaml.safe_load(before) if before.strip() else None
    return _said(Chart.model_validate(data)) if isinstance(data, dict) else None


def _leading(text: str) -> int:
    lines = text.splitlines()
    return next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))


def _woven(nodes: list[Said], before: str) -> Iterator[str]:
    """The old lines around the boxes, and each box in its old lines as far as they hold."""
    lines = before.splitlines(keepends=True)
    places = _boxes(before)
    starts = [place.start_mark.line for place in places]
    ends = [*starts[1:], places[-1].end_mark.line]
    old = {one["id"]: one for one in (_read(before) or {})["nodes"]}
    held = {id: (place, starts[at], ends[at]) for at, (id, place) in enumerate(zip(old, places, strict=True))}
    indent = " " * max(places[0].start_mark.column - 2, 0)
    yield from lines[: starts[0]]
    for node in nodes:
        if node["id"] in held:
            place, first, last = held[node["id"]]
            yield from _box(node, old[node["id"]], place, lines[first:last], first, indent)
        else:
            yield textwrap.indent(_dump([node]), indent)
    yield from lines[ends[-1] :]


def _boxes(text: str) -> list[yaml.MappingNode]:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return next(list(value.value) for key, value in pairs if key.value == "nodes")


def _box(node: Said, old: Said, place: yaml.MappingNode, lines: list[str], first: int, indent: str) -> Iterator[str]:
    """One box: key by key where it stands in block form, else as a whole."""
    if node == old:
        yield from lines
        return
    if place.flow_style:
        yield textwrap.indent(_dump([node]), indent)
        return
    starts = [key.start_mark.line - first for key, _ in place.value]
    written = [key.value for key, _ in place.value]
    inside = indent + "  "
    for at, key in enumerate(written):
        end = starts[at + 1] if at + 1 < len(starts) else len(lines)
        if node.get(key) == old.get(key):
            yield from lines[starts[at] : end]
        elif key in node:
            yield textwrap.indent(_dump({key: node[key]}), inside)
    more = {key: value for key, value in node.items() if key not in written}
    if more:
        yield textwrap.indent(_dump(more), inside)


def _dump(value: list[Said] | Said) -> str:
    """Lists of boxes as they are; a mapping key by key, since one small mapping would all go onto one line."""
    if isinstance(value, Mapping):
        return "".join(_one(key, one) for key, one in value.items())
    return _yaml(value, None)


def _one(key: str, value: Any) -> str:
    return _yaml({key: value}, None if isinstance(value, dict | list) else False)


def _yaml(value: Any, flow: bool | None) -> str:
    text: str = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=116, default_flow_style=flow
    )
    return text


class _Dumper(yaml.SafeDumper):
    """Without aliases: the reader refuses them."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
