"""What a chart names that the district must have: figures, bodies, offices."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from mingbai.kernel import Citation
from mingbai.procedures.rules.expressions import names_in
from mingbai.procedures.rules.lawful.common import level, waiting
from mingbai.procedures.rules.report import Failure, Obligation, failed, obligation
from mingbai.procedures.rules.runs import Runs

POLICY = Citation("policy-huaishang", "第三部分(二)")


@dataclass(frozen=True)
class Known:
    """What the district's files say: names of figures, bodies that meet, offices with their level."""

    parameters: Collection[str]
    bodies: Collection[str]
    offices: Mapping[str, str]


def district_obligations(known: Known | None) -> tuple[Obligation, ...]:
    """The obligations that can only be proved beside the district's files; none without them."""
    if known is None:
        return ()

    @obligation("figure", POLICY)
    def figures_are_set(runs: Runs) -> Iterator[Failure]:
        """条件里用到的限额，区里都定了名目"""
        for node in runs.nodes.values():
            names = {name for way in node.exits if way.when for name in names_in(way.when)}
            for place, name in sorted(names):
                if place == "param" and name not in known.parameters:
                    said = f"“{node.title or node.id}”用到的限额 {name} 没有定"
                    yield failed(runs, "figure", said, POLICY, [node.id])

    @obligation("known_body", POLICY, when=lambda runs: any(one.body for one in runs.nodes.values()))
    def bodies_are_known(runs: Runs) -> Iterator[Failure]:
        """开的会都有人数规则"""
        for node in runs.nodes.values():
            if node.body and node.body not in known.bodies:
                said = f"“{node.title}”的会 {node.body} 没有人数规则"
                yield failed(runs, "known_body", said, POLICY, [node.id])

    @obligation("known_office", POLICY)
    def offices_are_known(runs: Runs) -> Iterator[Failure]:
        """办事的职务都在职务表里，哪一级的就是哪一级的"""
        for node in waiting(runs):
            for office in node.offices:
                if known.offices.get(office) != level(office):
                    said = f"“{node.title}”的职务 {office} 不在职务表里，或者不是这一级的"
                    yield failed(runs, "known_office", said, POLICY, [node.id])

    return figures_are_set, bodies_are_known, offices_are_known
