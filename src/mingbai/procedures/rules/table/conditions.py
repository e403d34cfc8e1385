"""Conditions of branches as sentences: “验收”的“结论”是“合格”. What is more than that stays an expression in CEL."""

from __future__ import annotations

import re

from mingbai.procedures.rules.table.words import names
from mingbai.procedures.rules.text import Chart, FieldText, NodeText

RESULTS = {"passed": "通过", "not_passed": "没有通过", "no_quorum": "人数不够"}
AND = "，而且"
_EQUAL = re.compile(r"(\w+)\.(\w+) (==|!=) '(\w+)'")
_SENTENCE = re.compile(r"“(.+?)”的“(.+?)”(是|不是)“(.+)”")


def say_condition(chart: Chart, when: str) -> str:
    """A condition in words where every part of it asks for one answer; otherwise as it is written."""
    parts = [_say(chart, part.strip()) for part in when.split("&&")]
    return AND.join(one for one in parts if one) if all(parts) else when


def _say(chart: Chart, part: str) -> str:
    found = _EQUAL.fullmatch(part)
    node = next((one for one in chart.nodes if found and one.id == found[1]), None)
    if found is None or node is None:
        return ""
    label, options = _asked(node, found[2])
    verb = "是" if found[3] == "==" else "不是"
    return f"“{names(chart)[node.id]}”的“{label}”{verb}“{options[found[4]]}”" if found[4] in options else ""


def _asked(node: NodeText, name: str) -> tuple[str, dict[str, str]]:
    if node.kind == "meeting" and name == "result":
        return "结果", RESULTS
    field = next((one for one in node.fields if one.id == name), None)
    return (field.label, {one.id: one.label for one in field.options}) if field else ("", {})


def read_condition(chart: Chart, text: str) -> str:
    """The expression that a sentence means; anything else is taken as an expression and tried where charts are read."""
    parts = [_read(chart, part) for part in text.strip().split(AND)]
    return " && ".join(one for one in parts if one) if all(parts) else text.strip()


def _read(chart: Chart, part: str) -> str:
    found = _SENTENCE.fullmatch(part.strip())
    node = next((one for one in chart.nodes if found and names(chart)[one.id] == found[1]), None)
    if found is None or node is None:
        return ""
    if node.kind == "meeting" and found[2] == "结果":
        answers = {"result": RESULTS}
    else:
        answers = {one.id: _options(one) for one in node.fields if one.label == found[2]}
    for field, options in answers.items():
        word = next((id for id, label in options.items() if label == found[4]), None)
        if word is not None:
            return f"{node.id}.{field} {'==' if found[3] == '是' else '!='} '{word}'"
    return ""


def _options(field: FieldText) -> dict[str, str]:
    return {one.id: one.label for one in field.options}


def sentences(chart: Chart) -> tuple[str, ...]:
    """Every simple condition the chart's steps allow, for whoever picks one."""
    found: list[str] = []
    for node in chart.nodes:
        asked = [("结果", RESULTS)] if node.kind == "meeting" else []
        asked += [(field.label, _options(field)) for field in node.fields if field.options]
        name = names(chart)[node.id]
        found += [
            f"“{name}”的“{label}”是“{answer}”" for label, options in asked for answer in options.values()
        ]
    return tuple(found)
