"""Which damage is unlawful, said from the law and from the chart as it stands, without asking the proof.

A role is what the law wants done (`members`, who do it) before something else may happen (`guards`). Taking the only
member away that stands before a guard on some run makes that run unlawful; where another member stands there too, or
where a step has no role, the law is not touched. So a damage can be called unlawful or lawful before it is proved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from mingbai.procedures.rules.graph import Node
from mingbai.procedures.rules.runs import Answer, Runs

Pick = Callable[[Node], bool]
VILLAGE = ("self_government",)
HELPING = ("assists_government", "assists_with_decision", "assists_with_appraisal")
PARTY = (
    "apply", "activist", "cultivate", "candidate_publicity", "candidate", "political_review", "train", "pre_review",
    "admit", "party_approve", "oath", "probation", "full_vote", "full_approve",
)  # fmt: skip
FOUR = ("propose", "consult", "party_review", "resolve", "publish_decision")
BEFORE_CONFIRMING = ("dibao-measures", "tekun-measures", "social-assistance-interim", "disaster")
SPARING = ("urgent", "recognised")


@dataclass(frozen=True)
class Role:
    """What must be done before what, in the law's words; `after`: only once this was done (ids, any of them)."""

    article: str
    members: tuple[str, ...]
    guards: tuple[str, ...]
    after: tuple[str, ...] = ()
    spared: frozenset[Answer] = frozenset()


def roles(runs: Runs) -> list[Role]:
    """All roles of a chart."""
    nature = runs.procedure.nature
    found = [*_of_money(runs), *_of_votes(runs)]
    if nature in VILLAGE:
        found += _of_the_village(runs)
    if nature in HELPING:
        found += _of_relief(runs)
    if nature == "party":
        found += _of_the_party(runs)
    if nature == "administrative":
        found += _of_the_district(runs)
    if nature == "mixed":
        found += _of_land(runs)
    return [one for one in found if one.members and one.guards]


def unlawful_without(runs: Runs, every: list[Role], node: str) -> str:
    """The article of a role of which this step is the only member on some run before a guard; else empty."""
    for role in every:
        if node not in role.members:
            continue
        others = [one for one in role.members if one != node]
        for first in role.after or ("",):
            if runs.way(role.guards, after=first, without=others, without_answers=role.spared):
                return role.article
    return ""


def _pick(runs: Runs, fits: Pick) -> tuple[str, ...]:
    return tuple(node.id for node in runs.nodes.values() if fits(node))


def _stage(runs: Runs, *stages: str) -> tuple[str, ...]:
    return _pick(runs, lambda node: node.stage in stages)


def _hand(runs: Runs, hand: str) -> tuple[str, ...]:
    return _pick(runs, lambda node: node.hand == hand)


def _signing(node: Node) -> bool:
    return node.kind == "task" and node.id.rsplit("__", 1)[-1] in ("contract", "sign")


def _ends(runs: Runs, *stopped: bool) -> tuple[str, ...]:
    return _pick(runs, lambda node: node.kind == "end" and node.stopped in stopped)


def _of_money(runs: Runs) -> Iterator[Role]:
    signed = _pick(runs, _signing)
    paid = _pick(runs, lambda node: node.kind == "payment")
    watching = _pick(
        runs, lambda node: node.hand == "review" and "village_supervision_committee" in node.offices
    )
    deciding = (*_stage(runs, "resolve", "decide"), *_hand(runs, "approve"))
    yield Role("村民委员会组织法28条：先决定，后签约付款", deciding, (*signed, *paid))
    yield Role("村民委员会组织法37条：监督委员会审核过才付款", watching, paid)
    yield Role("会计法35条：审批过才付款", _hand(runs, "approve"), paid)
    if signed:
        yield Role("村民委员会组织法37条：验收合格才付款", _hand(runs, "accept"), paid, signed)
    competing = _stage(runs, "compete")
    if competing:
        award = _stage(runs, "award_publicity")
        yield Role("招标投标法实施条例54条：成交公示过才签约", award, signed, competing)
        yield Role("招标投标法46条：签了书面合同才付款", signed, paid, competing)
    if paid and not runs.procedure.part:
        shown = _stage(runs, "publish_result")
        yield Role("村民委员会组织法35条：付了钱要公开结果", shown, _ends(runs, True, False), paid)


