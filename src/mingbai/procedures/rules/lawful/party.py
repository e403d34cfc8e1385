"""发展党员: the party's own steps, each before the next; the branch votes, the party committee above approves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from mingbai.kernel import Citation, Confidence
from mingbai.procedures.rules.lawful.common import answering, around, ids, local_id
from mingbai.procedures.rules.report import Failure, Obligation, failed, obligation
from mingbai.procedures.rules.runs import Runs

LAW = "party-member-dev"


def _article(number: int) -> Citation:
    return Citation(LAW, f"第{number}条", Confidence.likely)


ORDER = {
    "apply": ("递交入党申请书", _article(6)),
    "activist": ("确定入党积极分子", _article(8)),
    "cultivate": ("培养考察", _article(11)),
    "candidate_publicity": ("发展对象公示", _article(13)),
    "candidate": ("确定发展对象", _article(13)),
    "political_review": ("政治审查", _article(16)),
    "train": ("集中培训", _article(17)),
    "pre_review": ("镇党委预审", _article(18)),
    "admit": ("支部大会接收", _article(22)),
    "party_approve": ("党委审批", _article(25)),
    "oath": ("入党宣誓", _article(29)),
    "probation": ("预备期考察", _article(31)),
    "full_vote": ("支部大会讨论转正", _article(32)),
    "full_approve": ("党委审批转正", _article(33)),
}
VOTES = ("admit", "full_vote")
ABOVE = ("pre_review", "party_approve", "full_approve")
ABOVE_OFFICES = ("town_party_committee",)


def _is_party(runs: Runs) -> bool:
    return runs.procedure.nature == "party" and not runs.procedure.part


@obligation("party", *dict.fromkeys(article for _, article in ORDER.values()), when=_is_party)
def no_stage_of_the_party_is_missing(runs: Runs) -> Iterator[Failure]:
    """发展党员的各个环节一个不少"""
    for stage, (name, article) in ORDER.items():
        if not runs.stage(stage):
            yield failed(runs, "party", f"少了“{name}”", article)


@obligation("party_order", *dict.fromkeys(article for _, article in ORDER.values()), when=_is_party)
def stages_of_the_party_are_in_order(runs: Runs) -> Iterator[Failure]:
    """前一个环节通过了，才到后一个环节"""
    for (before, (first, _)), (here, (second, article)) in pairwise(ORDER.items()):
        found = around(runs, runs.stage(here), runs.stage(before)) if runs.stage(before) else ()
        if found:
            yield failed(runs, "party_order", f"“{first}”没有通过也能到“{second}”", article, found)


@obligation("party_full", _article(33), when=_is_party)
def full_member_only_when_approved(runs: Runs) -> Iterator[Failure]:
    """党委批准转正了才办成"""
    found = runs.way(runs.ends(stopped=False), without_yes=ids(runs.stage("full_approve")))
    if found:
        yield failed(runs, "party_full", "没有批准转正也能办成", _article(33), found)


@obligation("party_body", _article(22), _article(25), when=_is_party)
def the_branch_votes_and_the_committee_approves(runs: Runs) -> Iterator[Failure]:
    """接收和转正由支部党员大会表决，预审和审批由镇党委"""
    for node in runs.stage(*VOTES):
        if node.kind != "meeting" or node.body != "party_branch_admission":
            said = f"“{node.title}”不是支部党员大会表决"
            yield failed(runs, "party_body", said, _article(22), runs.way([node.id]) or [node.id])
    for node in runs.stage(*ABOVE):
        if not set(node.offices) <= set(ABOVE_OFFICES):
            said = f"“{node.title}”不由镇党委来办"
            yield failed(runs, "party_body", said, _article(25), runs.way([node.id]) or [node.id])


BETWEEN = (
    ("talk", "activist", "派人谈话", _article(7)),
    ("committee_talk", "party_approve", "上级派人谈话", _article(23)),
)
"""Talks between the stages, known by their id: before which stage each is held."""
FOUNDED = ("founded",)
NOT_FULL = ("extend", "cancel")


@obligation("party_talk", _article(7), _article(23), _article(36), when=_is_party)
def talks_are_held_and_papers_filed(runs: Runs) -> Iterator[Failure]:
    """该谈的话谈了才往下办，材料归档了才办结"""
    for id, stage, name, article in BETWEEN:
        held = [node.id for node in runs.nodes.values() if local_id(node) == id]
        found = runs.way(ids(runs.stage(stage)), without=held)
        if found:
            yield failed(runs, "party_talk", f"没有“{name}”就能往下办", article, found)
    filed = [node.id for node in runs.nodes.values() if local_id(node) == "archive"]
    found = runs.way(runs.ends(stopped=False), without=filed)
    if found:
        yield failed(runs, "party_talk", "材料不归档就能办结", _article(36), found)


@obligation("party_answer", _article(13), _article(33), when=_is_party)
def what_was_found_is_heeded(runs: Runs) -> Iterator[Failure]:
    """异议查实的不列为发展对象，延长和取消的不算转正"""
    for node, field, word in sorted(answering(runs, *FOUNDED)):
        found = runs.way(
            ids(runs.stage("candidate")),
            after=node,
            said=[(field, word)],
            without=ids(runs.stage("cultivate")),
        )
        if found:
            yield failed(runs, "party_answer", "异议查实了也能列为发展对象", _article(13), found)
    for node, field, word in sorted(answering(runs, *NOT_FULL)):
        again = {one for one in answering(runs, "full") if one[0] == node}
        found = runs.way(runs.ends(stopped=False), after=node, said=[(field, word)], without_answers=again)
        if found:
            yield failed(runs, "party_answer", "延长、取消的也能算转正", _article(33), found)


PARTY: tuple[Obligation, ...] = (
    no_stage_of_the_party_is_missing,
    stages_of_the_party_are_in_order,
    full_member_only_when_approved,
    the_branch_votes_and_the_committee_approves,
    talks_are_held_and_papers_filed,
    what_was_found_is_heeded,
)
