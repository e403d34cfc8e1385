"""What each nature of power owes: one damage a rule, and the rule that refuses it, with its article and its path."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mingbai.kernel import Citation
from mingbai.procedures.rules.checks import check
from mingbai.procedures.rules.graph import Exit, Limit, Node, Procedure
from mingbai.procedures.rules.lawful.periods import Period, keeps

pytestmark = pytest.mark.once


def changed(chart: Procedure, node: str, **changes: object) -> Procedure:
    """The chart with one box changed."""
    return replace(chart, nodes={**chart.nodes, node: replace(chart.nodes[node], **changes)})


def led(chart: Procedure, box: str, old: str, new: str) -> Procedure:
    """The chart with one arrow led elsewhere."""
    ways = chart.nodes[box].exits
    assert old in {way.to for way in ways}, "there is such an arrow"
    return changed(chart, box, exits=tuple(replace(way, to=new) if way.to == old else way for way in ways))


def offices(node: str, *offices: str):
    return lambda chart: changed(chart, node, offices=offices)


def arrow(box: str, old: str, new: str):
    return lambda chart: led(chart, box, old, new)


def field(node: str, **changes: object):
    return lambda chart: changed(chart, node, **changes)


CASES = [
    # relief: who decides
    ("level", "dibao", offices("confirm", "village_committee"), "social-assistance-law"),
    ("level", "dibao", offices("confirm", "town_government"), "social-assistance-law"),
    ("level", "tekun-support", offices("accept", "town_government", "village_clerk"), "social-assistance-law"),
    ("examined", "dibao", arrow("if_accepted", "relative_filing", "confirm"), "social-assistance-law"),
    ("confirmed", "tekun-support", arrow("if_confirmed", "notify_reject", "ability"), "social-assistance-law"),
    ("granter", "orphan-support", lambda chart: changed(chart, "pay", separate_from=(), offices=("district_civil_affairs",)), "accounting"),
    ("refused", "dibao", arrow("if_confirmed", "notify_reject", "end_rejected"), "social-assistance-law"),
    ("given", "disability-subsidy", arrow("if_confirmed", "publicize", "archive"), "social-assistance-law"),
    # relief: what hangs, and what must not
    ("announced", "dibao", arrow("if_qualifies", "publicize", "confirm"), "dibao-measures"),
    ("announced", "medical-assistance", arrow("if_identified", "investigate", "district"), "social-assistance-interim"),
    ("heard", "tekun-support", arrow("if_objection", "reinvestigate", "publicize"), "tekun-measures"),
    ("notice", "tekun-support", field("publicize", limit=Limit("min", 6, "calendar_day", Citation("tekun-measures", "第15条"))), "tekun-measures"),
    ("shown", "temporary-assistance", arrow("supplement", "publish_result", "archive"), "social-assistance-law"),
    ("children", "orphan-support", field("care", kind="publicity"), "de-facto-orphan-2019"),
    ("marked", "orphan-support", lambda chart: replace(chart, children=False), "de-facto-orphan-2019"),
    # relief: afterwards
    ("checked", "dibao", arrow("publish_result", "review", "archive"), "social-assistance-law"),
    ("stopped", "dibao", arrow("if_changed", "stop", "archive"), "social-assistance-law"),
    ("urgent", "temporary-assistance", arrow("first_aid", "supplement", "publish_result"), "social-assistance-law"),
    ("urgent", "temporary-assistance", arrow("if_kind", "investigate", "first_aid"), "social-assistance-law"),
    ("kin", "dibao", arrow("if_kin", "home_visit", "confirm"), "dibao-measures"),
    ("may_answer", "dibao", arrow("if_qualifies", "inform", "notify_reject"), "dibao-measures"),
    ("tekun", "tekun-support", arrow("if_changed", "terminate_publicity", "terminate"), "tekun-measures"),
    ("unknown", "medical-assistance", arrow("if_known", "identify", "investigate"), "hard-expense"),
    # appraisal, decision
    ("appraised", "family-planning-reward", arrow("if_reviewed", "notify_reject", "village_publicity"), ""),
    ("noticed", "disaster-relief", arrow("if_appraised", "publicize", "town_review"), "disaster"),
    ("decided", "land-requisition", arrow("if_unlawful", "draft_list", "town_review"), "vcol"),
    ("taken", "land-requisition", arrow("if_unlawful", "hearing", "draft_list"), "land-admin"),
    # the party
    ("party", "party-member-recruitment", field("political_review", stage=""), "party-member-dev"),
    ("party_order", "party-member-recruitment", arrow("if_admitted", "end_rejected", "committee_approve"), "party-member-dev"),
    ("party_full", "party-member-recruitment", arrow("if_full", "probation", "publicize"), "party-member-dev"),
    ("party_body", "party-member-recruitment", offices("committee_approve", "village_party_secretary"), "party-member-dev"),
    ("party_body", "party-member-recruitment", field("branch_vote", body="party_branch_general"), "party-member-dev"),
    ("party_answer", "party-member-recruitment", arrow("if_founded", "cultivate", "object"), "party-member-dev"),
    ("notice", "party-member-recruitment", field("cultivate", limit=Limit("min", 11, "month", Citation("party-member-dev", "第13条"))), "party-member-dev"),
    # land
    ("will", "land-transfer", arrow("if_authorized", "end_rejected", "negotiate"), "land-transfer-2021"),
    ("capital", "land-transfer", arrow("if_qualified", "end_rejected", "household_sign"), "land-transfer-2021"),
    ("outside", "land-transfer", arrow("by_whom", "township_approve", "tender"), "land-contract"),
    ("filed", "land-transfer", arrow("household_sign", "file", "pay"), "land-contract"),
    ("members", "collective-assets", field("member_vote", body="villager_reps_meeting"), "rceo"),
    ("building", "collective-assets", arrow("if_compliant", "land_plan_report", "trade"), "land-admin-reg"),
    ("matter", "collective-assets", arrow("by_body", "member_vote", "member_reps_vote"), "rceo"),
    # self-government
    ("body", "small-works", field("deliberate", body="supervision_committee"), "vcol"),
    ("convener", "four-deliberations", offices("member_vote", "village_committee_director"), "rceo"),
    ("archive", "fund-approval", arrow("publish_result", "archive", "end"), "vcol"),
    ("carried_out", "major-decision", arrow("decide__if_objection", "implement", "supervise"), "vcol"),
    ("rivals", "small-works", arrow("if_traded", "town_platform", "award_publicity"), "bidding"),
    ("contracted", "small-works", arrow("award_publicity", "if_complaint", "settle"), "bidding"),
    ("upheld", "four-deliberations", arrow("if_upheld", "two_committees", "end_passed"), "vcol"),
    ("refusal", "fund-approval", arrow("if_committee", "end_rejected", "approval__witness"), "party-rural"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "id", "damage", "law"), CASES, ids=[f"{n}-{one[0]}-{one[1]}" for n, one in enumerate(CASES)]
)
def test_a_damage_is_refused_under_its_article(compiled, rule, id, damage, law):
    chart = compiled(id)
    held = {one.id: one for one in check(chart).findings}
    assert rule in held and not held[rule].failures, "what is refused later is proved now"
    damaged = damage(chart)
    found = [one for finding in check(damaged).findings if finding.id == rule for one in finding.failures]
    assert found
    assert not law or law in {one.citation.law for one in found}
    assert all(set(one.nodes) <= set(damaged.nodes) for one in found)


def test_every_obligation_cites_an_article_of_the_register(compiled, charts):
    from mingbai_test_charts import DISTRICT

    from mingbai.catalogue.rules.law import LawsFile
    from mingbai.kernel import validate

    known = {one.id for one in validate(LawsFile, (DISTRICT / "laws.yaml").read_text(), "laws.yaml").laws}
    for id in charts:
        for finding in check(compiled(id)).findings:
            assert finding.articles, (id, finding.id)
            assert {one.law for one in finding.articles} <= known, (id, finding.id)


def test_what_one_nature_owes_is_not_claimed_of_another(compiled):
    said = {id: {one.id for one in check(compiled(id)).findings} for id in ("dibao", "party-member-recruitment", "fund-approval", "orphan-support")}  # fmt: skip
    assert {"stages", "order", "approval", "party"}.isdisjoint(said["dibao"])
    assert {"relief", "stages", "children"}.isdisjoint(said["party-member-recruitment"])
    assert {"relief", "party", "children", "will"}.isdisjoint(said["fund-approval"])
    assert "children" in said["orphan-support"] and "shown" not in said["orphan-support"]


@pytest.mark.parametrize(
    ("limit", "period", "holds"),
    [
        (("min", 7, "calendar_day"), ("min", 7, "calendar_day"), True),
        (("min", 6, "calendar_day"), ("min", 7, "calendar_day"), False),
        (("min", 7, "working_day"), ("min", 7, "calendar_day"), True),
        (("min", 5, "calendar_day"), ("min", 5, "working_day"), False),
        (("min", 1, "month"), ("min", 5, "working_day"), True),
        (("min", 12, "month"), ("min", 1, "year"), False),
        (("min", 1, "year"), ("min", 1, "year"), True),
        (("max", 15, "working_day"), ("max", 15, "working_day"), True),
        (("max", 16, "working_day"), ("max", 15, "working_day"), False),
        (("max", 15, "calendar_day"), ("max", 15, "working_day"), True),
        (("max", 1, "month"), ("max", 15, "working_day"), False),
        (("max", 3, "month"), ("max", 1, "year"), True),
        (("max", 7, "calendar_day"), ("min", 7, "calendar_day"), False),
    ],
)
def test_a_limit_keeps_a_period_whatever_its_unit(limit, period, holds):
    article = Citation("vcol", "第35条")
    assert keeps(Limit(*limit, article), Period(*period, article)) is holds


def test_a_limit_that_is_missing_keeps_no_period():
    assert not keeps(None, Period("min", 1, "calendar_day", Citation("vcol", "第35条")))


def test_the_town_may_confirm_where_a_parameter_hands_it_down(compiled):
    chart = changed(compiled("disability-subsidy"), "confirm", offices=("town_government",))
    choice = Node(
        "delegated", "choice", "下放没有", scope="",
        exits=(Exit("confirm", "下放了", "param.dibao_delegated == 1"), Exit("notify_reject", "没有下放", otherwise=True)),
    )  # fmt: skip
    given = replace(led(chart, "if_valid", "confirm", "delegated"), nodes={**led(chart, "if_valid", "confirm", "delegated").nodes, "delegated": choice})  # fmt: skip
    assert "level" in {one.rule for one in check(chart).failures}
    assert "level" not in {one.rule for one in check(given).failures}
