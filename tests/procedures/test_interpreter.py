"""Running charts: only the ways of the chart, only other hands where other hands are asked for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mingbai_test_charts import end, step, tiny

from mingbai.kernel import Refused
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.graph import WAITING, Procedure
from mingbai.procedures.rules.interpreter import State, StepAct, advance, from_json, send_back, start, to_json
from mingbai.procedures.rules.text import charts_in

PARAMETERS = {
    "procurement_direct_max": 500_000, "procurement_quote_max": 5_000_000, "approve_single_max": 100_000,
    "approve_dual_max": 500_000, "approve_committee_max": 2_000_000, "statutory_tender_works": 400_000_000,
    "statutory_tender_goods": 200_000_000, "statutory_tender_services": 100_000_000,
}  # fmt: skip


def plain(procedure: Procedure, name: str, given: dict[str, str | int]) -> dict[str, str | int]:
    node = procedure.nodes[name]
    filled: dict[str, str | int] = {"result": "passed"} if node.kind == "meeting" else {}
    for one in node.fields:
        filled[one.id] = (
            one.options[0].id if one.options else 3 if one.kind in ("money", "integer") else "文字"
        )
    short = name.rsplit("__", 1)[-1]
    return filled | {
        key.partition(".")[2]: value for key, value in given.items() if key.partition(".")[0] == short
    }


def run(procedure: Procedure, until: str = "", **given: str | int) -> tuple[State, list[str], str | None]:
    """Walk with a new person at each step; `short__field` gives values."""
    values = {key.replace("__", "."): value for key, value in given.items()}
    state, walked, ended = start(procedure, {"title": "某事"}), [], None
    while ended is None and len(walked) < 60:
        name = state.marking[0]
        if name == until:
            break
        act = StepAct(name, f"p{len(walked)}", plain(procedure, name, values))
        outcome = advance(procedure, state, act, PARAMETERS)
        state, ended = outcome.state, outcome.ended
        walked.append(name)
    return state, walked, ended


@pytest.mark.parametrize(
    ("kind", "amount", "route", "decided_by"),
    [
        ("goods", 500_000, "direct", "deliberate"),
        ("goods", 500_001, "quote", "deliberate"),
        ("goods", 2_000_000, "quote", "deliberate"),
        ("goods", 2_000_001, "quote", "decide__villager_vote"),
        ("works", 100_000, "direct", "decide__villager_vote"),
        ("works", 5_000_000, "quote", "decide__villager_vote"),
        ("works", 5_000_001, "town_platform", "decide__villager_vote"),
        ("works", 399_999_999, "town_platform", "decide__villager_vote"),
        ("works", 400_000_000, "statutory_tender", "decide__villager_vote"),
        ("goods", 200_000_000, "statutory_tender", "decide__villager_vote"),
        ("services", 100_000_000, "statutory_tender", "decide__villager_vote"),
    ],
)
def test_the_amount_decides_who_decides_and_how_it_is_bought(compiled, kind, amount, route, decided_by):
    _, walked, ended = run(compiled("small-works"), request__project_kind=kind, request__amount=amount)
    assert ended == "end" and route in walked and decided_by in walked
    assert {"direct", "quote", "town_platform", "statutory_tender"} & set(walked) == {route}
    assert ("construct" in walked) == (kind == "works")
    assert ("award_publicity" in walked) == (route != "direct")
    assert walked[-3:] == ["pay", "publish_result", "archive"]


@pytest.mark.parametrize(
    ("amount", "passes", "avoids"),
    [
        (100_000, ["approval__approve"], ["committee", "approval__countersign", "decide__villager_vote"]),
        (100_001, ["approval__countersign"], ["committee", "decide__villager_vote"]),
        (500_000, ["approval__countersign"], ["committee"]),
        (500_001, ["committee", "approval__countersign"], ["decide__villager_vote"]),
        (2_000_000, ["committee"], ["decide__villager_vote"]),
        (2_000_001, ["decide__villager_vote", "approval__countersign"], ["committee"]),
    ],
)
def test_the_amount_decides_who_approves_a_payment(compiled, amount, passes, avoids):
    _, walked, ended = run(compiled("fund-approval"), request__amount=amount)
    assert ended == "end" and set(passes) <= set(walked) and not set(avoids) & set(walked)


@pytest.mark.parametrize(
    ("matter", "votes"),
    [
        ("village", "villager_vote"), ("assembly", "assembly_vote"), ("collective", "member_vote"),
        ("collective_reps", "member_reps_vote"),
    ],
)  # fmt: skip
def test_the_matter_decides_which_body_votes(compiled, matter, votes):
    _, walked, ended = run(compiled("major-decision"), notify__matter=matter)
    assert ended == "end" and [one for one in walked if one.endswith("_vote")] == [f"decide__{votes}"]
    bodies = {one: compiled("major-decision").nodes[f"decide__{one}"].body for one in (votes,)}
    assert bodies[votes] in ("villager_reps_meeting", "villagers_meeting", "rce_members", "rce_reps")


def test_a_refused_decision_ends_the_purchase(compiled):
    _, walked, ended = run(
        compiled("small-works"), deliberate__result="not_passed", request__project_kind="goods"
    )
    assert ended == "end_rejected" and walked == ["request", "deliberate"]


def test_no_quorum_means_notice_again_and_a_lost_vote_means_deliberating_again(compiled):
    chart = compiled("major-decision")
    for result, back in (("no_quorum", "decide__notify"), ("not_passed", "decide__two_committees")):
        state, _, _ = run(chart, until="decide__villager_vote")
        after = advance(chart, state, StepAct("decide__villager_vote", "z", {"result": result}), PARAMETERS)
        assert after.state.marking == (back,) and after.ended is None


def test_a_step_that_does_not_wait_is_refused(compiled):
    chart = compiled("small-works")
    state = start(chart, {})
    for name in ("pay", "contract", "by_decision", "end", "nothing"):
        with pytest.raises(Refused, match="现在不能办这一步"):
            advance(chart, state, StepAct(name, "p", {}), PARAMETERS)


def test_nobody_does_both_of_two_steps_that_must_be_apart(compiled):
    chart = compiled("small-works")
    state, _, _ = run(chart, until="accept")
    who = dict(state.done)
    for earlier in ("request", "quote", "direct", "contract"):
        if earlier in who:
            with pytest.raises(Refused, match="同一个人"):
                advance(chart, state, StepAct("accept", who[earlier], {"verdict": "good"}), PARAMETERS)


def test_a_hand_once_given_is_remembered_when_the_step_is_done_again_by_another(compiled):
    chart = compiled("small-works")
    state, _, _ = run(chart, until="quote", request__amount=3_000_000)
    again = advance(chart, state, StepAct("quote", "first", {"quotes": 2}), PARAMETERS).state
    assert again.marking == ("quote",)
    state = advance(chart, again, StepAct("quote", "second", {"quotes": 3}), PARAMETERS).state
    assert {person for name, person in state.done if name == "quote"} == {"first", "second"}


def test_separation_holds_in_whichever_order_two_steps_are_done(compiled):
    chart = compiled("small-works")
    state, _, _ = run(chart, until="settle", request__amount=3_000_000)
    acceptor = dict(state.done)["accept"]
    back = send_back(chart, state, "settle", "accept")
    assert acceptor not in dict(back.done).values()
    failed = advance(chart, back, StepAct("accept", "tester", {"verdict": "bad"}), PARAMETERS).state
    assert failed.marking == ("construct",)


def test_what_comes_first_is_asked_for_even_of_a_forged_state(compiled):
    chart = compiled("small-works")
    with pytest.raises(Refused, match="要先办"):
        advance(chart, State(("pay",)), StepAct("pay", "p", {}), PARAMETERS)


def test_sending_back_undoes_what_came_after(compiled):
    chart = compiled("small-works")
    state, _, _ = run(chart, until="decide__party_meeting")
    back = send_back(chart, state, "decide__party_meeting", "request")
    assert back.marking == ("request",) and back.done == () and set(back.facts) == {"case"}
    with pytest.raises(Refused, match="还没有办过"):
        send_back(chart, state, "decide__party_meeting", "contract")
    with pytest.raises(Refused, match="现在不能办"):
        send_back(chart, state, "request", "request")


BOTH = "  - {id: fork, kind: both, title: 分头, next: [b, c]}\n"
JOIN = "  - {id: meet, kind: join, title: 会合, next: d}\n"


def forked() -> Procedure:
    read = charts_in(
        tiny(step("a", "fork"), BOTH, step("b", "meet"), step("c", "meet"), JOIN, step("d", "end"), end())
    )
    return compile_chart(read["tiny"], read)


def test_parts_done_side_by_side_meet_again():
    chart = forked()
    state = advance(chart, start(chart, {}), StepAct("a", "p", {"n": 1}), {}).state
    assert set(state.marking) == {"b", "c"}
    one = advance(chart, state, StepAct("c", "p", {"n": 1}), {})
    assert one.entered == () and one.ended is None
    two = advance(chart, from_json(to_json(one.state)), StepAct("b", "p", {"n": 1}), {})
    assert two.entered == ("d",) and two.state.marking == ("d",)
    assert advance(chart, two.state, StepAct("d", "p", {"n": 1}), {}).ended == "end"


def test_sending_back_before_a_fork_takes_the_other_branch_along():
    chart = forked()
    state = advance(chart, start(chart, {}), StepAct("a", "p", {"n": 1}), {}).state
    state = advance(chart, state, StepAct("c", "p", {"n": 1}), {}).state
    assert send_back(chart, state, "b", "a").marking == ("a",)
    assert set(send_back(chart, state, "b", "c").marking) <= {"c", "meet"}


def test_the_state_is_small_and_comes_back_the_same(compiled):
    state, walked, ended = run(compiled("small-works"))
    assert ended == "end" and from_json(to_json(state)) == State(state.marking, state.facts, state.done)
    assert len(to_json(state)) < 4000 and len(walked) > 15


ANSWERS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 10_000_000_00)), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None)
@given(answers=ANSWERS)
def test_whatever_is_answered_only_ways_of_the_chart_are_walked(compiled, answers):
    chart = compiled("small-works")
    state, ended = start(chart, {"title": "x"}), None
    for place, (choice, amount) in enumerate(answers):
        if ended:
            break
        assert state.marking and all(chart.nodes[one].kind in WAITING for one in state.marking)
        node = chart.nodes[state.marking[0]]
        values: dict[str, str | int] = {
            one.id: one.options[choice % len(one.options)].id if one.options else amount
            for one in node.fields
        }
        if node.kind == "meeting":
            values["result"] = ("passed", "not_passed", "no_quorum")[choice % 3]
        outcome = advance(chart, state, StepAct(node.id, f"p{place}", values), PARAMETERS)
        state, ended = outcome.state, outcome.ended
        done = [name for name, _ in state.done]
        for name in ("contract", "pay"):
            if name in done:
                decided = [
                    one
                    for one in done[: done.index(name)]
                    if one
                    in (
                        "deliberate",
                        "decide__villager_vote",
                        "decide__assembly_vote",
                        "decide__member_vote",
                        "decide__member_reps_vote",
                    )
                ]
                assert decided and state.facts[decided[-1]]["result"] == "passed"
    with pytest.raises(Refused):
        advance(
            chart,
            state,
            StepAct("archive" if "archive" not in state.marking else "request", "p", {}),
            PARAMETERS,
        )
