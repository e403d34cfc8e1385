"""The part of BPMN 2.0 that is read: these elements, these attributes. Anything else is refused by element and line.

The picture (BPMN DI) is passed over: a chart is drawn anew. What of a name says nothing to a chart (the start event's, a
joining gateway's) is passed over too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from mingbai.kernel import BadFile
from mingbai.procedures.rules.bpmn.extension import SHAPES
from mingbai.procedures.rules.bpmn.spaces import BPMN, BPMNDI, CEL, MINGBAI, XSI, Element, said, tag

_NODE = ("id", "name")
_PARTS = ("documentation", "extensionElements", "incoming", "outgoing")
_FLOW_NODES = (
    "startEvent", "endEvent", "userTask", "callActivity", "exclusiveGateway", "parallelGateway", "boundaryEvent",
)  # fmt: skip


@dataclass(frozen=True)
class Allowed:
    """What an element of BPMN may have. `fixed`: attributes that may only say what they mean anyway."""

    attributes: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    text: bool = False
    fixed: tuple[tuple[str, str], ...] = ()


PROFILE: Mapping[str, Allowed] = {
    "escalation": Allowed(("id", "name", "escalationCode")),
    "collaboration": Allowed(_NODE, ("participant",), fixed=(("isClosed", "false"),)),
    "participant": Allowed(("id", "name", "processRef")),
    "process": Allowed(
        ("id", "name", "isExecutable"),
        ("extensionElements", "laneSet", "sequenceFlow", *_FLOW_NODES),
        fixed=(("processType", "None"), ("isClosed", "false")),
    ),
    "laneSet": Allowed(_NODE, ("lane",)),
    "lane": Allowed(_NODE, ("flowNodeRef",)),
    "flowNodeRef": Allowed(text=True),
    "startEvent": Allowed(_NODE, ("incoming", "outgoing"), fixed=(("isInterrupting", "true"),)),
    "endEvent": Allowed(_NODE, (*_PARTS, "escalationEventDefinition")),
    "userTask": Allowed(_NODE, _PARTS),
    "callActivity": Allowed((*_NODE, "calledElement"), _PARTS),
    "exclusiveGateway": Allowed((*_NODE, "default", "gatewayDirection"), _PARTS),
    "parallelGateway": Allowed((*_NODE, "gatewayDirection"), _PARTS),
    "boundaryEvent": Allowed(
        (*_NODE, "attachedToRef"),
        ("outgoing", "escalationEventDefinition"),
        fixed=(("cancelActivity", "true"),),
    ),
    "escalationEventDefinition": Allowed(("id", "escalationRef")),
    "sequenceFlow": Allowed((*_NODE, "sourceRef", "targetRef"), ("extensionElements", "conditionExpression")),
    "conditionExpression": Allowed(("id", f"{{{XSI}}}type"), text=True, fixed=(("language", CEL),)),
    "documentation": Allowed(("id",), text=True, fixed=(("textFormat", "text/plain"),)),
    "incoming": Allowed(text=True),
    "outgoing": Allowed(text=True),
}


def refuse_beyond(root: Element, filename: str) -> None:
    """Go over the whole file.

    Raises:
        BadFile: an element, attribute or text outside the profile; an id written twice.
    """
    if root.tag != tag(BPMN, "definitions"):
        raise BadFile(filename, root.sourceline or 1, f"最外面要是 bpmn:definitions，不是 {said(root)}")
    work = _Work(filename)
    for one in root:
        if one.tag == tag(BPMNDI, "BPMNDiagram"):
            continue
        if one.tag not in [tag(BPMN, name) for name in ("escalation", "collaboration", "process")]:
            raise work.bad(one, "")
        work.walk(one)


class _Work:
    def __init__(self, filename: str) -> None:
        self.filename = filename
        self.ids: set[str] = set()

    def bad(self, element: Element, reason: str) -> BadFile:
        """What to raise about an element."""
        id = element.get("id")
        name = f"{said(element)}（{id}）" if id else said(element)
        return BadFile(self.filename, element.sourceline or 1, f"{name}{reason or ' 不在支持的范围里'}")

    def walk(self, element: Element) -> None:
        """An element of BPMN and all below it."""
        allowed = PROFILE.get(etree.QName(element).localname)
        if etree.QName(element).namespace != BPMN or allowed is None:
            raise self.bad(element, "")
        self._attributes(element, allowed)
        self._id(element)
        self._text(element, allowed.text)
        for one in element:
            if one.tag == tag(BPMN, "extensionElements") and "extensionElements" in allowed.children:
                self._extension(one)
            elif one.tag in [tag(BPMN, name) for name in allowed.children]:
                self.walk(one)
            else:
                raise self.bad(one, "")

    def _attributes(self, element: Element, allowed: Allowed) -> None:
        fixed = dict(allowed.fixed)
        for key, value in element.attrib.items():
            if key in fixed and value != fixed[str(key)]:
                raise self.bad(element, f" 的 {key} 只能是 {fixed[str(key)]}")
            if key not in fixed and key not in allowed.attributes:
                raise self.bad(element, f" 的属性 {etree.QName(key).localname} 不在支持的范围里")

    def _id(self, element: Element) -> None:
        id = element.get("id")
        if id is None:
            return
        if id in self.ids:
            raise self.bad(element, " 的 id 写了两遍")
        self.ids.add(id)

    def _text(self, element: Element, text: bool) -> None:
        loose = [element.text, *(one.tail for one in element)]
        if not text and any(one and one.strip() for one in loose):
            raise self.bad(element, " 里有放不下的文字")

    def _extension(self, element: Element) -> None:
        """Below extensionElements stands only what is ours, each at most once."""
        self._text(element, False)
        seen: set[str] = set()
        for one in element:
            name = etree.QName(one)
            expected = {"process": "chart", "sequenceFlow": "wording"}.get(_parent(element), "step")
            if name.namespace != MINGBAI or name.localname != expected:
                raise self.bad(one, "")
            if name.localname in seen:
                raise self.bad(one, " 写了两遍")
            seen.add(name.localname)
            self._ours(one)

    def _ours(self, element: Element) -> None:
        shape = SHAPES[etree.QName(element).localname]
        for key in element.attrib:
            if key not in (*shape.attributes, *shape.shown):
                raise self.bad(element, f" 的属性 {etree.QName(key).localname} 不在支持的范围里")
        self._text(element, shape.text)
        for one in element:
            if one.tag not in [tag(MINGBAI, name) for name in shape.children]:
                raise self.bad(one, "")
            self._ours(one)


def _parent(element: Element) -> str:
    above = element.getparent()
    return etree.QName(above).localname if above is not None else ""
