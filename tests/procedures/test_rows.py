"""A chart as a table: every chart of the district goes through it unchanged, and a change touches only its own lines."""

from __future__ import annotations

import difflib
from pathlib import Path
from random import Random

import pytest
import yaml

from mingbai.kernel import BadFile
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.drawing import Sheet, draw
from mingbai.procedures.rules.rows.editing import add_branch, add_step, move_step, remove_step
from mingbai.procedures.rules.rows.gaps import Called, Known, gaps
from mingbai.procedures.rules.rows.model import (
    BranchRow,
    GroundRow,
    LimitRow,
    StepRow,
    Table,
    plain,
    read_table,
)
from mingbai.procedures.rules.rows.naming import id_for
from mingbai.procedures.rules.rows.sentences import cel_of, phrase_of, say, values_of
from mingbai.procedures.rules.rows.sketch import OPEN_TITLE, sketch
from mingbai.procedures.rules.rows.text import write_table
from mingbai.procedures.rules.text import charts_in, read_chart

pytestmark = pytest.mark.once
FOLDER = Path(__file__).parents[2] / "districts" / "huaishang" / "procedures"
FILES = {f"procedures/{one.name}": one.read_text(encoding="utf-8") for one in sorted(FOLDER.glob("*.yaml"))}
SMALL = "procedures/small-works.yaml"