def _of_votes(runs: Runs) -> Iterator[Role]:
    for before, here in pairwise(FOUR):
        yield Role("农村基层组织工作条例19条：四议两公开依次进行", _stage(runs, before), _stage(runs, here))
    beyond = (
        *_pick(runs, lambda node: _signing(node) or node.kind == "payment" or node.hand == "handle"),
        *_ends(runs, False),
    )
    shown, voted = _stage(runs, "publish_decision"), _stage(runs, "resolve")
    if voted:
        yield Role("村民委员会组织法35条：决议公开了再往下办", shown, beyond, voted)


def _of_the_village(runs: Runs) -> Iterator[Role]:
    filed = _pick(runs, lambda node: node.id == "archive")
    yield Role("村民委员会组织法39条：村务要建档", filed, _ends(runs, False))
    decided = _stage(runs, "publish_decision")
    if decided:
        shown = _stage(runs, "publish_result")
        yield Role("村民委员会组织法35条：实施结果要公开", shown, _ends(runs, False), decided)
        carried = _pick(runs, lambda node: node.hand == "handle" or node.kind == "payment")
        yield Role("村民委员会组织法35条：办了才有实施结果", carried, shown, decided)
        handled = _hand(runs, "handle")
        letting = any(
            _signing(node) and set(node.offices) <= {"rce_chair", "rce_council"}
            for node in runs.nodes.values()
        )
        if handled and not letting:
            looking = (*_hand(runs, "accept"), *_hand(runs, "review"), *_hand(runs, "approve"))
            yield Role("村民委员会组织法37条：办的事要有人监督验收", looking, shown, handled)


def _of_relief(runs: Runs) -> Iterator[Role]:
    def official(*stages: str) -> tuple[str, ...]:
        return _pick(
            runs,
            lambda node: (
                node.stage in stages
                and bool(node.offices)
                and all(office.startswith(("town_", "district_")) for office in node.offices)
            ),
        )

    spared = frozenset(
        (node.id, field.id, option.id)
        for node in runs.nodes.values() for field in node.fields for option in field.options
        if option.id in SPARING
    )  # fmt: skip
    confirm, grant = _stage(runs, "confirm"), _stage(runs, "grant")
    examining = ("review", "investigate")
    yield Role(
        "社会救助法43、44条：镇里受理了才调查审核",
        official("accept_application"),
        (*official(*examining), *confirm),
    )
    yield Role("社会救助法43条：调查审核过才确认", official(*examining), confirm, (), spared)
    looked = official("accept_application", *examining)
    town = tuple(
        one for one in looked if any(office.startswith("town_") for office in runs.nodes[one].offices)
    )
    yield Role("社会救助法44条：镇里受理审核", town, confirm, (), spared)
    for notice in _stage(runs, "announce"):
        yield from _of_a_notice(runs, notice, spared)
    yield Role("社会救助法44条：确认了才发放", confirm, grant)
    told = _stage(runs, "notify_refusal")
    yield Role("社会救助法45条：不批准的书面告知", told, _ends(runs, True), _stage(runs, "apply"))
    given = (*grant, *_stage(runs, "grant_urgent"))
    if given and not runs.procedure.children:
        shown = _stage(runs, "publish_result")
        yield Role("社会救助法45条：结果要公布", shown, _ends(runs, True, False), given)
    yield from _of_afterwards(runs)
    yield from _of_appraisal(runs)


