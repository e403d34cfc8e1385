"""An exported chart runs in another engine to the same end by the same steps as in ours.

SpiffWorkflow parses the file (against BPMN's own schema), takes gateways in the order of their heights on the picture,
calls processes and catches escalations by itself; it is only told what a condition in CEL says.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from conformance import twins
from lxml import etree

from mingbai.catalogue.queries import read_district
from mingbai.procedures.interchange import exporter
from mingbai.procedures.rules.bpmn import Titles, to_bpmn
from mingbai.procedures.rules.bpmn.spaces import BPMN, tag
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.text import charts_in, read_chart

pytestmark = pytest.mark.once
FILES = read_district(Path(__file__).parents[2] / "districts" / "huaishang")
CHARTS = charts_in(FILES)
ALONE = sorted(id for id, chart in CHARTS.items() if not chart.given)
PATHS = 200
exported = exporter(FILES, date(2026, 11, 1))


@pytest.mark.parametrize("id", ALONE)
def test_random_paths_agree(id):
    """And between them they go through nearly everything that the chart has, to each of its ends."""
    procedure, bpmn = compile_chart(CHARTS[id], CHARTS), twins.specs(exported(id), id)
    ran = [twins.run(procedure, bpmn, seed) for seed in range(PATHS)]
    assert sum(one.end is not None for one in ran) > PATHS / 2
    assert {one.end for one in ran if one.end} == {
        node.id for node in procedure.nodes.values() if node.kind == "end"
    }
    steps = {node.id for node in procedure.nodes.values() if procedure.waits(node.id)}
    assert len({step for one in ran for step in one.done}) > 0.7 * len(steps)


SIDE_BY_SIDE = """procedure: both
version: 1
power: both
nature: administrative
title: 分头办
start: a
lanes: [{id: one, title: 甲}, {id: two, title: 乙}]
nodes:
  - {id: a, kind: task, title: 开头, lane: one, next: apart}
  - {id: apart, kind: both, next: [b, c]}
  - {id: b, kind: task, title: 这头, lane: one, next: b2}
  - {id: b2, kind: task, title: 再办, lane: one, next: together}
  - {id: c, kind: task, title: 那头, lane: two, fields: [{id: v, label: 好不好, kind: choice, options: [{id: good, label: 好}, {id: bad, label: 不好}]}], next: if_good}
  - {id: if_good, kind: choice, branches: [{to: together, label: 好, when: "c.v == 'good'"}, {to: c, label: 不好, otherwise: true}]}
  - {id: together, kind: join, next: d}
  - {id: d, kind: task, title: 收尾, lane: two, next: end}
  - {id: end, kind: end, title: 完, lane: two}
"""


def test_steps_side_by_side_agree_in_whatever_order_they_are_done():
    chart = read_chart(SIDE_BY_SIDE, "both.yaml")
    bpmn = twins.specs(to_bpmn(chart, {"both": chart}, Titles({}, {}, {}), {}), "both")
    ran = [twins.run(compile_chart(chart, {"both": chart}), bpmn, seed) for seed in range(PATHS)]
    assert len({tuple(one.done) for one in ran}) > 5 and all(
        one.end == "end" for one in ran if len(one.done) < twins.LONGEST
    )


def test_a_file_that_says_something_else_is_noticed():
    """Exchange where the first two ways of one gateway lead, and the engines part."""
    root = etree.fromstring(exported("dibao"))
    gateway = next(one for one in root.iter(tag(BPMN, "exclusiveGateway")) if one.get("default"))
    first, second, *_ = [
        one for one in root.iter(tag(BPMN, "sequenceFlow")) if one.get("sourceRef") == gateway.get("id")
    ]
    for flow, other in ((first, second.get("targetRef")), (second, first.get("targetRef"))):
        flow.set("targetRef", other)
    refs = {one.text: one for one in root.iter(tag(BPMN, "incoming"))}
    refs[first.get("id")].text, refs[second.get("id")].text = second.get("id"), first.get("id")
    bpmn = twins.specs(etree.tostring(root), "dibao")
    with pytest.raises(AssertionError):
        for seed in range(20):
            twins.run(compile_chart(CHARTS["dibao"], CHARTS), bpmn, seed)
