"""Where the village appraises, or decides for itself, before the town and the district do their part."""

from __future__ import annotations

from collections.abc import Iterator

from mingbai.kernel import Citation
from mingbai.procedures.rules.lawful.common import DECISION, ids, notices
from mingbai.procedures.rules.report import Failure, Obligation, failed, obligation
from mingbai.procedures.rules.runs import Runs

APPRAISED = Citation("disaster", "第20条")
MEMBERS = Citation("rceo", "第26条")
REPORTED = Citation("social-assistance-law", "第44条")
BODIES = (
    "appraisal_group",
    "villager_reps_meeting",
    "villagers_meeting",
    "residents_reps_meeting",
    "residents_meeting",
)


def _appraises(runs: Runs) -> bool:
    return runs.procedure.nature == "assists_with_appraisal" and not runs.procedure.part


@obligation("appraised", APPRAISED, when=_appraises)
def appraised_before_reviewed(runs: Runs) -> Iterator[Failure]:
    """村里评议通过了，镇里才审核，区里才确认"""
    appraising = [node for node in runs.stage("appraise") if node.body in BODIES]
    article = next((node.citation for node in appraising if node.citation), APPRAISED)
    found = runs.way(ids(runs.stage("review", "confirm")), without_yes=ids(appraising))
    if found:
        yield failed(runs, "appraised", "村里没有评议通过就能审核、确认", article, found)


@obligation("noticed", APPRAISED, when=_appraises)
def appraisal_hangs_before_review(runs: Runs) -> Iterator[Failure]:
    """评议结果在村里公示了，镇里才审核"""
    shown = ids(runs.stage("announce"))
    for node in runs.stage("appraise"):
        found = runs.way(ids(runs.stage("review", "confirm")), after=node.id, granted=True, without=shown)
        if found:
            yield failed(runs, "noticed", "评议结果没有公示就能审核", node.citation or APPRAISED, found)


def _decides(runs: Runs) -> bool:
    return runs.procedure.nature == "assists_with_decision" and not runs.procedure.part


@obligation("decided", DECISION, MEMBERS, when=_decides)
def decided_before_reviewed(runs: Runs) -> Iterator[Failure]:
    """村里按四议两公开定了、公开了，镇里才审核，区里才确认"""
    goals = ids([*runs.stage("review", "confirm", "grant"), *runs.hand("report")])
    found = runs.way(goals, without_yes=ids(runs.stage("resolve")))
    if found:
        yield failed(runs, "decided", "没有四议两公开就能上报审核", DECISION, found)
    hidden = runs.way(goals, without=ids(runs.stage("publish_decision")))
    if hidden:
        yield failed(runs, "decided", "决议没有公开就能上报审核", DECISION, hidden)


@obligation("report", REPORTED, when=lambda runs: bool(runs.hand("report")))
def report_after_publicity(runs: Runs) -> Iterator[Failure]:
    """要上报镇、区确认的，公示之后才能上报"""
    shown = ids(notices(runs))
    for node in runs.hand("report"):
        found = runs.way([node.id], without=shown)
        if found:
            yield failed(runs, "report", f"没有公示就能到“{node.title}”", REPORTED, found)


APPRAISAL: tuple[Obligation, ...] = (
    appraised_before_reviewed,
    appraisal_hangs_before_review,
    decided_before_reviewed,
    report_after_publicity,
)
