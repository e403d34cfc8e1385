"""What the measures on the minimum living allowance add: kin of the village's officers, and a hearing before a refusal."""

from __future__ import annotations

from collections.abc import Iterator

from mingbai.kernel import Citation
from mingbai.procedures.rules.lawful.common import answering, done_by, ids
from mingbai.procedures.rules.report import Failure, Obligation, failed, obligation
from mingbai.procedures.rules.runs import Runs

MEASURES = "dibao-measures"
FILED = Citation(MEASURES, "第11条")
VISITED = Citation(MEASURES, "第20条")
HEARD = Citation(MEASURES, "第18条")


def _under_the_measures(runs: Runs) -> bool:
    confirming = (node.citation for node in runs.stage("confirm"))
    return any(one is not None and one.law == MEASURES for one in confirming)


@obligation("kin", FILED, VISITED, when=_under_the_measures)
def kin_of_officers_are_filed_and_visited(runs: Runs) -> Iterator[Failure]:
    """有没有近亲属要登记备案；有的，区里入户调查过才确认"""
    confirms = ids(runs.stage("confirm"))
    filed = answering(runs, "near")
    unfiled = runs.way(confirms, without={node for node, _, _ in filed})
    if unfiled:
        yield failed(runs, "kin", "不登记近亲属就能确认", FILED, unfiled)
    visits = [
        node.id for node in runs.nodes.values()
        if done_by(node, "district") and node.stage != "confirm" and node.kind == "task"
    ]  # fmt: skip
    for node, field, word in sorted(filed):
        unvisited = runs.way(confirms, after=node, said=[(field, word)], without=[node, *visits])
        if unvisited:
            yield failed(runs, "kin", "近亲属申请的，区里不入户就能确认", VISITED, unvisited)


@obligation("may_answer", HEARD, when=_under_the_measures)
def who_does_not_qualify_may_answer(runs: Runs) -> Iterator[Failure]:
    """调查下来不符合的，先告知、许他举证，再书面告知不批准"""
    asked = {node for node, _, _ in answering(runs, "evidence")}
    for node in runs.stage("investigate"):
        told, refused = ids(runs.stage("notify_refusal")), node.id
        found = runs.way(told, after=refused, refused=True, without=asked, without_yes=[refused])
        if found:
            yield failed(runs, "may_answer", "不让举证就能不批准", HEARD, found)
    again = ids(runs.stage("investigate"))
    for id, field, word in sorted(answering(runs, "evidence")):
        found = runs.way(ids(runs.stage("notify_refusal")), after=id, said=[(field, word)], without=again)
        if found:
            yield failed(runs, "may_answer", "举了证也不再调查", HEARD, found)


DIBAO: tuple[Obligation, ...] = (kin_of_officers_are_filed_and_visited, who_does_not_qualify_may_answer)
