"""A chart of a district's folder as BPMN 2.0, and charts of a BPMN file as the folder's text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import yaml

from mingbai.catalogue.rules import read_folder
from mingbai.kernel import Confidence, Refused
from mingbai.procedures.rules.bpmn import Titles, from_bpmn, to_bpmn
from mingbai.procedures.rules.drawing import Figure
from mingbai.procedures.rules.rows.model import Table
from mingbai.procedures.rules.rows.text import write_table
from mingbai.procedures.rules.text import Chart, charts_in


def export_power(files: Mapping[str, str], power: str, on: date) -> bytes:
    """The chart of a power (its id, its number, or the chart's own id) as BPMN 2.0, figures as they stand `on` that day.

    Raises:
        Refused: there is no such power, or it has no chart. BadFile: a bad folder, or what BPMN cannot hold.
    """
    return exporter(files, on)(power)


def exporter(files: Mapping[str, str], on: date) -> Callable[[str], bytes]:
    """`export_power` for many powers of one folder, which is read once.

    Raises:
        BadFile: a bad folder.
    """
    folder, charts, titles = read_folder(files), charts_in(files), _titles(files)
    values = {name: (one, one.on(on)) for name, one in folder.parameters.items()}
    figures = {
        name: Figure(one.say(value), value.confidence is Confidence.assumed)
        for name, (one, value) in values.items()
        if value is not None
    }

    def export(power: str) -> bytes:
        found = next((one for one in folder.powers if power in (one.id, str(one.number))), None)
        id = found.procedure if found is not None else power
        if id not in charts:
            raise Refused(f"“{power}”没有流程图", remedy="写权力的编号或 id，比如 6 或 village-fund-approval")
        return to_bpmn(charts[id], charts, titles, figures)

    return export


def _titles(files: Mapping[str, str]) -> Titles:
    def titles(name: str, key: str) -> dict[str, str]:
        held = yaml.safe_load(files.get(name, "{}")) or {}
        return {one["id"]: one["title"] for one in held.get(key, [])}

    return Titles(
        titles("offices.yaml", "offices"), titles("laws.yaml", "laws"), titles("meetings.yaml", "bodies")
    )


def import_charts(data: bytes, filename: str) -> tuple[Chart, ...]:
    """The charts of a BPMN file, the one of its first pool first.

    Raises:
        BadFile: naming the file, the line and the element.
    """
    return from_bpmn(data, filename)


def as_text(chart: Chart, before: str = "") -> str:
    """A chart as the folder's text; written into the text `before`, its comments and what did not change stay.

    Raises:
        BadFile: the text before is no chart.
    """
    return write_table(Table.model_validate(chart.model_dump(mode="json", exclude_defaults=True)), before)
