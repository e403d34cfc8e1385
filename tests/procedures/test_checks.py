"""Every chart of the district is proved; every way of spoiling one is caught, with the path that shows it."""

from __future__ import annotations

import time

import pytest
from mingbai_test_charts import IDS, charts, end, proved, spoiled, step, tiny

from mingbai.procedures.rules.checks import Known, check
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.expressions import names_in
from mingbai.procedures.rules.lawful.common import level

pytestmark = pytest.mark.once


@pytest.mark.parametrize("id", IDS)
def test_the_charts_of_the_district_are_sound_and_lawful(compiled, id):
    report = check(compiled(id))
    assert report.ok, [str(one) for one in report.failures]
    assert len(report.proved) >= 7 and all("\n" not in one for one in report.proved)


def test_all_charts_are_proved_in_under_two_seconds(compiled):
    every = [compiled(id) for id in IDS]
    began = time.perf_counter()
    assert all(check(chart).ok for chart in every) and len(every) >= 20
    assert time.perf_counter() - began < 2


def test_what_is_said_of_a_purchase(compiled):
    said = check(compiled("small-works")).proved
    for words in (
        "从每一步都走得到结束",
        "没有通过的决定或审批",
        "四议两公开一步不少",
        "没有公示，签不了合同",
        "不同的手",
        "五公开",
    ):
        assert any(words in one for one in said), words


def test_nothing_is_claimed_of_what_a_chart_has_not(compiled):
    said = check(compiled("four-deliberations")).proved
    assert not any("付款" in one or "上报" in one for one in said)


def known(chart, **changes):
    """All that a chart names, except for what is changed."""
    named = {
        "parameters": {name for node in chart.nodes.values() for way in node.exits if way.when
                       for place, name in names_in(way.when) if place == "param"},
        "bodies": {node.body for node in chart.nodes.values()},
        "offices": {one: level(one) for node in chart.nodes.values() for one in node.offices},
    }  # fmt: skip
    return Known(**{**named, **changes})


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, ""),
        ({"parameters": {"procurement_direct_max"}}, "figure"),
        ({"bodies": {"liangwei"}}, "known_body"),
        ({"offices": {}}, "known_office"),
    ],
)
def test_what_the_district_has_not_set_is_found(compiled, changes, rule):
    chart = compiled("small-works")
    assert {one.rule for one in check(chart, known(chart, **changes)).failures} == ({rule} if rule else set())


