"""Damage to the order: a step dropped, walked around, said yes for, turned, done too late, exchanged with the next."""

from __future__ import annotations

from collections.abc import Iterator

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
from mingbai.procedures.rules.mutants.roles import Role, roles, unlawful_without
from mingbai.procedures.rules.runs import Runs

NOTICES = ("announce", "award_publicity", "candidate_publicity")
OWN = "法律没有给这一步派角色，是当地自己加的"


def damaged_order(runs: Runs) -> Iterator[Mutant]:
    """Every damage to the order of a chart."""
    chart, every = runs.procedure, roles(runs)
    for node in [one for one in chart.nodes.values() if one.kind in WAITING]:
        article = unlawful_without(runs, every, node.id)
        made: list[tuple[str, Procedure | None]] = [
            ("drop", dropped(chart, node)),
            ("bypass", bypassed(chart, node)),
        ]
        for operator, damaged in made:
            if damaged is not None:
                yield Mutant(f"{operator}:{node.id}", damaged, article, OWN)
        yield from _voices(chart, node, article)
        yield from _places(runs, every, node)


def _voices(chart: Procedure, node: Node, article: str) -> Iterator[Mutant]:
    """The no of a step counts as a yes, or the other way round."""
    if node.kind == "publicity":
        heard = "公示是为了听异议：有人提了要先处理" if node.stage in NOTICES else ""
        why = "这里是公布，不是公示：法律没有要求等异议"
        if (damaged := yes_only(chart, node)) is not None:
            yield Mutant(f"deaf:{node.id}", damaged, heard, why)
        return
    for operator, damaged in (("yes_only", yes_only(chart, node)), ("turned", turned(chart, node))):
        if damaged is not None:
            yield Mutant(f"{operator}:{node.id}", damaged, article, OWN)


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
    return unlawful_without(
        runs,
        [
            Role(one.article, one.members, (guard,), one.after, one.spared)
            for one in every
            if guard in one.guards
        ],
        node,
    )
