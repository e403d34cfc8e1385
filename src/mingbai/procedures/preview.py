"""A chart of a folder that nobody confirmed yet: read, proved and drawn as it would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import yaml

from mingbai.catalogue.rules import read_folder
from mingbai.kernel import BadFile, Confidence
from mingbai.procedures.rules.bodies import body_sentences
from mingbai.procedures.rules.checks import Known, Report, check
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.drawing import Figure, Sheet, draw
from mingbai.procedures.rules.text import Chart, charts_in, read_chart

MEETINGS = "meetings.yaml"


@dataclass(frozen=True)
class Preview:
    """What a chart would be: its drawing with the offending path framed, its proof; or why it cannot be read."""

    drawing: str
    report: Report | None
    problem: str


def file_of(chart: str) -> str:
    """The file of a chart in the folder."""
    return f"procedures/{chart}.yaml"


def preview(files: Mapping[str, str], chart: str, text: str, on: date) -> Preview:
    """The chart `text` within a folder, as it would be drawn and proved on a day."""
    held = {**files, file_of(chart): text}
    try:
        charts = charts_in(held)
        folded, whole = (compile_chart(charts[chart], charts, folded=one) for one in (True, False))
        known = _known(_Files(tuple(sorted((name, held[name]) for name in held if "/" not in name))))
    except BadFile as bad:
        return Preview("", None, f"{bad.file} 第 {bad.line} 行：{bad.reason}")
    report = check(whole, known)
    offending = frozenset(node for one in report.failures for node in one.nodes)
    return Preview(draw(_sheet(held, folded, on), offending=offending), report, "")


def chart_in(files: Mapping[str, str], chart: str) -> Chart:
    """The chart as it is written in the folder.

    Raises:
        BadFile: it is not there, or cannot be read.
    """
    name = file_of(chart)
    if name not in files:
        raise BadFile(name, 1, "没有这张流程图")
    return read_chart(files[name], name)


@dataclass(frozen=True)
class _Files:
    """Files as a key."""

    held: tuple[tuple[str, str], ...]


@lru_cache(maxsize=8)
def _known(files: _Files) -> Known:
    held = dict(files.held)
    offices = yaml.safe_load(held["offices.yaml"])["offices"]
    bodies = yaml.safe_load(held.get(MEETINGS, "bodies: []"))["bodies"]
    parameters = yaml.safe_load(held["parameters.yaml"])["parameters"]
    return Known(
        parameters=frozenset(one["id"] for one in parameters),
        bodies=frozenset(one["id"] for one in bodies),
        offices={one["id"]: one["level"] for one in offices},
    )


def _sheet(files: Mapping[str, str], chart: object, on: date) -> Sheet:
    figures: dict[str, Figure] = {}
    for id, parameter in read_folder(files).parameters.items():
        value = parameter.on(on)
        if value is not None:
            figures[id] = Figure(parameter.say(value), value.confidence is Confidence.assumed)
    return Sheet(chart, figures, body_sentences(files.get(MEETINGS, "bodies: []"), MEETINGS))  # type: ignore[arg-type]
