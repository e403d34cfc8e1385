"""A chart as the linter of the catalogue sees it."""

from __future__ import annotations

from collections.abc import Mapping

from mingbai.catalogue.rules.linter import ChartField, ChartLimit, ChartSide, figures_of
from mingbai.kernel import mask
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.graph import WAITING, Node
from mingbai.procedures.rules.text import Chart

END = "end"
RESULTS = ("publish_result", "publish_decision")


def chart_sides(charts: Mapping[str, Chart]) -> tuple[ChartSide, ...]:
    """Every chart of a district, sub-procedures put in place.

    Raises:
        BadFile: what the compiler refuses.
    """
    return tuple(_side(chart, charts) for chart in charts.values())


def _side(chart: Chart, charts: Mapping[str, Chart]) -> ChartSide:
    nodes = compile_chart(chart, charts).nodes.values()
    doing = [one for one in nodes if one.kind in WAITING]
    return ChartSide(
        chart.procedure, chart.title, chart.power, chart.nature, chart.part, chart.disclosures,
        figures_of(way.when for one in nodes for way in one.exits if way.when),
        frozenset(office for one in doing for office in one.offices),
        tuple(_limit(one) for one in doing if one.limit),
        tuple(
            ChartField(one.title, field.label, mask(field.kind, "").shown is not None)
            for one in doing
            for field in one.fields
        ),
        frozenset(one.id for one in doing) | {END},
    )  # fmt: skip


def _limit(node: Node) -> ChartLimit:
    assert node.limit is not None
    limit, notice = node.limit, node.kind == "publicity"
    return ChartLimit(node.title, limit.bound, limit.value, limit.unit, notice, node.stage in RESULTS)
