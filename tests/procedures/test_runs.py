"""Every run of a chart: answers are followed exactly, sums may fall either way but the same way twice, nothing explodes."""

from __future__ import annotations

import time

import pytest
from mingbai_test_charts import charts, end, step, tiny

from mingbai.procedures.rules.checks import check
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.conditions import Answered, Compared, Joined, Negated, outcomes, parse
from mingbai.procedures.rules.runs import Runs

pytestmark = pytest.mark.once
ANSWER = "    fields: [{id: n, label: 数, kind: integer}]\n"
VERDICT = "    fields: [{id: verdict, label: 行不行, kind: choice, options: [{id: good, label: 行}, {id: bad, label: 不行}]}]\n"


def compiled(*nodes: str, start: str = "a"):
    every = charts(tiny(*nodes, start=start))
    return compile_chart(every["tiny"], every)


def runs(*nodes: str, start: str = "a") -> Runs:
    return Runs(compiled(*nodes, start=start))


def asks(id: str, next: str) -> str:
    """A task with a verdict."""
    return step(id, next).replace(ANSWER, VERDICT)


def choice(id: str, when: str, yes: str, no: str) -> str:
    return (
        f"  - {{id: {id}, kind: choice, title: {id}, branches: "
        f'[{{to: {yes}, label: 一, when: "{when}"}}, {{to: {no}, label: 二, otherwise: true}}]}}\n'
    )


def test_an_answer_is_remembered_until_the_last_choice_that_reads_it():
    found = runs(
        asks("a", "first"), choice("first", "a.verdict == 'good'", "b", "c"), step("b", "second"), step("c", "second"),
        choice("second", "a.verdict == 'good'", "d", "e"), step("d", "end"), step("e", "end"), end(),
    )  # fmt: skip
    assert found.way(["d"]) == ("a", "first", "b", "second", "d")
    assert not found.way(["e"], without=["c"]) and not found.way(["d"], without=["b"])
    assert not found.way(["d"], without_yes=["a"]) and found.way(["e"], without_yes=["a"])
    assert [found.markings[act.to] for act in found.acts[0]] == [("b",), ("c",)]
    assert len(found.markings) == 6, "nothing is remembered once d or e waits"


def test_a_comparison_of_sums_falls_the_same_way_until_a_value_changes():
    twice = (
        step("a", "first"), choice("first", "a.n > 5", "b", "c"), step("b", "second"), step("c", "second"),
        choice("second", "a.n > 5", "d", "e"), step("d", "end"), step("e", "end"), end(),
    )  # fmt: skip
    assert not runs(*twice).way(["e"], without=["c"])
    other = [one.replace('when: "a.n > 5"}, {to: e', 'when: "a.n > 6"}, {to: e') for one in twice]
    assert runs(*other).way(["e"], without=["c"])
    back = [
        one.replace("next: end", "next: a") if "id: e," in one or "id: e\n" in one else one for one in twice
    ]
    assert runs(*back).way(["d"], after="e"), "entered again, it may fall the other way"


def test_what_nobody_entered_is_found_with_the_way_there():
    found = runs(
        asks("a", "first"), choice("first", "a.verdict == 'good'", "b", "second"), step("b", "second"),
        choice("second", "b.n > 3", "c", "end"), step("c", "end"), end(),
    )  # fmt: skip
    assert found.unanswered() == {"second": ("a", "second")}
    short = runs(
        asks("a", "first"), choice("first", "a.verdict == 'good'", "b", "second"), step("b", "second"),
        choice("second", "a.verdict == 'good' && b.n > 3", "c", "end"), step("c", "end"), end(),
    )  # fmt: skip
    assert not short.unanswered(), "the left side decides before the right one is read"


def test_parallel_work_is_done_whatever_the_order():
    found = runs(
        step("a", "fork"), "  - {id: fork, kind: both, title: 分头, next: [b, c]}\n", step("b", "meet"), step("c", "meet"),
        "  - {id: meet, kind: join, title: 会合, next: d}\n", step("d", "end"), end(),
    )  # fmt: skip
    assert not found.way(["d"], without=["b"]) and not found.way(["d"], without=["c"])
    assert found.way(["d"])[-1] == "d" and found.following("b") >= {"c", "d", "end"}


def test_many_choices_in_a_row_and_many_answers_do_not_explode():
    row = [choice(f"c{n}", f"a.n > {n}", f"c{n + 1}", "b") for n in range(80)]
    began = time.perf_counter()
    found = runs(step("a", "c0"), *row, choice("c80", "a.n > 80", "b", "end"), step("b", "end"), end())
    assert time.perf_counter() - began < 1 and found.way(["b"]) and not found.too_many
    tasks = [asks(f"t{n}", f"t{n + 1}") for n in range(40)]
    last = [choice(f"c{n}", f"t{n}.verdict == 'good'", f"c{n + 1}", "end") for n in range(39)]
    chart = compiled(*tasks, *last, asks("t40", "c0"), choice("c39", "t39.verdict == 'good'", "t40", "end"), end(), start="t0")  # fmt: skip
    began = time.perf_counter()
    report = check(chart)
    assert time.perf_counter() - began < 5
    assert "states" in {one.rule for one in report.failures}


def test_a_circle_that_doubles_its_work_is_stopped():
    found = runs(
        step("a", "fork"), "  - {id: fork, kind: both, title: 分头, next: [a, b]}\n", step("b", "end"), end()
    )
    assert found.twice or len(found.markings) < 10


def test_the_structure_of_conditions():
    assert parse("a.b == 'x'") == Answered(("a", "b"), "x", True)
    assert parse("'x' != a.b") == Answered(("a", "b"), "x", False)
    assert parse("a.n + 1 > param.most") == Compared("a.n + 1 > param.most", (("a", "n"), ("param", "most")))
    assert parse("(a.n + 1) * 2 > 3").names == (("a", "n"),)
    both = parse("!(a.b == 'x') && (a.n > 1 || a.n < 0)")
    assert both == Joined(
        True, (Negated(parse("a.b == 'x'")), Joined(False, (parse("a.n > 1"), parse("a.n < 0"))))
    )


@pytest.mark.parametrize(
    ("text", "known", "may"),
    [
        ("a.b == 'x'", {("a", "b"): "x"}, {True}),
        ("a.b != 'x'", {("a", "b"): "x"}, {False}),
        ("a.b == 'x'", {}, {None}),
        ("!(a.b == 'x')", {("a", "b"): "y"}, {True}),
        ("a.b == 'x' && a.c == 'y'", {("a", "b"): "z"}, {False}),
        ("a.b == 'x' || a.c == 'y'", {("a", "b"): "x"}, {True}),
        ("a.c == 'y' || a.b == 'x'", {("a", "b"): "x"}, {None}),
        ("a.n > 1", {("a", ""): "done"}, {True, False}),
        ("a.n > 1 && a.n > 1", {("a", ""): "done"}, {True, False}),
        ("a.n > 1 && !(a.n > 1)", {("a", ""): "done"}, {False}),
        ("a.n > 1 || !(a.n > 1)", {("a", ""): "done"}, {True}),
        ("a.n > 1", {}, {None}),
        ("param.most > 1", {}, {True, False}),
    ],
)
def test_how_a_condition_may_fall(text, known, may):
    assert {value for value, _ in outcomes(parse(text), known)} == may