def _of_a_notice(runs: Runs, notice: str, spared: frozenset[Answer]) -> Iterator[Role]:
    """Only where the law wants this notice; where it is a custom of the place, the law is not touched without it."""
    law = runs.nodes[notice].citation
    if (
        law is None
        or law.law not in BEFORE_CONFIRMING
        or not runs.way([notice], without=_stage(runs, "grant"))
    ):
        return
    members = (notice, *_stage(runs, "spare"))
    yield Role("公示过了才确认发放", members, (*_stage(runs, "grant"), *_stage(runs, "confirm")), (), spared)


def _of_afterwards(runs: Runs) -> Iterator[Role]:
    every, checked = _ends(runs, True, False), _stage(runs, "recheck")
    standing = any(
        node.stage == "confirm"
        and node.citation
        and node.citation.law in ("dibao-measures", "tekun-measures")
        for node in runs.nodes.values()
    )
    if standing:
        yield Role("社会救助法46条：动态核查", checked, every, _stage(runs, "grant"))
    if checked:
        yield Role("社会救助法48条：停发要决定并书面告知", _stage(runs, "stop"), every, checked)
    urgent = _stage(runs, "grant_urgent")
    if urgent:
        yield Role("社会救助法50条：先救助的补办手续", _stage(runs, "follow_papers"), every, urgent)


def _of_appraisal(runs: Runs) -> Iterator[Role]:
    beyond = _stage(runs, "review", "confirm")
    appraised = _stage(runs, "appraise")
    if runs.procedure.nature == "assists_with_appraisal":
        yield Role("自然灾害救助条例20条：评议通过再审核", appraised, beyond)
        yield Role("自然灾害救助条例20条：评议结果公示过再审核", _stage(runs, "announce"), beyond, appraised)
    if runs.procedure.nature == "assists_with_decision":
        beyond = (*beyond, *_stage(runs, "grant"), *_hand(runs, "report"))
        yield Role("村里依法决定了再上报", _stage(runs, "resolve"), beyond)
        yield Role("决议公开了再上报", _stage(runs, "publish_decision"), beyond)


def _of_the_party(runs: Runs) -> Iterator[Role]:
    for before, here in pairwise(PARTY):
        yield Role("发展党员工作细则：各环节依次进行", _stage(runs, before), _stage(runs, here))
    yield Role("发展党员工作细则33条：批准转正才办成", _stage(runs, "full_approve"), _ends(runs, False))


def _of_the_district(runs: Runs) -> Iterator[Role]:
    notice = "实施方案第三部分(一)：梳理、归纳、审核、提请审议、确认"
    settled = _stage(runs, "confirm_edition", "ratify", "admit_task")
    lawful, agreed = _stage(runs, "lawfulness"), _stage(runs, "deliberate")
    yield Role(notice, lawful, settled)
    yield Role(notice, agreed, settled)
    yield Role(notice, _stage(runs, "compile", "examine"), (*lawful, *agreed, *_stage(runs, "decide_urgent")))
    urgent = _stage(runs, "confirm_emergency")
    later = "实施方案第三部分(四)：清单及时调整"
    yield Role(later, _stage(runs, "decide_urgent"), urgent)
    if urgent:
        yield Role(later, _stage(runs, "ratify"), _ends(runs, False), urgent)
    if _stage(runs, "examine"):
        yield Role(later, _stage(runs, "examine"), _ends(runs, False))
        yield Role(later, lawful, _ends(runs, False))


def _of_land(runs: Runs) -> Iterator[Role]:
    signing = _pick(runs, lambda node: node.id == "household_sign")
    own = frozenset(
        (node.id, field.id, option.id)
        for node in runs.nodes.values() if node.hand == "propose"
        for field in node.fields for option in field.options if option.id in ("own", "capital")
    )  # fmt: skip
    written = _pick(runs, lambda node: node.id == "authorize")
    yield Role("农村土地经营权流转管理办法8条：农户书面委托", written, signing, (), own)
