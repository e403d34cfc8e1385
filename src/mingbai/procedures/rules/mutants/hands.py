"""Damage to whose hands do it: one person may do what two must, one office gets both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mingbai.procedures.rules.graph import WAITING, Node, Procedure
from mingbai.procedures.rules.mutants.editing import with_node
from mingbai.procedures.rules.mutants.mutant import Mutant
from mingbai.procedures.rules.runs import Runs

KEPT_APART = frozenset({
    frozenset({"propose", "approve"}), frozenset({"propose", "accept"}), frozenset({"propose", "pay"}),
    frozenset({"propose", "review"}), frozenset({"handle", "accept"}), frozenset({"approve", "pay"}),
    frozenset({"accept", "pay"}), frozenset({"accept", "approve"}), frozenset({"review", "approve"}),
    frozenset({"review", "pay"}), frozenset({"approve"}),
})  # fmt: skip
LAW = "会计法35条、村民委员会组织法37条：不相容的事由不同的人办"
RECUSAL = "申请的人和经办申请的人不审查、不决定"
GRANTER = "会计法35条：确认的和发放的分开"
DECIDING = ("accept_application", "review", "confirm", "investigate")


def damaged_hands(runs: Runs) -> Iterator[Mutant]:
    """For every two steps that the chart keeps apart, or that the law does: no longer apart."""
    chart = runs.procedure
    steps = [one for one in chart.nodes.values() if one.kind in WAITING]
    for place, one in enumerate(steps):
        for other in steps[place + 1 :]:
            article = _article(one, other) if _in_one_case(runs, one, other) else ""
            if other.id in one.separate_from or one.id in other.separate_from:
                apart = _authorities(one).isdisjoint(_authorities(other))
                harmless = "两步在不同的机关，一个人办不了" if apart else "法律没有要求这两步分开"
                damaged = _joined(chart, one, other)
                yield Mutant(f"one_hand:{one.id}+{other.id}", damaged, "" if apart else article, harmless)
            if article:
                both = replace(other, offices=one.offices)
                yield Mutant(f"one_office:{one.id}+{other.id}", _joined(chart, one, both), article)


def _joined(chart: Procedure, one: Node, other: Node) -> Procedure:
    return with_node(
        chart,
        replace(one, separate_from=tuple(name for name in one.separate_from if name != other.id)),
        replace(other, separate_from=tuple(name for name in other.separate_from if name != one.id)),
    )


def _article(one: Node, other: Node) -> str:
    """The law that keeps two steps in different hands, or nothing."""
    if frozenset({one.hand, other.hand}) in KEPT_APART:
        return LAW
    for asks, decides in ((one, other), (other, one)):
        if (asks.stage == "apply" or asks.hand == "propose") and (
            decides.stage in DECIDING or decides.hand in ("approve", "accept", "review")
        ):
            return RECUSAL
        if asks.stage == "confirm" and decides.stage == "grant":
            return GRANTER
    return ""


def _authorities(node: Node) -> set[str]:
    """In a village or a town one person may hold several offices; the district's are kept by different bodies."""
    return {
        office if office.startswith("district_") else "town" if office.startswith("town_") else "village"
        for office in node.offices
    }


def _in_one_case(runs: Runs, one: Node, other: Node) -> bool:
    return other.id in runs.following(one.id) or one.id in runs.following(other.id)
