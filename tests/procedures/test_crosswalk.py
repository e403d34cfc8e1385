"""Every step, role and branch of the facts has its place in a chart; a crosswalk that is wrong says file, line and why."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import sha256

import pytest
from mingbai_test_charts import DISTRICT

from mingbai.catalogue.rules.powers import Power
from mingbai.kernel import BadFile, validate
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.crosswalk import Crosswalk, check_crosswalks, read_crosswalks
from mingbai.procedures.rules.graph import Procedure
from mingbai.procedures.rules.text import charts_in

pytestmark = pytest.mark.once
FILES = {str(path.relative_to(DISTRICT)): path.read_text() for path in sorted(DISTRICT.rglob("*.yaml"))}
HOUSE, WORKS = "crosswalk/20-rural-house-renovation.yaml", "crosswalk/05-procurement-small-works.yaml"
# Of the facts as they were handed over: steps of each power, and the digest of its ids, roles and branches.
FACTS = {
    "village-major-decision": (15, "4ab582dc4055a45f"),
    "collective-assets": (17, "95fd676dda32174c"),
    "land-transfer": (16, "d3c0ebb7e316624b"),
    "land-requisition-pension": (13, "ed2a10eee1efa630"),
    "procurement-small-works": (16, "0b5dcd188fa87ec6"),
    "village-fund-approval": (16, "f9792ee905d51cdf"),
    "labor-and-pay": (11, "e1cb93027b65e45b"),
    "party-member-recruitment": (18, "2172a7449a79309d"),
    "tekun-support": (17, "124f14a6762313d1"),
    "disability-subsidy": (12, "342ce50b40ecbd41"),
    "orphan-support": (10, "a900f323074ea1d1"),
    "dibao": (15, "f3bb46b6dde8e107"),
    "medical-assistance": (11, "b8876941aad42fb8"),
    "temporary-assistance": (14, "4beaaed1439bd9ca"),
    "disaster-relief": (11, "36182766bae0c8e0"),
    "home-care-subsidy": (11, "8185e3ba3dbaad77"),
    "veteran-subsidy": (12, "9a3f6ab9237db8d0"),
    "family-planning-reward": (13, "e292f7b782784e10"),
    "family-planning-special": (13, "e292f7b782784e10"),
    "rural-house-renovation": (13, "9d2f0c0d73300e56"),
}
STEPS, ROLES = 274, 156


@pytest.fixture(scope="module")
def procedures() -> dict[str, Procedure]:
    charts = charts_in(FILES)
    powers = [validate(Power, text, name) for name, text in FILES.items() if name.startswith("powers/")]
    return {one.id: compile_chart(charts[one.procedure], charts) for one in powers if one.procedure}


@pytest.fixture(scope="module")
def crosswalks(procedures: Mapping[str, Procedure]) -> dict[str, Crosswalk]:
    return check_crosswalks(FILES, procedures)


def test_every_step_and_role_of_the_facts_has_its_place(crosswalks):
    steps = [step for one in crosswalks.values() for step in one.steps]
    assert list(crosswalks) == list(FACTS)
    assert (len(steps), len({step.role for step in steps})) == (STEPS, ROLES)
    assert sum(steps for steps, _ in FACTS.values()) == STEPS


@pytest.mark.parametrize("power", FACTS)
def test_the_facts_are_copied_to_the_letter(crosswalks, power):
    bare = [
        [one.step, one.role, [[way.when, way.to] for way in one.branches]] for one in crosswalks[power].steps
    ]
    digest = sha256(json.dumps(bare, ensure_ascii=False).encode()).hexdigest()[:16]
    assert (len(bare), digest) == FACTS[power]


def spoil(name: str, old: str, new: str) -> tuple[dict[str, str], int]:
    """The files with one changed, and the line of the change."""
    text = FILES[name]
    assert text.count(old) >= 1, old
    return {**FILES, name: text.replace(old, new, 1)}, text[: text.index(old)].count("\n") + 1


DAMAGE = {
    "another office": (HOUSE, "offices: [district_finance]", "offices: [district_housing]", "职务和流程图不一样"),
    "a node that is not there": (HOUSE, "nodes: [pay]", "nodes: [pays]", "里没有环节 pays"),
    "a node left out": (HOUSE, "nodes: [archive]", "nodes: []", "没有哪个环节来办"),
    "a condition on no exit": (HOUSE, "accept.verdict == 'good'", "accept.verdict == 'bad'", "出口上找不到"),
    "a branch the chart does not take": (
        HOUSE, "to: build, condition: \"district", "to: accept, condition: \"district", "走不到 accept",
    ),
    "the two ways of a step swapped": (HOUSE, "{when: 不合格, to: build}", "{when: 不合格, to: pay}", "走不到 pay"),
    "an end that is not this one": (HOUSE, "{when: 完成, to: end}", "{when: 完成, to: end_rejected}", "走不到 end_rejected"),
    "a step that is nowhere": (HOUSE, "{when: 完成, to: accept}", "{when: 完成, to: accepted}", "不在这个文件里"),
    "a key that is unknown": (HOUSE, "role: 农户\n", "role: 农户\n    roles: 农户\n", "不认识这一项"),
    "an empty role": (HOUSE, "role: 农户\n", "role: ''\n", "role"),
    "a condition of another step": (
        WORKS, "condition: \"quote.quotes >= 3\"", "condition: \"statutory_tender.bids >= 3\"", "出口上找不到",
    ),
    "a call that is not there": (WORKS, "if_deliberated, by_decision, decide,", "if_deliberated, by_decision, decided,", "里没有环节 decided"),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_bad_crosswalk_is_refused_naming_file_line_and_reason(procedures, damage):
    name, old, new, reason = DAMAGE[damage]
    files, line = spoil(name, old, new)
    with pytest.raises(BadFile, match=re.escape(reason)) as caught:
        check_crosswalks(files, procedures)
    assert caught.value.file == name
    assert abs(caught.value.line - line) <= 6  # the step's line, or the line of what is wrong in it


def without_step(step: str) -> dict[str, str]:
    text = re.sub(rf"  - step: {step}\n(?:    .*\n)+", "", FILES[HOUSE])
    assert text != FILES[HOUSE]
    return {**FILES, HOUSE: text}


@pytest.mark.parametrize("step", ["appraisal_house", "town_publicity", "pay", "archive"])
def test_a_step_left_out_is_missed_where_another_leads_to_it(procedures, step):
    with pytest.raises(BadFile, match=f"去到的 {step} 不在这个文件里"):
        check_crosswalks(without_step(step), procedures)


def test_the_first_step_left_out_is_missed_on_the_chart(procedures):
    with pytest.raises(BadFile, match="环节 apply（农户自愿申请）没有步骤来对"):
        check_crosswalks(without_step("apply"), procedures)


def test_a_step_that_nothing_leads_to_is_refused(procedures):
    files, line = spoil(HOUSE, "{when: 完成, to: archive}", "{when: 完成, to: end}")
    with pytest.raises(BadFile, match="没有哪一步去到 archive") as caught:
        check_crosswalks(files, procedures)
    assert caught.value.line > line


def test_a_step_written_twice_is_refused(procedures):
    files, _ = spoil(HOUSE, "step: publish_result", "step: pay")
    with pytest.raises(BadFile, match="写了两遍|不在这个文件里"):
        check_crosswalks(files, procedures)


def test_what_a_chart_adds_must_be_said_and_only_that(procedures):
    step = "  - step: archive\n    role: 镇(街)、区住建局\n    nodes: [archive]\n"
    moved = FILES[HOUSE].replace(step, step.replace("[archive]", "[publish_result]"))
    moved = moved.replace(
        "[district_housing, town_government]\n",
        "[village_committee, village_committee_director, residents_committee]\n",
    )
    with pytest.raises(BadFile, match="环节 archive（一户一档）没有步骤来对"):
        check_crosswalks({**FILES, HOUSE: moved}, procedures)
    again = FILES[HOUSE] + "added:\n  - {node: archive, why: 多写的}\n"
    with pytest.raises(BadFile, match="环节 archive 已经有步骤来对"):
        check_crosswalks({**FILES, HOUSE: again}, procedures)


def test_a_branch_may_say_why_the_chart_goes_another_way(procedures):
    files, _ = spoil(HOUSE, "{when: 不合格, to: build}", "{when: 不合格, to: pay, why: 试写}")
    assert check_crosswalks(files, procedures)["rural-house-renovation"].steps
    files, _ = spoil(HOUSE, "condition: \"accept.verdict == 'good'\"", 'condition: "1 == 2", why: 试写')
    with pytest.raises(BadFile, match="出口上找不到"):
        check_crosswalks(files, procedures)


def test_a_chart_that_changes_under_its_crosswalk_is_noticed(procedures):
    chart = FILES["procedures/rural-house-renovation.yaml"].replace(
        "accept.verdict == 'good'", "accept.verdict != 'bad'"
    )
    charts = charts_in({**FILES, "procedures/rural-house-renovation.yaml": chart})
    changed = {
        **procedures,
        "rural-house-renovation": compile_chart(charts["rural-house-renovation"], charts),
    }
    with pytest.raises(BadFile, match="出口上找不到"):
        check_crosswalks(FILES, changed)


def test_a_file_is_named_after_its_power_and_a_power_has_a_chart(procedures):
    with pytest.raises(BadFile, match="文件名要和"):
        read_crosswalks({"crosswalk/21-x.yaml": FILES[HOUSE]})
    few = {id: one for id, one in procedures.items() if id != "rural-house-renovation"}
    with pytest.raises(BadFile, match="还没有流程图"):
        check_crosswalks(FILES, few)


def test_a_district_without_crosswalks_has_none(procedures):
    files = {name: text for name, text in FILES.items() if not name.startswith("crosswalk/")}
    assert check_crosswalks(files, procedures) == {}
