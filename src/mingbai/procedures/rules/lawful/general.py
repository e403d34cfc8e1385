"""What every chart owes, whatever its nature: the five disclosures, and what it says itself must come first."""

from __future__ import annotations

from collections.abc import Iterator

from mingbai.kernel import Citation
from mingbai.procedures.rules.lawful.common import DECISION, waiting
from mingbai.procedures.rules.report import Failure, Obligation, failed, obligation
from mingbai.procedures.rules.runs import Runs

OPENNESS = Citation("policy-huaishang", "第三部分(三)")
LEVELS = {"list": "清单", "rules": "制度", "procedure": "程序", "process": "过程", "result": "结果"}


@obligation("five", OPENNESS, when=lambda runs: not runs.procedure.part)
def five_disclosures_are_mapped(runs: Runs) -> Iterator[Failure]:
    """五公开的每一级都写明公开什么"""
    for level, name in LEVELS.items():
        if level not in runs.procedure.disclosures:
            yield failed(runs, "five", f"五公开少了“{name}”这一级", OPENNESS)


def _sources(runs: Runs) -> Iterator[Citation]:
    yield from dict.fromkeys(node.citation for node in waiting(runs) if node.after_groups and node.citation)


@obligation("after", by=_sources, when=lambda runs: any(node.after_groups for node in runs.nodes.values()))
def what_must_come_first_does(runs: Runs) -> Iterator[Failure]:
    """写明要先办的，从哪条路走都绕不开"""
    for node in runs.nodes.values():
        for group in node.after_groups:
            around = runs.way([node.id], without=set(group) - {node.id})
            if around:
                first = runs.nodes[group[0]].title
                said = f"绕开“{first}”就能到“{node.title}”"
                yield failed(runs, "after", said, node.citation or DECISION, around)


HEARD = Citation("bidding-reg", "第54条")
HEARING = ("announce", "award_publicity", "candidate_publicity")
"""Notices that hang so that people can object (公示), unlike those that only make public (公布)."""


def _heard_under(runs: Runs) -> Iterator[Citation]:
    yield from dict.fromkeys(node.citation for node in runs.stage(*HEARING) if node.citation)


@obligation("heard", by=_heard_under, when=lambda runs: bool(runs.stage(*HEARING)))
def objections_are_heard(runs: Runs) -> Iterator[Failure]:
    """公示期间有人提异议的，先处理，不能和没有人提一样往下办"""
    acting = {node.id for node in waiting(runs)}
    for notice in runs.stage(*HEARING):
        beyond = runs.next_to(notice.id, "objection", "none") - {notice.id}
        raised = [("objection", "raised")]
        idle = runs.way(beyond, after=notice.id, said=raised, without=acting - {notice.id})
        if idle:
            article = notice.citation or HEARD
            way = (*runs.way([notice.id]), *idle[1:])
            yield failed(runs, "heard", f"“{notice.title}”有人提异议，不处理也能往下办", article, way)


GENERAL: tuple[Obligation, ...] = (
    what_must_come_first_does,
    objections_are_heard,
    five_disclosures_are_mapped,
)
