"""Damage to the order: a step dropped, walked around, said yes for, turned, done too late, exchanged with the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mingbai.procedures.rules.graph import WAITING, Node, Procedure
from mingbai.procedures.rules.mutants.editing import (
    block,
    bypassed,
    dropped,
    exchanged,
    moved_behind,
    turned,
    yes_only,
)
from mingbai.procedures.rules.mutants.mutant import Mutant
from mingbai.procedures.rules.mutants.role import Role, unlawful_without
from mingbai.procedures.rules.mutants.roles import roles
from mingbai.procedures.rules.runs import Runs

NOTICES = ("announce", "award_publicity", "candidate_publicity")
SPEAKING = (
    "propose", "consult", "party_review", "resolve", "decide", "accept_application", "investigate", "review",
    "appraise", "confirm", "political_review", "pre_review", "admit", "party_approve", "full_vote", "full_approve",
    "activist", "lawfulness", "deliberate", "decide_urgent",
)  # fmt: skip
HURRY = ("urgent", "emergency")
OWN = "这一步是当地自己加的，法律没有要求"
UNGUARDED = "法律提到这一步，没有规定不办它就不能往下走"
MISLED = {
    **dict.fromkeys(
        ("village", "assembly", "collective"), (("turned",), "村民委员会组织法28条：什么事由什么会定")
    ),
    **dict.fromkeys(("misused", "breach", "overdue"), (("turned",), "农村土地承包法42条：没有违约不能解除")),
    "revise": (("turned", "yes_only"), "土地管理法实施条例40条：政府的修改意见要改"),
    "founded": (("turned", "yes_only"), "发展党员工作细则13条：异议查实的不列为发展对象"),
    "evidence": (("turned",), "低保审核确认办法18条：举了证要再查"),
    "stop": (("turned",), "社会救助法48条：不符合的不再发"),
    "cancelled": (("turned", "yes_only"), "社会救助法48条：取消了的不再发"),
}
"""What it breaks when the way of an answer with this word is turned round, or led where the others go."""


def damaged_order(runs: Runs) -> Iterator[Mutant]:
    """Every damage to the order of a chart."""
    chart, every = runs.procedure, roles(runs)
    for node in [one for one in chart.nodes.values() if one.kind in WAITING]:
        article = unlawful_without(runs, every, node.id, block(chart, node).target) or _idle(runs, node)
        made: list[tuple[str, Procedure | None]] = [
            ("drop", dropped(chart, node)),
            ("bypass", bypassed(chart, node)),
        ]
        for operator, damaged in made:
            if damaged is not None:
                yield Mutant(f"{operator}:{node.id}", damaged, article, _harmless(node))
        yield from _voices(chart, node)
        yield from _places(runs, every, node)


def _idle(runs: Runs, node: Node) -> str:
    """Without this step a notice to which somebody objected would only hang again."""
    notice = runs.nodes[block(runs.procedure, node).target]
    answers = notice.stage in NOTICES and node.id in runs.next_to(notice.id, "objection", "raised")
    return "公示是为了听异议：有人提了要先处理" if answers else ""


def _harmless(node: Node) -> str:
    return UNGUARDED if node.citation and node.citation.law != "local-unknown" else OWN


def _voices(chart: Procedure, node: Node) -> Iterator[Mutant]:
    """The no of a step counts as a yes, or the other way round."""
    if node.kind == "publicity":
        heard = "公示是为了听异议：有人提了要先处理" if node.stage in NOTICES else ""
        why = "这里是公布，不是公示：法律没有要求等异议"
        if (damaged := yes_only(chart, node)) is not None:
            yield Mutant(f"deaf:{node.id}", damaged, heard, why)
        return
    for operator, damaged in (("yes_only", yes_only(chart, node)), ("turned", turned(chart, node))):
        if damaged is not None:
            said = _unheard(chart, node, operator) if _says_no(node) else _misled(chart, node, operator)
            yield Mutant(f"{operator}:{node.id}", damaged, said, _harmless(node))


def _says_no(node: Node) -> bool:
    return node.kind == "meeting" or any(field.id == "verdict" for field in node.fields)


def _unheard(chart: Procedure, node: Node, operator: str) -> str:
    """What it means that the no of this step is not heard."""
    if node.stage == "investigate" and not any(
        one.startswith(("town_", "district_")) for one in node.offices
    ):
        return ""  # the village only looks; what it says decides nothing
    if node.stage in SPEAKING or node.hand in ("approve", "accept", "review"):
        return "说了不行的，不能照样办下去"
    if node.stage == "compete":
        return "招标投标法28条：不足三家、流标的重新来" if _is_legal(node) else ""
    if node.stage == "overrule":
        return "异议没有驳回的，重新评议"
    if node.stage == "objection" and operator == "turned":
        return "异议成立的，重新来过"
    if node.stage == "recheck" and operator == "turned":
        return "社会救助法46、48条：还符合的不停，不符合的才停"
    return ""


def _misled(chart: Procedure, node: Node, operator: str) -> str:
    """What it means that an answer which is no verdict leads elsewhere."""
    hurried = any(option.id in HURRY for field in node.fields for option in field.options)
    if hurried and any(one.stage == "grant_urgent" for one in chart.nodes.values()):
        return "社会救助法50条：急难的才能先救助"
    if node.stage == "compete":
        return "招标投标法28条：不足三家、流标的重新来" if _is_legal(node) else ""
    for word in (option.id for field in node.fields for option in field.options if option.id in MISLED):
        operators, article = MISLED[word]
        if operator in operators and _is_moved(chart, node, word):
            return article
    return ""


def _is_moved(chart: Procedure, node: Node, word: str) -> bool:
    """Whether the answer with this word leads elsewhere once the choice is damaged."""
    part = block(chart, node)
    ways = chart.nodes[part.choices[0]].exits
    own = next((way for way in ways if f"'{word}'" in (way.when or "")), ways[-1])
    away = next((way.to for way in reversed(ways) if way.to != part.target), "")
    return own.to in (part.target, away)


def _is_legal(node: Node) -> bool:
    return node.citation is not None and node.citation.law == "bidding"


def _places(runs: Runs, every: list[Role], node: Node) -> Iterator[Mutant]:
    """A step that guards another is done behind it; two that follow one another change places."""
    chart = runs.procedure
    guarded = {guard for role in every if node.id in role.members for guard in role.guards}
    for name in sorted(guarded):
        later = chart.nodes[name]
        damaged = moved_behind(chart, node, later) if later.kind in WAITING else None
        if damaged is not None:
            yield Mutant(
                f"late:{node.id}>{name}", damaged, _order(runs, every, node.id, name), "还有别的步骤守着"
            )
    following = chart.nodes[block(chart, node).target]
    damaged = exchanged(chart, node, following) if following.kind in WAITING else None
    if damaged is not None:
        article = _order(runs, every, node.id, following.id)
        yield Mutant(f"swap:{node.id}>{following.id}", damaged, article, "法律没有规定这两步谁先谁后")


def _order(runs: Runs, every: list[Role], node: str, guard: str) -> str:
    """The article that wants this step before that one, when nothing else stands before it."""
    guarding = [replace(one, guards=(guard,)) for one in every if guard in one.guards]
    return unlawful_without(runs, guarding, node, block(runs.procedure, runs.nodes[node]).target)
