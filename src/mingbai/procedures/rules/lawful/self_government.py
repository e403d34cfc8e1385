"""Self-government: 四议两公开, each stage by the body that the law names, passed before the next, and made public."""

from __future__ import annotations

from collections.abc import Iterator

from mingbai.kernel import Citation
from mingbai.procedures.rules.lawful.common import (
    DECISION,
    FOUR,
    PUBLISHED,
    WATCHED,
    answering,
    binding,
    contracts,
    done_by,
    ids,
    local_id,
    payments,
)
from mingbai.procedures.rules.report import Failure, Obligation, failed, obligation
from mingbai.procedures.rules.runs import Runs

STAGES = ("propose", "consult", "party_review", "resolve", "publish_decision", "publish_result")
NAMES = ("村党组织提议", "村“两委”商议", "党员大会审议", "村民（代表）会议决议", "决议公开", "实施结果公开")
MEMBERS = Citation("rceo", "第26条")
MEMBERS_CALLED = Citation("rceo", "第27条")
PARTY = Citation("party-branch", "第11条")
ASSEMBLY = Citation("vcol", "第25条、第29条")
CARRIED = Citation("vcol", "第35条第2款第1项")
APPRAISED = Citation("disaster", "第20条")
ARCHIVE = Citation("vcol", "第39条")
OF_VILLAGERS = ("villagers_meeting", "villager_reps_meeting", "residents_meeting", "residents_reps_meeting")
OF_MEMBERS = ("rce_members", "rce_reps")
OF_PARTY = ("party_branch_general",)
BODIES = {
    "propose": (OF_PARTY, FOUR),
    "consult": (("liangwei",), FOUR),
    "party_review": (OF_PARTY, FOUR),
    "resolve": ((*OF_VILLAGERS, *OF_MEMBERS), DECISION),
    "appraise": (("appraisal_group", *OF_VILLAGERS), APPRAISED),
    "decide": (("liangwei", "rce_council", *OF_VILLAGERS, *OF_MEMBERS), DECISION),
}
MATTERS = {
    "village": (("villager_reps_meeting", "residents_reps_meeting"), ASSEMBLY),
    "assembly": (("villagers_meeting", "residents_meeting"), DECISION),
    "collective": (("rce_members",), MEMBERS),
    "members": (("rce_members",), MEMBERS),
    "collective_reps": (("rce_reps",), MEMBERS),
    "reps": (("rce_reps",), MEMBERS),
}
"""Answers that say what kind of matter it is, and the bodies that may decide it."""
CONVENERS = (
    (OF_VILLAGERS, ("village_committee", "village_committee_director", "residents_committee"), ASSEMBLY),
    ((*OF_MEMBERS, "rce_council"), ("rce_council", "rce_chair"), MEMBERS_CALLED),
    ((*OF_PARTY, "party_branch_admission"), ("village_party_secretary", "village_party_org"), PARTY),
)
"""Which bodies are convened by which offices, and the article that says so."""


def deliberates(runs: Runs) -> bool:
    """Whether the chart owes 四议两公开: a power of self-government, or a chart that has some of it."""
    chart = runs.procedure
    whole = chart.nature in ("self_government", "assists_with_decision") and not chart.part
    return whole or bool(runs.stage(*STAGES[:-1]))


@obligation("stages", FOUR, when=deliberates)
def no_stage_is_missing(runs: Runs) -> Iterator[Failure]:
    """四议两公开一步不少"""
    last = len(STAGES) - (1 if runs.procedure.part else 0)
    for stage, name in zip(STAGES[:last], NAMES, strict=False):
        if not runs.stage(stage):
            yield failed(runs, "stages", f"四议两公开少了“{name}”", FOUR)


@obligation("order", FOUR, when=deliberates)
def stages_are_in_order(runs: Runs) -> Iterator[Failure]:
    """四议两公开次序不乱，前一步通过才到后一步"""
    for place in range(1, 5):
        here, before = runs.stage(STAGES[place]), runs.stage(STAGES[place - 1])
        around = runs.way(ids(here), without_yes=ids(before)) if before else ()
        if around:
            said = f"“{NAMES[place - 1]}”没有通过也能到“{NAMES[place]}”"
            yield failed(runs, "order", said, FOUR, around)


def _bodies(runs: Runs) -> bool:
    return any(node.body for node in runs.nodes.values())


@obligation("body", DECISION, FOUR, when=_bodies)
def each_stage_has_its_body(runs: Runs) -> Iterator[Failure]:
    """每一议由法律和条例写明的会来议"""
    for stage, (bodies, article) in BODIES.items():
        for node in runs.stage(stage):
            if node.kind != "meeting" or node.body not in bodies:
                said = f"“{node.title}”不是法定的会议来定"
                yield failed(runs, "body", said, article, runs.way([node.id]) or [node.id])


@obligation("convener", ASSEMBLY, MEMBERS_CALLED, PARTY, when=_bodies)
def each_body_is_convened_by_whom_it_must(runs: Runs) -> Iterator[Failure]:
    """村民的会由村委会召集，成员的会由理事会召集，党员的会由党组织召集"""
    for node in runs.nodes.values():
        for bodies, offices, article in CONVENERS:
            if node.body in bodies and not set(node.offices) <= set(offices):
                said = f"“{node.title}”不由该召集的人召集"
                yield failed(runs, "convener", said, article, runs.way([node.id]) or [node.id])