MUTANTS = [
    # a lost vote goes on as if it had been won
    ("decision", "small-works", ("- {to: end_rejected, label: 不通过, otherwise: true}", "- {to: route, label: 不通过, otherwise: true}"), "村“两委”决定"),
    # small purchases need no decision at all
    ("decision", "small-works", ("      - to: deliberate\n", "      - to: direct\n"), "直接采购"),
    # 四议两公开 adopted or not, the purchase goes on
    ("decision", "small-works", ("end_not_adopted: end_rejected}", "end_not_adopted: route}"), "村党组织提议"),
    # three quotes, and straight to the contract
    ("award", "small-works", ("- {to: award_publicity, label: 三家以上, when: \"quote.quotes >= 3\"}", "- {to: contract, label: 三家以上, when: \"quote.quotes >= 3\"}"), "三家询价比选"),
    # the award hangs for two days
    ("notice", "small-works", ("limit: {bound: min, value: 3, unit: calendar_day", "limit: {bound: min, value: 2, unit: calendar_day"), "成交公示"),
    ("notice", "four-deliberations", ("limit: {bound: min, value: 15", "limit: {bound: min, value: 14"), "决议公开"),
    ("notice", "four-deliberations", ("limit: {bound: min, value: 15", "limit: {bound: max, value: 15"), "决议公开"),
    # paid without acceptance, paid after a failed acceptance
    ("acceptance", "small-works", ("next: works_or_goods", "next: settle"), "签订书面合同"),
    ("acceptance", "small-works", ("- {to: contract, label: 货物不合格，退换, otherwise: true}", "- {to: settle, label: 货物不合格，照付, otherwise: true}"), "验收"),
    # paid although the approver said no
    ("approval", "small-works", ("end_rejected: settle}", "end_rejected: pay}"), "证明人签字"),
    # paid, and closed without a word
    ("result", "small-works", ("separate_from: [request, contract, accept, approval]\n    next: publish_result", "separate_from: [request, contract, accept, approval]\n    next: archive"), "付款"),
    # the acceptor may be the handler, the payer the approver, the approver the proposer
    ("hands", "small-works", ("separate_from: [request, direct, quote, town_platform, statutory_tender, contract]", "separate_from: [request]"), "验收"),
    ("hands", "small-works", ("separate_from: [request, contract, accept, approval]", "separate_from: [request, contract, accept]"), "付款"),
    ("hands", "fund-approval", ("    separate_from: [request]\n", ""), "经手人提出用款"),
    ("hand", "fund-approval", ("    hand: pay\n", ""), "付款"),
    # 四议两公开 out of order, incomplete, or passed over
    ("order", "four-deliberations", ("- {to: party_meeting, label: 过半数同意", "- {to: notify, label: 过半数同意"), "通知和公告方案"),
    ("stages", "four-deliberations", ("    stage: party_review\n", ""), ""),
    ("published", "four-deliberations", ("- {to: publish_decision, label: 通过, when: \"villager_vote.result == 'passed'\"}", "- {to: end_passed, label: 通过, when: \"villager_vote.result == 'passed'\"}"), "村民代表会议表决"),
    # a step that does not say who, how long, with what, how, and why
    ("complete", "small-works", ("    discipline: 不拆分项目躲限额\n", ""), "提出需求和预算"),
    ("complete", "small-works", ("    offices: [village_committee]\n    hand: propose\n", "    hand: propose\n"), "提出需求和预算"),
    ("complete", "small-works", ("    papers:\n      - {id: application, label: 立项申请和预算}\n", ""), "提出需求和预算"),
    ("five", "small-works", ("  process: 决议、公告", "  procedure_again: 决议、公告"), ""),
    # what the text says must come first can be walked around
    ("after", "small-works", ("    after: [publish_result]\n", "    after: [construct]\n"), "签订书面合同"),
    # unreachable, endless
    ("reach", "small-works", ("- {to: change, label: 要变更, otherwise: true}", "- {to: accept, label: 要变更, otherwise: true}"), "变更签证审批"),
    ("end", "small-works", ("    next: if_retained\n", "    next: publish_result\n"), "结果公开"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "id", "change", "on_path"), MUTANTS, ids=[f"{n}-{m[0]}" for n, m in enumerate(MUTANTS)]
)
def test_a_spoiled_chart_is_caught(rule, id, change, on_path):
    files = spoiled(id, change)
    report = proved(files, id)
    found = [one for one in report.failures if one.rule == rule]
    assert not report.ok and found, [str(one) for one in report.failures]
    assert any(on_path in "".join(one.path) for one in found), [str(one) for one in found]
    every = charts(files)
    boxes = compile_chart(every[id], every).nodes
    assert all(set(one.nodes) <= set(boxes) and len(one.path) <= len(one.nodes) for one in found)
    assert all(one.citation.article and one.sentence for one in found)
    if on_path:
        assert " → " in str(found[0]) or len(found[0].path) == 1


def test_a_spoiled_part_spoils_whoever_calls_it():
    files = spoiled(
        "four-deliberations",
        (
            "- {to: two_committees, label: 没有通过, otherwise: true}\n  - id: assembly_vote",
            "- {to: publish_decision, label: 没有通过, otherwise: true}\n  - id: assembly_vote",
        ),
    )
    for id in ("four-deliberations", "major-decision", "small-works", "fund-approval"):
        report = proved(files, id)
        assert not report.ok, id
    paths = [one.path for one in proved(files, "small-works").failures]
    assert any("村民代表会议表决" in path and "签订书面合同" in path for path in paths)


BOTH = "  - {id: fork, kind: both, title: 分头, next: [b, c]}\n"


def caught(*nodes: str, start: str = "a") -> set[str]:
    return {one.rule for one in proved(tiny(*nodes, start=start), "tiny").failures}


def test_a_small_chart_of_parallel_work_is_sound():
    join = "  - {id: meet, kind: join, title: 会合, next: d}\n"
    assert caught(
        step("a", "fork"), BOTH, step("b", "meet"), step("c", "meet"), join, step("d", "end"), end()
    ) == {"relief"}


@pytest.mark.parametrize(
    ("nodes", "rule"),
    [
        # ends while a branch still waits
        ((step("a", "fork"), BOTH, step("b", "end"), step("c", "end"), end()), "left"),
        # a join that one of its branches never reaches
        ((step("a", "ways"), '  - {id: ways, kind: choice, title: 分, branches: [{to: b, label: 一, when: "a.n > 1"}, {to: c, label: 二, otherwise: true}]}\n',
          step("b", "meet"), step("c", "meet"), "  - {id: meet, kind: join, title: 合, next: d}\n", step("d", "end"), end()), "stuck"),
        # the same step twice at once
        ((step("a", "fork"), BOTH, step("b", "d"), step("c", "d"), step("d", "end"), end()), "twice"),
        # a circle without an exit
        ((step("a", "b"), step("b", "a"), end()), "end"),
        ((step("a", "end"), step("b", "end"), end()), "reach"),
    ],
)  # fmt: skip
def test_unsound_charts_are_caught(nodes, rule):
    assert rule in caught(*nodes)


def test_reporting_to_the_town_waits_for_the_notice():
    report = step("b", "end") + "    hand: report\n"
    assert "report" in caught(step("a", "b"), report, end())
