"""Votes are decided in whole numbers, by the table a jurist can read."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mingbai.kernel import BadFile, Citation, Refused
from mingbai.meetings import rules
from mingbai.meetings.rules import (
    Base,
    BodyRule,
    Majority,
    Quorum,
    Result,
    Share,
    Unit,
    Votes,
    check_notice,
    count_base,
    find_body,
    read_bodies,
)  # fmt: skip
from mingbai.meetings.rules import decide as decide_votes

pytestmark = pytest.mark.once
HERE = Path(__file__).parent
BODIES_TEXT = (HERE.parents[1] / "districts" / "huaishang" / "meetings.yaml").read_text("utf-8")
BODIES = read_bodies(BODIES_TEXT)
SITUATIONS = yaml.safe_load((HERE / "situations.yaml").read_text("utf-8"))
DAY = date(2026, 9, 1)


def decide(rule, *, entitled, present, households=None, passing=None, **votes):
    """The same with the votes written out."""
    return decide_votes(
        rule, entitled=entitled, present=present, votes=Votes(**votes), households=households, passing=passing
    )


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda s: s["case"])
def test_situation(situation):
    s = dict(situation)
    households = Share(*s["households"]) if "households" in s else None
    known = ("entitled", "present", "agree", "against", "abstain", "spoilt", "not_cast", "written")
    counts = {key: s[key] for key in known if key in s}
    decision = decide(find_body(BODIES, s["body"], DAY), households=households, **counts)
    assert decision.result == s["result"], decision.sentence
    for figure in ("needed_present", "needed_agree"):
        if figure in s:
            assert getattr(decision, figure) == s[figure], decision.sentence


def test_the_table_is_large_enough_and_meets_every_decidable_body():
    assert len(SITUATIONS) >= 25
    decidable = {rule.id for rule in BODIES if rule.passing is not None}
    assert decidable == {s["body"] for s in SITUATIONS}


def _rule(numerator, denominator, strict, base):
    quorum = (Quorum(Unit.persons, Majority(2, 3, strict=False), "应到"),)
    return BodyRule(
        id="b", title="会", since=DAY, convened_by="x", eligible="x", quorum=quorum,
        passing=Majority(numerator, denominator, strict), passing_base=base, recused_leave_base=True,
        notice=None, citation=Citation("vcol", "第29条"),
    )  # fmt: skip


fractions = st.sampled_from([(1, 2), (2, 3), (3, 4), (4, 5), (1, 3)])
votes = st.tuples(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))


@given(fractions, st.booleans(), st.sampled_from(Base), votes)
def test_exact_against_fractions(fraction, strict, base, counts):
    agree, against, abstain, absent = counts
    present = agree + against + abstain
    entitled = present + absent
    rule = _rule(*fraction, strict, base)
    got = decide(rule, entitled=entitled, present=present, agree=agree, against=against, abstain=abstain)
    n, d = fraction
    of = entitled if base is Base.roll else present
    carried = agree >= 1 and (agree * d > of * n if strict else agree * d >= of * n)
    met = present >= 1 and present * 3 >= entitled * 2
    expected = Result.no_quorum if not met else Result.passed if carried else Result.not_passed
    assert got.result is expected
    assert type(got.needed_agree) is int and type(got.needed_present) is int


@given(fractions, st.booleans(), st.sampled_from(Base), votes)
def test_one_more_agreeing_instead_of_against_never_undoes_a_pass(fraction, strict, base, counts):
    agree, against, abstain, absent = counts
    rule, present = _rule(*fraction, strict, base), agree + against + abstain
    entitled = present + absent
    before = decide(rule, entitled=entitled, present=present, agree=agree, against=against, abstain=abstain)
    if against:
        after = decide(
            rule, entitled=entitled, present=present, agree=agree + 1, against=against - 1, abstain=abstain
        )
        assert not (before.result is Result.passed and after.result is not Result.passed)


@given(st.integers(1, 10**18), st.integers(0, 2))
def test_exact_where_floats_are_not(third, more):
    """At 10^18 a float cannot tell n from n+1; a two-thirds majority still can."""
    majority = Majority(2, 3, strict=False)
    assert majority.needed(3 * third) == 2 * third
    assert majority.needed(3 * third + more) == 2 * third + more
    assert Majority(1, 2, strict=True).needed(2 * third) == third + 1


def test_no_float_and_no_true_division_in_the_rules():
    for path in Path(rules.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), path
            assert not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)), path


@pytest.mark.parametrize(
    "counts",
    [
        {"entitled": 10, "present": 11, "agree": 11, "against": 0, "abstain": 0},
        {"entitled": 10, "present": 8, "agree": 8, "against": 1, "abstain": 0},
        {"entitled": 10, "present": 8, "agree": 7, "against": 0, "abstain": 0},
        {"entitled": 10, "present": 8, "agree": -1, "against": 9, "abstain": 0},
        {"entitled": 10, "present": 8, "agree": 8.0, "against": 0, "abstain": 0},
        {"entitled": 10, "present": 8, "agree": True, "against": 7, "abstain": 0},
        {"entitled": 10, "present": None, "agree": 0, "against": 0, "abstain": 0},
        {"entitled": 10, "present": 3, "agree": 2, "against": 0, "abstain": 0},
    ],
)
def test_figures_that_contradict_are_refused(counts):
    with pytest.raises(Refused) as refusal:
        decide(_rule(1, 2, True, Base.present), **counts)
    assert refusal.value.basis is not None and refusal.value.remedy


def test_a_body_without_a_written_majority_is_not_guessed():
    rule = find_body(BODIES, "rce_supervisors", DAY)
    with pytest.raises(Refused, match="没有写明表决规则"):
        decide(rule, entitled=3, present=3, agree=3, against=0, abstain=0)


def test_recused_leave_the_base_only_where_the_rule_says():
    assert count_base(find_body(BODIES, "liangwei", DAY), roll=7, recused=1) == 6
    assert count_base(find_body(BODIES, "rce_members", DAY), roll=300, recused=1) == 300


def test_an_assumed_rule_says_so_where_it_decides():
    decision = decide(
        find_body(BODIES, "liangwei", DAY), entitled=7, present=5, agree=3, against=2, abstain=0
    )
    assert "待确认" in decision.sentence
    sure = decide(
        find_body(BODIES, "villager_reps_meeting", DAY), entitled=3, present=3, agree=3, against=0, abstain=0
    )
    assert "待确认" not in sure.sentence


def test_rules_are_dated():
    with pytest.raises(Refused, match="没有“villagers_meeting”的议事规则"):
        find_body(BODIES, "villagers_meeting", date(2025, 12, 31))
    later = BODIES_TEXT.replace("- id: liangwei", "- id: liangwei_old").split("bodies:")[0]
    entry = """bodies:
  - {id: bb, title: 会, since: 2026-01-01, convened_by: a, offices: [clerk], eligible: b, recused: leave_base,
     passing: {of: roll, more_than: 1/2, label: x}, citation: {law: vcol, article: "", confidence: assumed}}
  - {id: bb, title: 新会, since: 2026-07-01, convened_by: a, offices: [clerk], eligible: b, recused: leave_base,
     passing: {of: roll, at_least: 2/3, label: x}, citation: {law: vcol, article: "", confidence: assumed}}
