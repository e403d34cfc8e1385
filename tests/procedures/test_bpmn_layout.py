"""The picture that a BPMN tool shows: shapes apart and in their lanes, lines clear of shapes, words readable."""

from __future__ import annotations

from functools import cache
from itertools import combinations, pairwise

import pytest
from lxml import etree
from mingbai_test_charts import FILES, IDS, end, step, tiny
from mingbai_test_charts import charts as charts_of

from mingbai.procedures.rules.bpmn import Titles, to_bpmn
from mingbai.procedures.rules.bpmn.flow import FlowChart, flow_chart
from mingbai.procedures.rules.bpmn.frames import Frame, size_of, strips
from mingbai.procedures.rules.bpmn.layout import Layout, layout_of
from mingbai.procedures.rules.bpmn.spaces import BPMN, BPMNDI, DC, DI, tag
from mingbai.procedures.rules.drawing import Figure

pytestmark = pytest.mark.once
CHARTS = charts_of(FILES)
FIGURES = {
    name: Figure("5,000元", True)
    for name in ("approve_dual_max", "procurement_direct_max", "procurement_quote_max", "temp_town_cap")
}


@cache
def laid(id: str) -> tuple[FlowChart, Layout]:
    drawn = flow_chart(CHARTS[id], CHARTS, FIGURES, called=CHARTS[id].part)
    return drawn, layout_of(drawn)


def smaller(frame: Frame, by: float) -> Frame:
    return Frame(frame.x + by, frame.y + by, frame.width - 2 * by, frame.height - 2 * by)


@pytest.mark.parametrize("id", IDS)
def test_shapes_stand_apart_each_inside_its_lane(id):
    drawn, layout = laid(id)
    for (one, frame), (other, second) in combinations(layout.boxes.items(), 2):
        attached = drawn.boxes[one].host == other or drawn.boxes[other].host == one
        assert attached or not frame.meets(second), (one, other)
    for box, frame in layout.boxes.items():
        assert frame.within(layout.lanes[layout.homes[box]]), box
    assert all(frame.within(layout.pool) for frame in layout.lanes.values())


@pytest.mark.parametrize("id", IDS)
def test_lines_are_level_or_upright_and_go_through_no_shape(id):
    drawn, layout = laid(id)
    for flow in drawn.flows:
        for (x, y), (x1, y1) in pairwise(layout.lines[flow.id]):
            assert min(abs(x - x1), abs(y - y1)) < 0.01, flow.id
        for piece in strips(layout.lines[flow.id]):
            for box, frame in layout.boxes.items():
                ends_there = box in (flow.source, flow.target) or drawn.boxes[flow.source].host == box
                assert ends_there or not piece.meets(smaller(frame, 2)), (flow.id, box)


@pytest.mark.parametrize("id", IDS)
def test_a_line_touches_the_outline_of_both_its_shapes(id):
    drawn, layout = laid(id)
    for flow in drawn.flows:
        for box, point in ((flow.source, layout.lines[flow.id][0]), (flow.target, layout.lines[flow.id][-1])):
            assert on_outline(drawn.boxes[box].tag, layout.boxes[box], point), (flow.id, box)


def on_outline(tag: str, frame: Frame, point: tuple[float, float]) -> bool:
    off_x = abs(point[0] - frame.x - frame.width / 2) / (frame.width / 2)
    off_y = abs(point[1] - frame.y - frame.height / 2) / (frame.height / 2)
    if tag.endswith("Gateway"):
        return abs(off_x + off_y - 1) < 0.01
    if tag.endswith("Event"):
        return abs(off_x**2 + off_y**2 - 1) < 0.01
    return abs(max(off_x, off_y) - 1) < 0.01


def troubles(layout: Layout) -> list[tuple[str, str]]:
    """Labels that meet a shape, a line or another label."""
    found = [
        (one, other)
        for (one, frame), (other, second) in combinations(layout.labels.items(), 2)
        if smaller(frame, 1).meets(second)
    ]
    for label, frame in layout.labels.items():
        found += [(label, box) for box, other in layout.boxes.items() if smaller(frame, 1).meets(other)]
        for line, points in layout.lines.items():
            found += [(label, line)] * any(smaller(frame, 2).meets(piece) for piece in strips(points))
    return found


def test_words_stand_clear_of_shapes_lines_and_one_another():
    """A chart that changes may bring a label where there is no room left; one in a hundred would be too many."""
    layouts = [laid(id)[1] for id in IDS]
    every = sum(len(layout.labels) for layout in layouts)
    found = [one for layout in layouts for one in troubles(layout)]
    assert every > 600 and len(found) * 100 < every, found
    assert all(frame.within(layout.pool) for layout in layouts for frame in layout.labels.values())


def test_what_a_tool_reads_is_what_was_laid_out():
    """Every flow node, flow, lane and pool of the file has its shape or edge, with whole pixels."""
    root = etree.fromstring(to_bpmn(CHARTS["small-works"], CHARTS, Titles({}, {}, {}), FIGURES))
    shown = {one.get("bpmnElement") for one in root.iter(tag(BPMNDI, "BPMNShape"), tag(BPMNDI, "BPMNEdge"))}
    names = ("participant", "lane", "startEvent", "endEvent", "userTask", "callActivity", "boundaryEvent")
    names += ("exclusiveGateway", "parallelGateway", "sequenceFlow")
    held = {one.get("id") for name in names for one in root.iter(tag(BPMN, name))}
    assert shown == held
    for one in root.iter(tag(DC, "Bounds"), tag(DI, "waypoint")):
        assert all(int(value) > 0 for value in one.attrib.values())


def test_a_chart_with_steps_side_by_side_and_one_lane_is_laid_out_too():
    both = "  - {id: both, kind: both, title: 分头办, next: [b, c]}\n"
    join = "  - {id: join, kind: join, next: end}\n"
    held = charts_of(tiny(step("a", "both"), both, step("b", "join"), step("c", "join"), join, end()))
    drawn = flow_chart(held["tiny"], held, {}, called=False)
    layout = layout_of(drawn)
    assert (
        len(
            {frame.y for id, frame in layout.boxes.items() if id in "bc"}
            | {frame.x for id, frame in layout.boxes.items() if id in "bc"}
        )
        > 2
    )
    assert not any(one.meets(other) for one, other in combinations(layout.boxes.values(), 2))


def test_words_wrap_before_they_are_wider_than_a_label_and_break_at_a_space():
    assert size_of("依法必须公开招标的工程和货物") == (103, 28)
    assert size_of("急难、超过1,500元 （待确认）")[1] == 28 and size_of("通过")[1] == 14
