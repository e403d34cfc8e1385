"""What a person reads where the chart says something shorter: a figure's value, the question of an untitled choice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mingbai.procedures.rules.drawing import Figure
from mingbai.procedures.rules.expressions import names_in
from mingbai.procedures.rules.text import Chart, NodeText

_FIGURE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True)
class Wording:
    """What the chart says, and what is shown instead when that is not for people (`shown` empty: the same)."""

    text: str
    shown: str = ""

    @property
    def name(self) -> str:
        """The words on the picture."""
        return self.shown or self.text


NOTHING = Wording("")


@dataclass(frozen=True)
class Titles:
    """What the district calls offices, laws and bodies: id → title."""

    offices: Mapping[str, str]
    laws: Mapping[str, str]
    bodies: Mapping[str, str]


def label_of(label: str, figures: Mapping[str, Figure]) -> Wording:
    """A branch's label with its figures put in: 限额 where the district has not decided, 待确认 where it is assumed."""
    used = [figures[name] for name in _FIGURE.findall(label) if name in figures]
    shown = _FIGURE.sub(lambda found: figures[found[1]].text if found[1] in figures else "限额", label)
    shown += " （待确认）" if any(one.assumed for one in used) else ""
    return Wording(label, shown if shown != label else "")


def question(chart: Chart, node: NodeText) -> str:
    """What an untitled choice asks: the labels of the values that its conditions read."""
    asked = [_label(chart, *name) for way in node.branches if way.when for name in names_in(way.when)]
    return "、".join(dict.fromkeys(one for one in asked if one))[:58] + "？"


def _label(chart: Chart, id: str, name: str) -> str:
    if id == "given":
        return chart.given.get(name, "")
    node = next((one for one in chart.nodes if one.id == id), None)
    if node is None:
        return ""
    if node.kind == "meeting" and name == "result":
        return f"{node.title}的结果"
    return next((one.label for one in node.fields if one.id == name), "")