@obligation("matter", DECISION, MEMBERS, when=lambda runs: bool(answering(runs, *MATTERS)))
def each_matter_goes_to_its_body(runs: Runs) -> Iterator[Failure]:
    """什么事由什么会定，不能换一个会来定"""
    for node, field, word in sorted(answering(runs, *MATTERS)):
        bodies, article = MATTERS[word]
        others = [one.id for one in runs.stage("resolve") if one.body not in bodies]
        around = runs.way(others, after=node, said=[(field, word)], without=[node])
        if around:
            yield failed(runs, "matter", f"“{runs.nodes[node].title}”定的事，换一个会也能定", article, around)


@obligation("members", MEMBERS, when=lambda runs: bool(_of_the_collective(runs)))
def collective_property_is_decided_by_members(runs: Runs) -> Iterator[Failure]:
    """理事长签的集体财产合同，只能由成员（代表）大会先定"""
    deciding = [node.id for node in runs.stage("resolve", "decide") if node.body in OF_MEMBERS]
    for contract in _of_the_collective(runs):
        around = runs.way([contract], without_yes=deciding)
        if around:
            yield failed(runs, "members", "没有成员（代表）大会决定就能签集体财产的合同", MEMBERS, around)


def _of_the_collective(runs: Runs) -> list[str]:
    return [
        node.id
        for node in contracts(runs)
        if node.offices and set(node.offices) <= {"rce_chair", "rce_council"}
    ]


@obligation("published", PUBLISHED, when=lambda runs: bool(runs.stage("resolve")))
def decision_is_published(runs: Runs) -> Iterator[Failure]:
    """会议定了的事，先公开决议再往下办"""
    shown = ids(runs.stage("publish_decision"))
    beyond = [*ids(binding(runs)), *ids(runs.hand("handle")), *runs.ends(stopped=False)]
    for node in runs.stage("resolve"):
        around = runs.way(beyond, after=node.id, granted=True, without=shown)
        if around:
            yield failed(runs, "published", "决议不公开就能往下办", PUBLISHED, around)


def _has_result(runs: Runs) -> bool:
    return not runs.procedure.part and bool(runs.stage("publish_decision") or payments(runs))


@obligation("result", PUBLISHED, when=_has_result)
def result_is_published(runs: Runs) -> Iterator[Failure]:
    """付了钱或者办成了，公开了结果才能办结"""
    shown = ids(runs.stage("publish_result"))
    for first in (*payments(runs), *runs.stage("publish_decision")):
        goals = runs.ends() if first.kind == "payment" else runs.ends(stopped=False)
        around = runs.way(goals, after=first.id, without=shown)
        if around:
            yield failed(runs, "result", "不公开结果就能办结", PUBLISHED, around)


def _carries_out(runs: Runs) -> bool:
    return deliberates(runs) and bool(runs.stage("publish_decision")) and not runs.procedure.part


@obligation("carried_out", CARRIED, when=_carries_out)
def what_was_decided_is_carried_out(runs: Runs) -> Iterator[Failure]:
    """公开的实施结果，是办了以后的结果"""
    done = ids([*runs.hand("handle"), *payments(runs), *runs.stage("grant")])
    for node in runs.stage("publish_decision"):
        around = runs.way(ids(runs.stage("publish_result")), after=node.id, without=done)
        if around:
            yield failed(runs, "carried_out", "还没有办就能公开结果", CARRIED, around)


def _works(runs: Runs) -> bool:
    """Whether something is made or done, rather than let or sold by the collective."""
    return _of_the_village(runs) and bool(runs.hand("handle")) and not _of_the_collective(runs)


@obligation("overseen", WATCHED, when=_works)
def what_is_carried_out_is_overseen(runs: Runs) -> Iterator[Failure]:
    """办的事经过监督、验收，才公开结果"""
    for node in runs.hand("handle"):
        goals = ids(runs.stage("publish_result"))
        around = runs.way(goals, after=node.id, without_yes=ids(runs.hand("accept", "review", "approve")))
        if around:
            yield failed(runs, "overseen", f"“{node.title}”没有人监督、验收就能公开结果", WATCHED, around)


def _of_the_village(runs: Runs) -> bool:
    return runs.procedure.nature == "self_government" and not runs.procedure.part


def _is_filed(runs: Runs) -> bool:
    natures = ("self_government", "mixed", "assists_with_decision")
    return runs.procedure.nature in natures and not runs.procedure.part


@obligation("archive", ARCHIVE, when=_is_filed)
def papers_are_filed(runs: Runs) -> Iterator[Failure]:
    """办成的事，材料归了档才能办结"""
    filing = [node.id for node in runs.nodes.values() if local_id(node) == "archive" and node.papers]
    around = runs.way(runs.ends(stopped=False), without=filing)
    if around:
        yield failed(runs, "archive", "不归档就能办结", ARCHIVE, around)


@obligation("supervised", WATCHED, when=lambda runs: bool(runs.stage("resolve")))
def votes_are_watched(runs: Runs) -> Iterator[Failure]:
    """村民和成员表决的时候，监督委员会在场"""
    for node in runs.stage("resolve"):
        if not node.supervised and done_by(node, "village"):
            said = f"“{node.title}”没有监督委员会在场"
            yield failed(runs, "supervised", said, WATCHED, runs.way([node.id]) or [node.id])


SELF_GOVERNMENT: tuple[Obligation, ...] = (
    no_stage_is_missing,
    stages_are_in_order,
    each_stage_has_its_body,
    each_body_is_convened_by_whom_it_must,
    each_matter_goes_to_its_body,
    collective_property_is_decided_by_members,
    decision_is_published,
    result_is_published,
    what_was_decided_is_carried_out,
    what_is_carried_out_is_overseen,
    papers_are_filed,
    votes_are_watched,
)
