"""The drawing is made from what runs; lines keep clear of boxes; nothing a strict page would refuse."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from mingbai_test_charts import DRAWN

from mingbai.procedures.rules.drawing import Sheet, as_list, draw
from mingbai.procedures.rules.drawing.measure import WIDTH, wrap
from mingbai.procedures.rules.drawing.picture import picture_of
from mingbai.procedures.rules.drawing.svg import _Drawing
from mingbai.procedures.rules.graph import WAITING, Exit, Node

NONE: frozenset[str] = frozenset()


def drawing(sheet: Sheet) -> _Drawing:
    return _Drawing(sheet, NONE, NONE, NONE)


def frames(picture: _Drawing) -> dict[str, tuple[float, float, float, float]]:
    found = {}
    for id, shape in picture.picture.shapes.items():
        if shape.form == "bar":
            first, last = picture.routing.spans[id]
            y = picture._middle(id)
            found[id] = (first, y - 3, last, y + 3)
        elif id not in picture.placing.hung:
            x, half = picture.routing.middle(id), picture.routing.half(id)
            found[id] = (x - half, picture._top(id), x + half, picture._bottom(id))
    return found


@pytest.mark.parametrize("id", DRAWN)
def test_no_line_crosses_a_box_and_every_line_is_upright_or_level(sheet, id):
    picture = drawing(sheet(id))
    boxes = frames(picture)
    for wire in picture.routing.wires:
        points = picture._points(wire)
        for (x0, y0), (x, y) in zip(points, points[1:], strict=False):
            assert abs(x - x0) < 0.01 or abs(y - y0) < 0.01, wire.arrow
            for name, (left, top, right, bottom) in boxes.items():
                inside = (
                    min(x0, x) < right - 1
                    and max(x0, x) > left + 1
                    and min(y0, y) < bottom - 1
                    and max(y0, y) > top + 1
                )
                assert not inside, (wire.arrow.source, wire.arrow.target, name)


@pytest.mark.parametrize("id", DRAWN)
def test_boxes_do_not_touch_and_all_stands_on_the_sheet(sheet, id):
    picture = drawing(sheet(id))
    boxes = list(frames(picture).items())
    for place, (name, (left, top, right, bottom)) in enumerate(boxes):
        assert left >= 0 and right <= WIDTH and top >= 0 and bottom <= picture.height
        for other, (l, t, r, b) in boxes[place + 1 :]:
            assert right <= l or r <= left or bottom <= t or b <= top, (name, other)
    for wire in picture.routing.wires:
        assert all(0 <= x <= WIDTH and 0 <= y <= picture.height for x, y in picture._points(wire)), wire.arrow


@pytest.mark.parametrize("id", DRAWN)
def test_every_exit_has_its_own_port(sheet, id):
    picture = drawing(sheet(id))
    ports = [
        (wire.arrow.source, round(x), round(y))
        for wire in picture.routing.wires
        if picture.routing.form(wire.arrow.source) != "bar"
        for x, y in picture._points(wire)[:1]
    ]
    assert len(ports) == len(set(ports))


@pytest.mark.parametrize("id", DRAWN)
def test_lines_to_different_places_never_lie_on_one_another(sheet, id):
    picture = drawing(sheet(id))
    pieces = []
    for wire in picture.routing.wires:
        points = [(round(x), round(y)) for x, y in picture._points(wire)]
        for (x0, y0), (x, y) in zip(points, points[1:], strict=False):
            if (x0, y0) != (x, y):
                level = y0 == y
                span = sorted((x0, x) if level else (y0, y))
                pieces.append(
                    (
                        (wire.way == "back", wire.arrow.target),
                        wire.arrow.source,
                        level,
                        y if level else x,
                        *span,
                    )
                )
    for place, (target, source, level, at, low, high) in enumerate(pieces):
        for other, from_, flat, where, under, over in pieces[place + 1 :]:
            if target != other and level == flat and at == where and source != from_:
                assert high <= under or over <= low, (source, target, from_, other, at)


@pytest.mark.parametrize("id", DRAWN)
def test_everything_that_runs_is_shown_once(sheet, compiled, id):
    shown = picture_of(sheet(id)).shapes
    for node in compiled(id).nodes.values():
        if node.kind in WAITING:
            owners = [one for one in shown if node.id == one or node.id.startswith(f"{one}__")]
            assert len(owners) == 1, node.id
    svg = draw(sheet(id))
    for shape in shown.values():
        assert shape.form == "bar" or shape.title[:4] in svg


@pytest.mark.parametrize("id", DRAWN)
def test_the_drawing_is_well_formed_the_same_twice_and_free_of_style_and_script(sheet, id):
    svg = draw(sheet(id))
    root = ElementTree.fromstring(svg)
    assert svg == draw(sheet(id))
    assert root.get("role") == "img" and root[0].tag.endswith("title") and root[1].tag.endswith("desc")
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|javascript:|href", svg)
    assert "var(--ink,#17201E)" in svg and len(svg) < 60_000


def test_markup_in_names_is_only_text(sheet):
    chart = sheet("fund-approval")
    nodes = dict(chart.procedure.nodes)
    nodes["request"] = replace(nodes["request"], title='<script>alert("1")</script>', hint="a<b>&c")
    lanes = (replace(chart.procedure.lanes[0], title="<i>&"), *chart.procedure.lanes[1:])
    svg = draw(
        Sheet(
            replace(chart.procedure, nodes=nodes, lanes=lanes, title="<svg onload=x>"),
            chart.figures,
            chart.bodies,
        )
    )
    ElementTree.fromstring(svg)
    assert "<script" not in svg and "<i>" not in svg and "<svg onload" not in svg


def test_the_tiers_are_labelled_with_the_figures_in_force_and_marked_as_to_be_confirmed(sheet):
    svg = draw(sheet("small-works"))
    for words in ("5,000元以下", "50,000元以下", "超过50,000元", "依法必须招标", "看金额分路"):
        assert words in svg
    assert svg.count('class="assumed"') > 5
    assert "限额以下" in draw(Sheet(sheet("small-works").procedure))


def test_votes_notices_and_supervision_carry_their_marks(sheet):
    svg = draw(sheet("major-decision"))
    assert "到会 2/3 以上" in svg and "到会的人过半数同意" in svg and "全体 2/3 以上同意" in svg
    assert svg.count('class="watched"') == 5
    assert svg.count('class="step publicity ') == 2 and "张贴不少于 15 天" in svg


def test_where_a_case_stands_is_shown_also_inside_a_folded_sub_procedure(sheet):
    svg = draw(
        sheet("small-works"),
        here=frozenset({"decide__villager_vote"}),
        done=frozenset({"request", "decide__party_propose"}),
    )
    assert 'class="step call here"' in svg and "现在在这里" in svg
    assert 'class="step task done"' in svg and svg.count("✓") == 1


def test_the_path_of_a_failure_is_framed_also_where_it_runs_inside_a_folded_sub_procedure(sheet):
    plain = draw(sheet("small-works"))
    path = frozenset({"request", "by_decision", "decide__party_propose", "end_rejected"})
    svg = draw(sheet("small-works"), offending=path)
    assert 'class="offence"' not in plain
    assert svg.count('class="offence"') == 4, "two boxes, the bar, and the end that hangs below the last box"
    ElementTree.fromstring(svg)


def test_the_list_says_the_same(sheet):
    items = as_list(sheet("small-works"), here=frozenset({"contract"}), done=frozenset({"request"}))
    shown = [one for one in picture_of(sheet("small-works")).shapes.values() if one.form != "pill"]
    assert [one.title for one in items] == [one.title for one in shown]
    by_id = {one.id: one for one in items}
    route = by_id["route"]
    assert [one.label for one in route.exits] == [
        "5,000元以下",
        "50,000元以下",
        "依法必须招标",
        "超过50,000元",
    ]
    assert [one.assumed for one in route.exits] == [True, True, False, True]
    back = [one for one in by_id["complaint"].exits if one.back]
    assert back and back[0].label == "成立，重新比选"
    assert by_id["contract"].here and by_id["request"].done and by_id["accept"].supervised
    assert by_id["award_publicity"].kind_title == "张贴公开" and by_id["pay"].kind_title == "付款"


def test_words_wrap_without_breaking_numbers_or_starting_with_a_comma():
    assert wrap("到会过半数的人或 2/3 以上的户", 12, 110) == ["到会过半数的人或", "2/3 以上的户"]
    assert all(not line.startswith("，") for line in wrap("一二三四五六七八，九十", 12, 96))


def test_a_chart_with_steps_that_nothing_leads_to_is_drawn_too(sheet):
    """While it is written, a circle may hang in the air and an end without result may have no way in."""
    loose = Node("loose", "task", "没有路通到", "village", exits=(Exit("again"),))
    again = Node("again", "task", "转回去", "village", exits=(Exit("loose"),))
    end = Node("end_none", "end", "没有路通到的结束", "village", stopped=True)
    written = sheet("small-works")
    more = {**written.procedure.nodes, "loose": loose, "again": again, "end_none": end}
    drawn = draw(replace(written, procedure=replace(written.procedure, nodes=more)))
    assert "没有路通到" in drawn and "转回去" in drawn and "没有路通到的结束" in drawn
