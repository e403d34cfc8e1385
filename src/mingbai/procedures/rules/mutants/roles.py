"""Which damage is unlawful, said from the law and from the chart as it stands, without asking the proof.

A role is what the law wants done (`members`, who do it) before something else may happen (`guards`). Taking the only
member away that stands before a guard on some run makes that run unlawful; where another member stands there too, or
where a step has no role, the law is not touched. So a damage can be called unlawful or lawful before it is proved.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from mingbai.procedures.rules.mutants.beyond import (
    of_land,
    of_relief,
    of_taken_land,
    of_the_district,
    of_the_party,
)
from mingbai.procedures.rules.mutants.role import Role, answered, ends, hand, pick, signs, stage
from mingbai.procedures.rules.runs import Runs

VILLAGE = ("self_government",)
HELPING = ("assists_government", "assists_with_decision", "assists_with_appraisal")
FOUR = ("propose", "consult", "party_review", "resolve", "publish_decision")


def roles(runs: Runs) -> list[Role]:
    """All roles of a chart."""
    nature = runs.procedure.nature
    found = [*_of_money(runs), *_of_votes(runs)]
    if nature in (*VILLAGE, "mixed", "assists_with_decision"):
        filed = pick(runs, lambda node: node.id == "archive")
        found.append(Role("村民委员会组织法39条：村务要建档", filed, ends(runs, False)))
    if nature in VILLAGE:
        found += _of_the_village(runs)
    if nature in HELPING:
        found += of_relief(runs)
    if nature == "assists_with_decision":
        found += of_taken_land(runs)
    if nature == "party":
        found += of_the_party(runs)
    if nature == "administrative":
        found += of_the_district(runs)
    if nature == "mixed":
        found += of_land(runs)
    return [one for one in found if one.members and one.guards]


def _of_money(runs: Runs) -> Iterator[Role]:
    signed = pick(runs, signs)
    paid = pick(runs, lambda node: node.kind == "payment")
    watching = pick(
        runs, lambda node: node.hand == "review" and "village_supervision_committee" in node.offices
    )
    deciding = (*stage(runs, "resolve", "decide"), *hand(runs, "approve"))
    yield Role("村民委员会组织法28条：先决定，后签约付款", deciding, (*signed, *paid))
    yield Role("村民委员会组织法37条：监督委员会审核过才付款", watching, paid)
    yield Role("会计法35条：审批过才付款", hand(runs, "approve"), paid)
    if signed:
        yield Role("村民委员会组织法37条：验收合格才付款", hand(runs, "accept"), paid, signed)
    competing = stage(runs, "compete")
    reported = hand(runs, "report")
    yield from answered(
        runs, "building", reported, signed, "土地管理法实施条例40条：经营性建设用地方案先上报"
    )
    if competing:
        award = stage(runs, "award_publicity")
        yield Role("招标投标法实施条例54条：成交公示过才签约", award, signed, competing)
        yield Role("招标投标法46条：签了书面合同才付款", signed, paid, competing)
    if paid and not runs.procedure.part:
        shown = stage(runs, "publish_result")
        yield Role("村民委员会组织法35条：付了钱要公开结果", shown, ends(runs, True, False), paid)


def _of_votes(runs: Runs) -> Iterator[Role]:
    for before, here in pairwise(FOUR):
        yield Role("农村基层组织工作条例19条：四议两公开依次进行", stage(runs, before), stage(runs, here))
    beyond = (
        *pick(runs, lambda node: signs(node) or node.kind == "payment" or node.hand == "handle"),
        *ends(runs, False),
    )
    shown, voted = stage(runs, "publish_decision"), stage(runs, "resolve")
    if voted:
        yield Role("村民委员会组织法35条：决议公开了再往下办", shown, beyond, voted)


def _of_the_village(runs: Runs) -> Iterator[Role]:
    decided = stage(runs, "publish_decision")
    if decided:
        shown = stage(runs, "publish_result")
        yield Role("村民委员会组织法35条：实施结果要公开", shown, ends(runs, False), decided)
        carried = pick(runs, lambda node: node.hand == "handle" or node.kind == "payment")
        yield Role("村民委员会组织法35条：办了才有实施结果", carried, shown, decided)
        handled = hand(runs, "handle")
        letting = any(
            signs(node) and set(node.offices) <= {"rce_chair", "rce_council"} for node in runs.nodes.values()
        )
        if handled and not letting:
            looking = (*hand(runs, "accept"), *hand(runs, "review"), *hand(runs, "approve"))
            yield Role("村民委员会组织法37条：办的事要有人监督验收", looking, shown, handled)
