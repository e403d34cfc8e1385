"""What BPMN has no word for, in the namespace urn:mingbai:procedure:1: written and read in one place.

`mingbai:chart` on a process, `mingbai:step` on a flow node, `mingbai:wording` where a name shows more than the chart says.
The titles of offices, laws and bodies are written for readers and not read back: the district's lists have them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pydantic import BaseModel

from mingbai.procedures.rules.bpmn.spaces import MINGBAI, Element, add, tag
from mingbai.procedures.rules.bpmn.wording import Titles, Wording
from mingbai.procedures.rules.text import Chart, NodeText, SourceText

Data = dict[str, Any]
Lines = dict[tuple[str | int, ...], int]
KEPT = ("kind", "hand", "stage", "hint", "supervised", "open", "stopped")
"""What of a step is an attribute of `mingbai:step`, under its own name."""


@dataclass(frozen=True)
class Shape:
    """What an element of ours may have: attributes, of them those only for readers, children, text."""

    attributes: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    text: bool = False


_SOURCE = ("law", "article", "confidence")
SHAPES: Mapping[str, Shape] = {
    "chart": Shape(("version", "power", "nature", "part", "children"), children=("given", "disclosure")),
    "given": Shape(("name", "label")),
    "disclosure": Shape(("level",), text=True),
    "step": Shape(
        (*KEPT, "lane", "end"),
        children=("wording", "office", "body", "field", "paper", "limit", "source", "after", "apart", "pass"),
    ),
    "wording": Shape(("text", "shown")),
    "office": Shape(("id",), ("title",)),
    "body": Shape(("id",), ("title",)),
    "field": Shape(("id", "label", "kind", "optional"), children=("option",)),
    "option": Shape(("id", "label")),
    "paper": Shape(("id", "label", "optional")),
    "limit": Shape(("bound", "value", "unit", *_SOURCE), ("title",)),
    "source": Shape(_SOURCE, ("title",)),
    "after": Shape(("any",)),
    "apart": Shape(("from",)),
    "pass": Shape(("name", "value")),
}


# writing


def write_chart(parent: Element, chart: Chart) -> None:
    """The head of a chart, below `bpmn:extensionElements`."""
    head = {key: _word(value) for key, value in _said(chart).items() if key in SHAPES["chart"].attributes}
    made = add(parent, MINGBAI, "chart", **head)
    for name, label in chart.given.items():
        add(made, MINGBAI, "given", name=name, label=label)
    for level, text in chart.disclosures.items():
        add(made, MINGBAI, "disclosure", text, level=level)


def write_step(parent: Element, node: NodeText, titles: Titles, name: Wording, lane: str, end: str) -> None:
    """A step below `bpmn:extensionElements`; nothing when BPMN says it all.

    `lane`: the step's own lane when it is drawn in another; `end`: of a call, the end of its plain way out.
    """
    head = {key: _word(value) for key, value in _said(node).items() if key in KEPT}
    if head.get("kind") not in ("meeting", "publicity", "payment"):
        head.pop("kind")
    head |= _some(lane=lane, end=end)
    made = etree.Element(tag(MINGBAI, "step"), dict(head.items()))
    if name.shown:
        write_wording(made, name)
    for office in node.offices:
        add(made, MINGBAI, "office", id=office, **_some(title=titles.offices.get(office, "")))
    if node.body:
        add(made, MINGBAI, "body", id=node.body, **_some(title=titles.bodies.get(node.body, "")))
    _write_needs(made, node, titles)
    _write_order(made, node)
    if len(made) or made.attrib:
        parent.append(made)


def write_wording(parent: Element, name: Wording) -> None:
    """What the chart says where the name shows something else."""
    add(parent, MINGBAI, "wording", text=name.text, shown=name.shown)


def _write_needs(made: Element, node: NodeText, titles: Titles) -> None:
    for field in node.fields:
        one = add(made, MINGBAI, "field", **_flat(field, "options"))
        for option in field.options:
            add(one, MINGBAI, "option", **_flat(option))
    for paper in node.papers:
        add(made, MINGBAI, "paper", **_flat(paper))
    for name, source in (("limit", node.limit), ("source", node.source)):
        if isinstance(source, SourceText):
            title = titles.laws.get(source.law, "")
            add(made, MINGBAI, name, **_flat(source), **_some(title=title))


def _write_order(made: Element, node: NodeText) -> None:
    for group in node.after:
        add(made, MINGBAI, "after", any=group if isinstance(group, str) else " ".join(group))
    for other in node.separate_from:
        add(made, MINGBAI, "apart", **{"from": other})
    for name, value in node.passes.items():
        add(made, MINGBAI, "pass", name=name, value=value)


def _said(model: BaseModel) -> Data:
    return model.model_dump(mode="json", exclude_defaults=True)


def _flat(model: BaseModel, *without: str) -> dict[str, str]:
    return {key: _word(value) for key, value in _said(model).items() if key not in without}


def _word(value: object) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _some(**values: str) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}


# reading


def read_chart_head(element: Element) -> tuple[Data, Lines]:
    """What `write_chart` wrote, with the lines of its parts."""
    data: Data = {**_attributes(element), "given": {}, "disclosures": {}}
    lines: Lines = {(key,): _line(element) for key in data}
    for name, one in _children(element):
        key, value = (one.get("name"), one.get("label")) if name == "given" else (one.get("level"), one.text)
        place = "given" if name == "given" else "disclosures"
        data[place][key] = value or ""
        lines[place, str(key)] = _line(one)
    return data, lines


def read_step(element: Element) -> tuple[Data, Lines]:
    """What `write_step` wrote, wording excepted; `end` is kept for whoever reads the call."""
    data: Data = dict(_attributes(element))
    lines: Lines = {(key,): _line(element) for key in data}
    for name, one in _children(element):
        key, value = _part(name, one)
        if key in _LISTS:
            lines[key, len(data.setdefault(key, []))] = _line(one)
            data[key].append(value)
        elif key == "passes":
            data.setdefault(key, {}).update(value)
            lines[key,] = _line(one)
        elif key:
            data[key] = value
            lines[key,] = _line(one)
    return data, lines


_LISTS = ("offices", "fields", "papers", "after", "separate_from")


def _part(name: str, one: Element) -> tuple[str, Any]:
    said = _attributes(one)
    if name == "field":
        options = [dict(_attributes(option)) for _, option in _children(one)]
        return "fields", {**said, **({"options": options} if options else {})}
    if name == "after":
        names = said.get("any", "").split()
        return "after", names[0] if len(names) == 1 else names
    plain = {
        "office": ("offices", said.get("id")), "body": ("body", said.get("id")), "paper": ("papers", said),
        "limit": ("limit", said), "source": ("source", said), "apart": ("separate_from", said.get("from")),
        "pass": ("passes", {said.get("name", ""): said.get("value", "")}),
    }  # fmt: skip
    return plain.get(name, ("", None))


def read_wording(element: Element | None, name: str) -> str:
    """What the chart says: what stood there when the name is still the one that was shown, else the new name."""
    if element is None or element.get("shown") != name:
        return name
    return element.get("text", "")


def _children(element: Element) -> Iterator[tuple[str, Element]]:
    for one in element.iterchildren(tag=etree.Element):
        yield etree.QName(one).localname, one


def _attributes(element: Element) -> dict[str, str]:
    shape = SHAPES[etree.QName(element).localname]
    return {str(key): str(value) for key, value in element.attrib.items() if key not in shape.shown}


def _line(element: Element) -> int:
    return element.sourceline or 1
