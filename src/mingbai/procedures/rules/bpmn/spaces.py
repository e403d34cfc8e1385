"""The names of BPMN 2.0 and of our extension. Every one is an identifier: nothing is ever fetched from it."""

from __future__ import annotations

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
MINGBAI = "urn:mingbai:procedure:1"
CEL = "urn:mingbai:cel:1"
"""The language of conditions: the part of CEL that docs/decisions/0002-cel.md describes."""
PREFIXES = {"bpmn": BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI, "xsi": XSI, "mingbai": MINGBAI}
Element = etree._Element


def tag(space: str, name: str) -> str:
    """A qualified name as lxml writes it."""
    return f"{{{space}}}{name}"


def add(parent: Element, space: str, name: str, text: str | None = None, /, **attributes: str) -> Element:
    """A new child; attributes in the order given."""
    made = etree.SubElement(parent, tag(space, name), attributes)
    made.text = text
    return made


def said(element: Element) -> str:
    """An element's name as a person writes it: bpmn:userTask."""
    name = etree.QName(element)
    prefix = next((key for key, space in PREFIXES.items() if space == name.namespace), element.prefix or "")
    return f"{prefix}:{name.localname}" if prefix else name.localname
