"""Bad charts are refused whole, naming file, line and reason."""

from __future__ import annotations

import pytest
from mingbai_test_charts import FILES, end, spoiled, step, tiny

from mingbai.kernel import BadFile
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.text import charts_in


def refusal(files: dict[str, str], id: str = "tiny") -> BadFile:
    with pytest.raises(BadFile) as caught:
        read = charts_in(files)
        compile_chart(read[id], read)
    return caught.value


def line_with(files: dict[str, str], words: str, id: str = "tiny") -> int:
    lines = files[f"procedures/{id}.yaml"].splitlines()
    return next(place for place, line in enumerate(lines, 1) if words in line)


CHOICE = """  - id: ways
    kind: choice
    title: 分路
    branches:
      - {to: b, label: 多, when: "%s"}
      - {to: end, label: 少, otherwise: true}
"""


@pytest.mark.parametrize(
    ("files", "words", "reason"),
    [
        (tiny(step("a", "nowhere"), end()), "next: nowhere", "不存在的环节 nowhere"),
        (tiny(step("a", "end"), step("a", "end"), end()), "", "a 写了两遍"),
        (tiny(step("a", "end"), end(), start="z"), "start: z", "起点 z 不存在"),
        (
            tiny(step("a", "end").replace("lane: village", "lane: moon"), end()),
            "lane: moon",
            "泳道 moon 不存在",
        ),
        (tiny(step("a", "end").replace("    next: end\n", ""), end()), "id: a", "走不下去"),
        (tiny(step("a", "[end, end]"), end()), "next: [end, end]", "走不下去"),
        (
            tiny(step("a", "end") + "    branches: [{to: end, label: 一, otherwise: true}]\n", end()),
            "branches",
            "choice",
        ),
        (tiny(step("a", "end") + "    after: [ghost]\n", end()), "after: [ghost]", "ghost"),
        (tiny(step("a", "end") + "    separate_from: [ghost]\n", end()), "separate_from: [ghost]", "ghost"),
        (tiny(step("a", "end") + "    colour: red\n", end()), "colour: red", "不认识"),
        (tiny(step("a", "end").replace("value: 5", "value: 0"), end()), "limit:", ""),
        (tiny(step("a", "end").replace("kind: task", "kind: script"), end()), "kind: script", "规定的几个词"),
        (tiny(step("a", "end").replace("kind: task", "kind: publicity"), end()), "fields:", "objection"),
        (tiny(step("a", "end").replace("kind: task", "kind: payment"), end()), "fields:", "amount"),
        (tiny(step("a", "end").replace("kind: task", "kind: meeting"), end()), "id: a", "哪个会"),
        (tiny(step("a", "ways"), CHOICE % "a.n > 3", step("b", "end"), end()).copy(), None, None),
        (tiny(step("a", "ways"), CHOICE % "a.m > 3", step("b", "end"), end()), "a.m > 3", "不存在的栏目 a.m"),
        (tiny(step("a", "ways"), CHOICE % "a.n > 'x'", step("b", "end"), end()), "a.n > 'x'", "不是同一类"),
        (
            tiny(step("a", "ways"), CHOICE % "a.__class__ == 1", step("b", "end"), end()),
            "__class__",
            "不许用",
        ),
        (tiny(step("a", "ways"), CHOICE % "a.n", step("b", "end"), end()), 'when: "a.n"', "是或不是"),
        (
            tiny(
                step("a", "ways"),
                (CHOICE % "a.n > 1").replace("otherwise: true", 'when: "a.n < 1"'),
                step("b", "end"),
                end(),
            ),
            "label: 少",
            "otherwise",
        ),
    ],
)
def test_a_bad_chart_names_its_line_and_reason(files, words, reason):
    if reason is None:
        read = charts_in(files)
        assert compile_chart(read["tiny"], read).start == "a"
        return
    bad = refusal(files)
    assert bad.file == "procedures/tiny.yaml" and reason in bad.reason
    if words:
        assert bad.line == line_with(files, words)


def test_a_circle_of_choices_in_which_nobody_acts_is_refused():
    one = '  - {id: one, kind: choice, title: 一, branches: [{to: two, label: 二, when: "a.n > 1"}, {to: end, label: 完, otherwise: true}]}\n'
    two = '  - {id: two, kind: choice, title: 二, branches: [{to: one, label: 一, when: "a.n > 1"}, {to: end, label: 完, otherwise: true}]}\n'
    assert "绕成了圈" in refusal(tiny(step("a", "one"), one, two, end())).reason


def test_a_word_that_is_no_answer_is_refused():
    bad = refusal(
        spoiled("small-works", ("request.project_kind != 'works'", "request.project_kind != 'work'")),
        "small-works",
    )
    assert "没有“work”这个选项" in bad.reason and bad.line > 1


@pytest.mark.parametrize(
    ("id", "change", "reason"),
    [
        (
            "small-works",
            ("calls: four-deliberations", "calls: five-deliberations"),
            "five-deliberations 不存在",
        ),
        ("small-works", ("end_not_adopted: end_rejected}", "end_gone: end_rejected}"), "每个结束"),
        ("small-works", ("passes: {amount: settle.final_price}", "passes: {}"), "交给子流程"),
        (
            "small-works",
            ("passes: {amount: settle.final_price}", "passes: {amount: settle.nothing}"),
            "settle.nothing 不存在",
        ),
        ("four-deliberations", ("procedure: four-deliberations", "procedure: four"), "文件名"),
        (
            "four-deliberations",
            ("title: 村党组织提议\n", "title: 村党组织提议\n    title: 又一次\n"),
            "写了两遍",
        ),
    ],
)
def test_a_spoiled_chart_of_the_district_is_refused(id, change, reason):
    bad = refusal(spoiled(id, change), id)
    assert reason in bad.reason and bad.line >= 1


def test_sub_procedures_that_call_each_other_are_refused():
    call = "  - {{id: {id}, kind: call, title: 调用, lane: village, calls: {calls}, returns: {{end: end}}}}\n"
    files = tiny(call.format(id="a", calls="other"), end())
    files["procedures/other.yaml"] = (
        files["procedures/tiny.yaml"].replace("tiny", "other").replace("calls: other", "calls: tiny")
    )
    assert "绕成了圈" in refusal(files).reason


def test_too_many_boxes_are_refused():
    many = "".join(step(f"s{n}", f"s{n + 1}") for n in range(250)) + step("s250", "end")
    assert refusal(tiny(many, end(), start="s0")).line > 1


def test_anchors_and_tags_are_refused():
    assert refusal({"procedures/tiny.yaml": FILES["procedures/small-works.yaml"] + "\nx: &a [*a]\n"}).reason
    assert refusal({"procedures/tiny.yaml": "!!python/object/apply:os.system ['id']"}).reason
