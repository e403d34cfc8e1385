"""Every chart is damaged in every way there is: what is unlawful the proof refuses, what is lawful is explained."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from mingbai_test_charts import IDS

from mingbai.procedures.rules.checks import check, first_failure
from mingbai.procedures.rules.mutants import mutants, trial
from mingbai.procedures.rules.mutants.editing import (
    block,
    bypassed,
    dropped,
    exchanged,
    moved_behind,
    yes_only,
)
from mingbai.procedures.rules.mutants.role import unlawful_without
from mingbai.procedures.rules.mutants.roles import roles
from mingbai.procedures.rules.runs import Runs

pytestmark = pytest.mark.once
ALONE = {
    "complete", "notice", "five", "hands", "order", "refusal", "convener", "level", "body", "heard",
    "supervised", "granter", "examined", "stages", "shown", "archive", "refused", "party", "upheld",
    "reviewed", "stopped", "kept", "watched", "taken", "building", "published", "party_body", "urgent",
    "matter", "capital", "settled", "party_talk", "recusal", "kin", "noticed", "given", "outside", "compiled",
    "unknown", "announced", "over", "confirmed", "broken", "after", "overruled", "carried_out", "decided",
    "party_answer", "rivals", "may_answer", "will", "filed", "overseen", "children", "award", "contracted",
    "acceptance", "tekun",
}  # fmt: skip


@pytest.fixture(scope="module")
def whole(charts, compiled):
    """The charts that run by themselves."""
    return [compiled(id) for id in IDS if not charts[id].part]


@pytest.fixture(scope="module")
def proved(whole):
    """Every mutant of every chart with its report."""
    return [(chart.id, one, check(one.chart)) for chart in whole for one in mutants(chart)]


def test_every_unlawful_mutant_is_refused(proved):
    passed = [f"{id} {one.name}（{one.article}）" for id, one, report in proved if one.unlawful and report.ok]
    assert not passed


def test_each_chart_is_damaged_in_at_least_ten_ways(whole, proved):
    ways = {chart.id: set() for chart in whole}
    for id, one, _ in proved:
        ways[id].add(one.operator)
    assert all(len(found) >= 10 for found in ways.values()), {id: len(found) for id, found in ways.items()}
    assert len(set().union(*ways.values())) >= 25


def test_every_mutant_has_a_name_of_its_own_and_says_why_it_is_called_lawful_or_not(proved):
    names = Counter((id, one.name) for id, one, _ in proved)
    assert names.most_common(1)[0][1] == 1
    assert all(one.article or one.harmless for _, one, _ in proved)


def test_a_failure_shows_boxes_of_the_damaged_chart(proved):
    for _, one, report in proved:
        assert all(set(found.nodes) <= set(one.chart.nodes) for found in report.failures), one.name
        if (
            one.operator == "bypass"
            and one.unlawful
            and not any(found.rule == "hopeless" for found in report.failures)
        ):
            assert any("bypass" in found.nodes for found in report.failures), one.name


def test_the_obligations_are_needed_each_catches_what_no_other_does(proved):
    alone = set()
    for _, one, report in proved:
        broken = {found.id for found in report.findings if found.failures}
        if one.unlawful and len(broken) == 1:
            alone |= broken
    assert alone >= ALONE


def test_the_same_mutants_every_time(compiled):
    once, again = (
        [(one.name, one.article, one.chart) for one in mutants(compiled("small-works"))] for _ in (1, 2)
    )
    assert once == again


def test_a_hole_in_the_proof_is_found(compiled, monkeypatch):
    from mingbai.procedures.rules import checks

    chart = compiled("orphan-support")
    assert not trial(chart).survivors
    kept = tuple(one for one in checks.OBLIGATIONS if one.id not in ("children", "marked"))
    monkeypatch.setattr(checks, "OBLIGATIONS", kept)
    assert any(one.operator == "exposed" for one in trial(chart).survivors)


def test_a_trial_counts_every_mutant_once(compiled):
    chart = compiled("fund-approval")
    tried, made = trial(chart), list(mutants(chart))
    assert tried.made == len(made)
    assert tried.unlawful == sum(one.unlawful for one in made) == len(tried.killed)
    assert {one.name for one, _ in tried.killed}.isdisjoint(one.name for one in tried.harmless)


# what is lawful and what is not, said without the proof


@pytest.mark.parametrize(
    ("id", "node", "law"),
    [
        ("small-works", "deliberate", "28条"),
        ("small-works", "accept", "37条"),
        ("small-works", "award_publicity", "54条"),
        ("small-works", "decide__publish_decision", "35条"),
        ("fund-approval", "publish_result", "35条"),
        ("orphan-support", "confirm", "44条"),
        ("family-planning-reward", "village_review", "20条"),
        ("small-works", "decide__township_check", ""),
        ("orphan-support", "discover", ""),
        ("fund-approval", "committee", ""),
    ],
)
def test_a_step_matters_when_it_alone_stands_before_what_the_law_guards(compiled, id, node, law):
    runs = Runs(compiled(id))
    article = unlawful_without(runs, roles(runs), node)
    assert law in article and bool(article) == bool(law)


def test_the_second_approver_may_go_but_not_the_one_before_every_payment(compiled):
    chart = compiled("fund-approval")
    runs = Runs(chart)
    every = roles(runs)
    assert not unlawful_without(runs, every, "approval__countersign")
    assert "28条" in unlawful_without(runs, every, "approval__approve")


# damaging


def test_a_dropped_step_leaves_no_trace(compiled):
    chart = compiled("small-works")
    damaged = dropped(chart, chart.nodes["deliberate"])
    assert {"deliberate", "if_deliberated"} == set(chart.nodes) - set(damaged.nodes)
    assert all(
        "deliberate" not in (*node.after, *node.separate_from, *(way.to for way in node.exits))
        for node in damaged.nodes.values()
    )
    assert any(way.to == "route" for way in damaged.nodes["by_decision"].exits)
    assert dropped(chart, chart.nodes["request"]) is None, "choices further on read its answers"


def test_a_bypass_leaves_the_step_and_opens_a_way_around_it(compiled):
    chart = compiled("fund-approval")
    damaged = bypassed(chart, chart.nodes["publish_result"])
    assert [way.to for way in damaged.nodes["bypass"].exits] == ["publish_result", "archive"]
    assert damaged.nodes["book"].exits[0].to == "bypass"


def test_a_step_done_late_and_two_exchanged(compiled):
    chart = compiled("orphan-support")
    late = moved_behind(chart, chart.nodes["confirm"], chart.nodes["pay"])
    assert late.nodes["if_verified"].exits[0].to == "pay" and late.nodes["pay"].exits[0].to == "confirm"
    assert block(late, late.nodes["confirm"]).target == "care"
    swapped = exchanged(chart, chart.nodes["confirm"], chart.nodes["pay"])
    assert swapped.nodes["pay"].exits[0].to == "confirm"
    assert block(swapped, swapped.nodes["confirm"]).target == "care"
    assert exchanged(chart, chart.nodes["apply"], chart.nodes["pay"]) is None


def test_a_no_that_leads_where_the_yes_leads(compiled):
    chart = compiled("orphan-support")
    damaged = yes_only(chart, chart.nodes["confirm"])
    assert {way.to for way in damaged.nodes["if_confirmed"].exits} == {"pay"}
    assert first_failure(damaged).rule in ("confirmed", "refusal")
    assert yes_only(chart, chart.nodes["apply"]) is None


def test_the_first_failure_is_one_of_all_failures(compiled):
    chart = compiled("fund-approval")
    assert first_failure(chart) is None
    damaged = replace(chart, disclosures=())
    assert first_failure(damaged) in check(damaged).failures
