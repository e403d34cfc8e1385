"""A chart as a table and back: nothing lost, words read as they are said, mistakes named by row and column."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from mingbai.catalogue.queries import read_district
from mingbai.procedures.rules import table
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.text import charts_in, read_chart

pytestmark = pytest.mark.once
FILES = read_district(Path(__file__).parents[2] / "districts" / "huaishang")
CHARTS = charts_in(FILES)
WORDS = table.Words(
    {one["id"]: one["title"] for one in yaml.safe_load(FILES["offices.yaml"])["offices"]},
    {one["id"]: one["title"] for one in yaml.safe_load(FILES["laws.yaml"])["laws"]},
    {one["id"]: one["title"] for one in yaml.safe_load(FILES["meetings.yaml"])["bodies"]},
)


def same(one, other) -> bool:
    return one.model_dump() == other.model_dump()


def again(chart):
    name = f"procedures/{chart.procedure}.yaml"
    return read_chart(table.to_text(chart, FILES[name]), name)


def cells(chart) -> dict:
    return {row.id: dict(row.cells) for row in table.rows_of(chart, WORDS)}


@pytest.mark.parametrize("id", sorted(CHARTS))
def test_a_chart_written_out_and_read_again_is_the_same(id) -> None:
    text = table.to_text(CHARTS[id], FILES[f"procedures/{id}.yaml"])
    assert same(again(CHARTS[id]), CHARTS[id])
    assert text.split("\n")[0] == FILES[f"procedures/{id}.yaml"].split("\n")[0]


@pytest.mark.parametrize("id", sorted(CHARTS))
def test_the_table_put_back_unchanged_changes_nothing(id) -> None:
    entered, bad = table.enter(CHARTS[id], cells(CHARTS[id]), WORDS)
    assert bad == () and same(entered, CHARTS[id])


def test_cells_are_read_as_they_are_said() -> None:
    chart = CHARTS["small-works"]
    said = cells(chart)
    said["accept"] |= {
        "who": "村务监督委员会", "limit": "最多7个工作日", "papers": "验收单\n照片（可以没有）",
        "fields": "结论：选择（合格/不合格/返工）\n实测长度：数目",
    }  # fmt: skip
    said["if_accepted"]["branches"] = "合格 → 结算审核：“验收”的“结论”是“合格”\n别的 → 施工和监督：其他"
    entered, bad = table.enter(chart, said, WORDS)
    node = again(entered).node("accept")
    assert bad == ()
    assert (node.offices, node.limit.value) == (("village_supervision_committee",), 7)
    assert [(one.id, one.optional) for one in node.papers] == [("acceptance", False), ("paper_2", True)]
    assert [one.id for one in node.fields[0].options] == ["good", "bad", "answer_3"]
    assert again(entered).node("if_accepted").branches[0].when == "accept.verdict == 'good'"


@pytest.mark.parametrize(
    ("row", "column", "text", "reason"),
    [
        ("accept", "who", "皇帝", "没有叫“皇帝”的职务"),
        ("accept", "limit", "尽快", "看不懂"),
        ("accept", "fields", "结论：颜色", "种类有"),
        ("accept", "fields", "结论：选择", "必须写选项"),
        ("accept", "source", "某某办法 第3条", "法规清单"),
        ("accept", "apart", "没有的步骤", "没有叫“没有的步骤”的步骤"),
        ("if_accepted", "branches", "合格了就结算", "看不懂"),
    ],
)
def test_what_cannot_be_read_stays_as_it_was_and_is_named(row, column, text, reason) -> None:
    chart = CHARTS["small-works"]
    entered, bad = table.enter(chart, {row: {column: text}}, WORDS)
    assert same(entered, chart)
    assert len(bad) == 1 and reason in str(bad[0]) and table.COLUMNS[column] in str(bad[0])


def test_a_step_is_added_moved_and_taken_out_and_the_chart_stays_in_one_piece() -> None:
    chart = CHARTS["small-works"]
    more = table.add_step(chart, "settle")
    new = more.nodes[[one.id for one in more.nodes].index("settle") + 1]
    assert more.node("settle").next == new.id and new.next == "approval"
    assert compile_chart(again(more), {**CHARTS, "small-works": again(more)}).nodes[new.id].title == new.title
    assert same(table.remove_step(more, new.id), chart)
    moved = table.move_step(chart, "settle", -1)
    assert [one.id for one in moved.nodes] != [one.id for one in chart.nodes]
    assert same(table.move_step(moved, "settle", 1), chart)


def test_a_branch_is_added_to_a_choice_and_behind_a_step() -> None:
    chart = CHARTS["small-works"]
    wider = table.add_branch(chart, "if_accepted").node("if_accepted")
    assert len(wider.branches) == len(chart.node("if_accepted").branches) + 1 and wider.branches[-1].otherwise
    parted = table.add_branch(chart, "settle")
    assert parted.node("settle").next == "way_1" and parted.node("way_1").branches[0].to == "approval"


def test_taking_out_a_step_leads_on_whatever_pointed_to_it() -> None:
    chart = table.remove_step(CHARTS["small-works"], "settle")
    assert chart.node("if_accepted").branches[0].to == "approval"
    assert not any("settle" in one.separate_from or "settle" in one.after for one in chart.nodes)


@pytest.mark.parametrize("id", sorted(CHARTS))
def test_only_the_lines_of_what_changed_are_written_anew(id) -> None:
    text = FILES[f"procedures/{id}.yaml"]
    assert table.to_text(CHARTS[id], text) == text
    first = next(one.id for one in CHARTS[id].nodes if one.kind == "task")
    changed, _ = table.enter(CHARTS[id], {first: {"discipline": "改过的纪律"}}, WORDS)
    written = table.to_text(changed, text)
    assert same(read_chart(written, f"procedures/{id}.yaml"), changed)
    differing = [line for line in written.splitlines() if line not in text.splitlines()]
    assert len(differing) == 1 and "改过的纪律" in differing[0]