def changed(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [one for one in lines if one[0] in "+-" and one[:3] not in ("+++", "---")]


@pytest.mark.parametrize("name", FILES)
def test_a_table_written_anew_compiles_to_the_same_digest(name) -> None:
    table = read_table(FILES[name], name)
    again = write_table(table)
    charts = charts_in(FILES)
    before, after = read_chart(FILES[name], name), read_chart(again, name)
    assert compile_chart(after, charts).digest == compile_chart(before, charts).digest
    assert after.model_dump() == before.model_dump()


@pytest.mark.parametrize("name", FILES)
def test_an_unchanged_table_gives_back_the_very_text(name) -> None:
    assert write_table(read_table(FILES[name], name), FILES[name]) == FILES[name]


def test_a_changed_step_changes_only_its_own_lines() -> None:
    table = read_table(FILES[SMALL], SMALL)
    row = table.step("quote")
    longer = row.model_copy(update={"limit": row.limit.model_copy(update={"value": 20})})
    text = write_table(table.with_step(longer), FILES[SMALL])
    assert [one.strip("+- ").split(", law")[0] for one in changed(FILES[SMALL], text)] == [
        "limit: {bound: max, value: 15, unit: working_day",
        "limit: {bound: max, value: 20, unit: working_day",
    ]


def test_comments_stay_when_steps_come_move_and_go() -> None:
    before = FILES[SMALL].replace("  - id: quote\n", "  - id: quote  # 三家\n")
    table = read_table(before, SMALL)
    new = StepRow(id="look", kind="task", title="看现场", next=("quote",))
    steps = [one for one in table.nodes if one.id != "town_platform"]
    text = write_table(table.with_steps([steps[1], steps[0], new, *steps[2:]]), before)
    assert "# 三家" in text and text.startswith("# 第5项 物资、服务采购")
    assert [one.id for one in read_table(text, SMALL).nodes][:3] == ["by_decision", "request", "look"]


def test_what_is_unfinished_is_kept() -> None:
    table = read_table(FILES[SMALL], SMALL)
    row = table.step("quote").model_copy(update={"title": "", "limit": LimitRow(value="半个月"), "next": ()})
    text = write_table(table.with_step(row), FILES[SMALL])
    again = read_table(text, SMALL)
    assert again.step("quote") == row and again.nodes[0] == table.nodes[0]
    with pytest.raises(BadFile):
        read_chart(text, SMALL)


def test_a_row_without_words_writes_nothing_but_its_id() -> None:
    assert plain(StepRow(id="x")) == {"id": "x"}


def test_what_no_row_can_hold_is_refused_by_line() -> None:
    with pytest.raises(BadFile) as refused:
        read_table(FILES[SMALL].replace("    discipline:", "    diszipline:", 1), SMALL)
    assert refused.value.line > 10 and "不认识" in refused.value.reason


def known() -> Known:
    def ids(file: str, key: str) -> list[str]:
        return [one["id"] for one in yaml.safe_load((FOLDER.parent / file).read_text(encoding="utf-8"))[key]]

    charts = {
        table.procedure: Called(
            table.title, {one.id: one.title for one in table.nodes if one.kind == "end"}, table.given
        )
        for table in TABLES.values()
    }
    return Known(
        ids("offices.yaml", "offices"), ids("laws.yaml", "laws"), ids("meetings.yaml", "bodies"),
        ids("parameters.yaml", "parameters"), charts,
    )  # fmt: skip


TABLES = {name: read_table(text, name) for name, text in FILES.items()}
KNOWN = known()


def small() -> Table:
    return TABLES[SMALL]


def change(table: Table, id: str, **values) -> Table:
    return table.with_step(table.step(id).model_copy(update=values))


# conditions as sentences


def test_conditions_are_rows_of_comparisons_and_back() -> None:
    written = [
        way.when for table in TABLES.values() for step in table.nodes for way in step.branches if way.when
    ]
    phrases = [phrase_of(one) for one in written]
    assert sum(one is None for one in phrases) == 1, "only the tender by three kinds is more than one row"
    assert all(
        cel_of(one) == " ".join(text.split()) for one, text in zip(phrases, written, strict=True) if one
    )


def test_a_condition_reads_as_a_sentence() -> None:
    figures = {"approve_committee_max": "村委会审批上限", "statutory_tender_works": "工程招标下限"}
    assert say(
        "request.project_kind != 'works' && request.amount <= param.approve_committee_max", small(), figures
    ) == ("“提出需求和预算·是什么”不是“工程”，并且“提出需求和预算·预算”不超过“村委会审批上限”")
    assert say("request.amount >= 500000", small(), {}) == "“提出需求和预算·预算”不少于5,000元"
    assert say("quote.quotes >= 3", small(), {}) == "“三家询价比选·有效报价几家”不少于3"
    assert say("!(deliberate.result == 'passed')", small(), {}) == "并非（“村“两委”决定·结果”是“通过”）"
    assert "或者（" in say(small().step("route").branches[2].when, small(), figures)
    assert say("request.amount >", small(), {}) == "request.amount >"


def test_what_may_be_left_empty_cannot_be_asked_for() -> None:
    names = {one.id for one in values_of(TABLES["procedures/dibao.yaml"])}
    assert "accept.verdict" in names and "apply.agent" not in names and "apply.applicant" not in names


# adding, moving, taking out


def test_a_new_step_stands_between() -> None:
    table, id = add_step(small(), "contract", "看现场", "task")
    assert id == "kan_xian_chang"
    assert table.step("contract").next == (id,) and table.step(id).next == small().step("contract").next
    assert [one.id for one in table.nodes].index(id) == [one.id for one in table.nodes].index("contract") + 1
    again, second = add_step(table, "contract", "看现场", "task")
    assert second == "kan_xian_chang_2" and again.step("contract").next == (second,)


def test_a_new_first_step_begins_the_chart() -> None:
    table, id = add_step(small(), "", "先看看", "task")
    assert table.start == id and table.step(id).next == ("request",) and table.nodes[0].id == id


def test_a_new_step_brings_what_its_kind_must_have() -> None:
    table, id = add_step(small(), "contract", "合同公示", "publicity")
    assert [option.id for option in table.step(id).fields[0].options] == ["none", "raised"]
    table, id = add_step(small(), "contract", "付定金", "payment")
    assert [one.id for one in table.step(id).fields] == ["amount", "payee", "method"]
    _, id = add_step(small(), "accept", "签补充合同", "task", "sign")
    assert id == "sign"


def test_a_branch_is_added_before_the_last() -> None:
    table, id = add_branch(small(), "route")
    assert id == "route" and [way.otherwise for way in table.step("route").branches] == [False] * 4 + [True]
    table, id = add_branch(small(), "contract")
    assert table.step("contract").next == (id,) and table.step(id).kind == "choice"
    assert table.step(id).branches[-1].to == small().step("contract").next[0]


def test_taking_out_leads_on() -> None:
    table = remove_step(small(), "contract")
    on = small().step("contract").next[0]
    assert table.step("direct").next == (on,)
    assert not any("contract" in group for step in table.nodes for group in step.after)
    first = remove_step(small(), "request")
    assert first.start == "by_decision" and not any("request" in one.separate_from for one in first.nodes)
    assert remove_step(small(), "nobody") == small()


def test_moving_stops_at_the_edges() -> None:
    ids = [one.id for one in small().nodes]
    assert [one.id for one in move_step(small(), ids[0], -1).nodes] == ids
    assert [one.id for one in move_step(small(), ids[0], 1).nodes][:2] == [ids[1], ids[0]]


@pytest.mark.parametrize(
    ("label", "id"),
    [("看现场", "kan_xian_chang"), ("3 次公示", "step_3_ci_gong_shi"), ("！", "step"), ("A4 纸", "a4_zhi"),
     ("写得很多很多很多很多很多很多的名称", "xie_de_hen_duo_hen_duo_hen_duo")],
)  # fmt: skip
def test_ids_come_of_the_sound(label, id) -> None:
    assert id_for(label, (), "step") == id


# what is missing


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_missing_in_the_charts_of_the_district(name) -> None:
    assert gaps(TABLES[name], KNOWN) == ()


@pytest.mark.parametrize(
    ("step", "values", "part", "said"),
    [
        ("contract", {"title": ""}, "title", "要有名称"),
        ("contract", {"lane": "moon"}, "lane", "哪一列"),
        ("contract", {"offices": ()}, "offices", "没有写谁来办"),
        ("contract", {"offices": ("emperor",)}, "offices", "职务表里没有 emperor"),
        ("contract", {"papers": ()}, "papers", "什么单据"),
        ("contract", {"discipline": ""}, "discipline", "纪律"),
        ("contract", {"limit": LimitRow()}, "limit", "没有写时限"),
        ("contract", {"limit": LimitRow(bound="max", value="半个月", unit="month", law="vcol", article="1", confidence="likely")},
         "limit", "整数"),
        ("contract", {"limit": LimitRow(bound="max", value=3, unit="month")}, "limit", "依据要写全"),
        ("contract", {"source": GroundRow(law="vcol")}, "source", "依据要写全"),
        ("contract", {"next": ()}, "next", "去哪一步"),
        ("contract", {"next": ("nowhere",)}, "next", "去哪一步"),
        ("contract", {"kind": ""}, "kind", "哪一种"),
        ("deliberate", {"body": ""}, "body", "哪个会"),
        ("award_publicity", {"fields": ()}, "fields", "有没有异议"),
        ("if_three", {"branches": ()}, "branches", "至少要有两条"),
        ("if_three", {"branches": (BranchRow(to="quote", label="少", when="quote.number < 3"),)}, "branches", "quote.number"),
        ("if_traded", {"branches": (BranchRow(to="quote", label="成", when="town_platform.verdict == 'great'"),)},
         "branches", "不是“镇级平台交易·结论”的答案"),
        ("if_three", {"branches": (BranchRow(to="quote", label="少", when="quote.quotes <"),)}, "branches", "看不懂"),
        ("if_three", {"branches": (BranchRow(to="", label=""),)}, "branches", "没有写去哪一步"),
        ("decide", {"calls": "moon"}, "calls", "哪一张图"),
        ("decide", {"returns": {}}, "calls", "没有写回到哪一步"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_with_its_place(step, values, part, said) -> None:
    found = [one for one in gaps(change(small(), step, **values), KNOWN) if one.step == step]
    assert any(one.part == part and said in one.sentence for one in found), found


def test_what_the_whole_chart_lacks() -> None:
    bare = Table(procedure="new", nodes=())
    assert {one.part for one in gaps(bare, KNOWN)} == {"title", "start", "lanes"}


def test_what_stops_the_compiler_is_what_gaps_says_stops_it() -> None:
    charts = charts_in(FILES)
    random = Random(7)
    for _ in range(60):
        table = damaged(small(), random)
        stops = [one for one in gaps(table, KNOWN) if one.stops]
        try:
            compile_chart(read_chart(write_table(table), SMALL), charts)
        except BadFile as bad:
            assert stops or "绕成了圈" in bad.reason or "指向不存在" in bad.reason, bad
        else:
            assert not [
                one for one in stops if one.part not in ("body", "limit", "source", "branches", "fields")
            ], stops


def damaged(table: Table, random: Random) -> Table:
    """The table after a few careless strokes."""
    for _ in range(random.randrange(1, 4)):
        step = random.choice(table.nodes)
        stroke: dict = random.choice([
            {"next": ()}, {"branches": ()}, {"title": ""}, {"lane": "moon"}, {"returns": {}}, {"fields": ()},
            {"limit": LimitRow(bound="max", value="十")}, {"body": ""}, {"kind": random.choice(["", "task", "call", "both", "choice"])},
        ])  # fmt: skip
        table = change(table, step.id, **stroke)
        if random.random() < 0.3:
            table = table.with_steps(one for one in table.nodes if one is not random.choice(table.nodes))
    return table


# drawn all the same


def test_every_unfinished_chart_is_drawn() -> None:
    random = Random(3)
    for table in TABLES.values():
        for _ in range(12):
            draw(Sheet(sketch(damaged(table, random), KNOWN)))


def test_a_way_that_leads_nowhere_ends_in_a_box_that_says_so() -> None:
    drawn = draw(Sheet(sketch(change(small(), "contract", next=()), KNOWN)))
    assert OPEN_TITLE in drawn
    assert OPEN_TITLE not in draw(Sheet(sketch(small(), KNOWN)))
    assert draw(Sheet(sketch(Table(procedure="new"), KNOWN)))
