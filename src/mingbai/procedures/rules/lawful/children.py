"""Minors: nothing about them hangs in public."""

from __future__ import annotations

from collections.abc import Iterator

from mingbai.kernel import Citation
from mingbai.procedures.rules.lawful.common import notices
from mingbai.procedures.rules.report import Failure, Obligation, failed, obligation
from mingbai.procedures.rules.runs import Runs

UNSEEN = Citation("de-facto-orphan-2019", "第二部分(二)")
ABOUT_CHILDREN = ("de-facto-orphan-2019", "orphan-2010", "orphan-fee-2010")
"""Rules that are about children and nobody else."""


@obligation("marked", UNSEEN, when=lambda runs: _is_about_children(runs))
def what_is_about_children_says_so(runs: Runs) -> Iterator[Failure]:
    """办儿童事项的流程图写明是儿童事项"""
    if not runs.procedure.children:
        yield failed(runs, "marked", "没有写明是儿童事项", UNSEEN)


def _is_about_children(runs: Runs) -> bool:
    return any(node.citation and node.citation.law in ABOUT_CHILDREN for node in runs.nodes.values())


@obligation("children", UNSEEN, when=lambda runs: runs.procedure.children or _is_about_children(runs))
def children_are_not_made_public(runs: Runs) -> Iterator[Failure]:
    """儿童的事从头到尾不张贴、不公布"""
    for node in [*notices(runs), *runs.stage("announce", "publish_result")]:
        yield failed(
            runs, "children", f"“{node.title}”会把儿童的事公开", UNSEEN, runs.way([node.id]) or [node.id]
        )


CHILDREN: tuple[Obligation, ...] = (what_is_about_children_says_so, children_are_not_made_public)
