"""BPMN DI."""

from __future__ import annotations

from mingbai.procedures.rules.bpmn.flow import FlowChart
from mingbai.procedures.rules.bpmn.spaces import Element


def write_diagram(root: Element, drawn: list[FlowChart]) -> None:
    """The diagram."""
