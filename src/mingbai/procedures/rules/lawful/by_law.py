"""What single laws on relief add: kin and evidence (低保), ability and the last notice (特困), who is unknown (医疗)."""

from __future__ import annotations

from collections.abc import Iterator

from mingbai.kernel import Citation
from mingbai.procedures.rules.lawful.common import answering, done_by, ids, local_id, notices
from mingbai.procedures.rules.lawful.relief import assists
from mingbai.procedures.rules.report import Failure, Obligation, failed, obligation
from mingbai.procedures.rules.runs import Runs

MEASURES = "dibao-measures"
FILED = Citation(MEASURES, "第11条")
VISITED = Citation(MEASURES, "第20条")
HEARD = Citation(MEASURES, "第18条")


TEKUN = "tekun-measures"
ABILITY = Citation(TEKUN, "第20条")
LAST_NOTICE = Citation(TEKUN, "第26条")
UNKNOWN = Citation("hard-expense", "第8条")


def _confirms_under(runs: Runs, law: str) -> bool:
    confirming = (node.citation for node in runs.stage("confirm"))
    return any(one is not None and one.law == law for one in confirming)


def _under_the_measures(runs: Runs) -> bool:
    return _confirms_under(runs, MEASURES)


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


@obligation("tekun", ABILITY, LAST_NOTICE, when=lambda runs: _confirms_under(runs, TEKUN))
def ability_is_assessed_and_ending_announced(runs: Runs) -> Iterator[Failure]:
    """特困的，评估了自理能力才发放；要终止的，先公示"""
    assessed = [node.id for node in runs.nodes.values() if local_id(node) == "ability"]
    found = runs.way(ids(runs.stage("grant")), without=assessed)
    if found:
        yield failed(runs, "tekun", "没有评估自理能力就能发放", ABILITY, found)
    shown = [one.id for one in notices(runs) if one.citation and one.citation.article == LAST_NOTICE.article]
    for checking in runs.stage("recheck"):
        found = runs.way(ids(runs.stage("stop")), after=checking.id, without=shown)
        if found:
            yield failed(runs, "tekun", "不公示就能终止", LAST_NOTICE, found)


@obligation("unknown", UNKNOWN, when=lambda runs: assists(runs) and bool(answering(runs, "unknown")))
def who_is_unknown_is_identified_first(runs: Runs) -> Iterator[Failure]:
    """没有认定过的，先认定是困难家庭，才确认"""
    confirms = ids(runs.stage("confirm"))
    identifying = [node.id for node in runs.hand("review") if done_by(node, "district")]
    for node, field, word in sorted(answering(runs, "unknown")):
        found = runs.way(confirms, after=node, said=[(field, word)], without=[node], without_yes=identifying)
        if found:
            yield failed(runs, "unknown", "没有认定就能确认", UNKNOWN, found)


BY_LAW: tuple[Obligation, ...] = (
    kin_of_officers_are_filed_and_visited,
    who_does_not_qualify_may_answer,
    ability_is_assessed_and_ending_announced,
    who_is_unknown_is_identified_first,
)