"""
    bodies = read_bodies(later + entry)
    assert find_body(bodies, "bb", date(2026, 6, 30)).title == "会"
    assert find_body(bodies, "bb", date(2026, 7, 1)).title == "新会"


ENTRY = "bodies:\n  - {id: bb, title: t, since: 2026-01-01, convened_by: a, offices: [clerk], eligible: b, recused: leave_base, "
CITED = "citation: {law: vcol, article: a, confidence: verified}}\n"


@pytest.mark.parametrize(
    "bad",
    [
        ENTRY + "passing: {of: roll, more_than: 1/2, at_least: 2/3, label: x}, " + CITED,
        ENTRY + "passing: {of: roll, label: x}, " + CITED,
        ENTRY + "passing: {of: roll, more_than: 0.5, label: x}, " + CITED,
        ENTRY + "passing: {of: roll, more_than: 3/2, label: x}, " + CITED,
        ENTRY + "passing: {of: roll, more_than: 1/0, label: x}, " + CITED,
        ENTRY + "unknown: 1, " + CITED,
        ENTRY + CITED + ENTRY.removeprefix("bodies:\n") + CITED,
        "bodies: []\n",
    ],
)
def test_a_bad_file_is_named(bad):
    with pytest.raises(BadFile, match=r"meetings\.yaml"):
        read_bodies(bad)


def test_notice_days_do_not_count_the_day_of_the_call():
    rule = find_body(BODIES, "villagers_meeting", DAY)
    check_notice(rule, notified_on=date(2026, 9, 1), held_on=date(2026, 9, 11), urgent_reason="")
    with pytest.raises(Refused, match="提前10日"):
        check_notice(rule, notified_on=date(2026, 9, 2), held_on=date(2026, 9, 11), urgent_reason="")
    check_notice(rule, notified_on=date(2026, 9, 2), held_on=date(2026, 9, 11), urgent_reason="防汛抢险")
    with pytest.raises(Refused, match="晚于"):
        check_notice(rule, notified_on=date(2026, 9, 12), held_on=date(2026, 9, 11), urgent_reason="")
