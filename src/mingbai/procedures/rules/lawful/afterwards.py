"""Relief after it was confirmed: shown, checked again, stopped only with a reason; urgent relief first and papers after."""

from __future__ import annotations

from collections.abc import Iterator

from mingbai.kernel import Citation
from mingbai.procedures.rules.lawful.common import PUBLISHED, answering, done_by, ids
from mingbai.procedures.rules.lawful.relief import EMERGENCY, RESULT, assists, official
from mingbai.procedures.rules.report import Failure, Obligation, failed, obligation
from mingbai.procedures.rules.runs import Runs

CHECKED = Citation("social-assistance-law", "第46条")
STOPPED = Citation("social-assistance-law", "第48条")
URGENT = Citation("social-assistance-law", "第50条")
STANDING = ("dibao-measures", "tekun-measures")
"""Laws of relief that is paid month after month, so that it must be checked again."""
HURRY = ("urgent", "emergency")
"""Answers that say a need cannot wait."""
OVER = ("cancelled", "ended", "stop")
"""Answers after which nothing more is given."""


@obligation("shown", RESULT, PUBLISHED, when=lambda runs: assists(runs) and not runs.procedure.children)
def result_is_shown(runs: Runs) -> Iterator[Failure]:
    """发放了的，结果公布了才能办结"""
    shown = ids(runs.stage("publish_result"))
    for grant in runs.stage("grant", "grant_urgent"):
        if runs.way([grant.id], without=ids(node for node in runs.stage("recheck"))):
            found = runs.way(runs.ends(), after=grant.id, without=shown)
            if found:
                yield failed(runs, "shown", "发放了不公布就能办结", RESULT, found)


@obligation("checked", CHECKED, when=lambda runs: assists(runs) and _is_standing(runs))
def standing_relief_is_checked_again(runs: Runs) -> Iterator[Failure]:
    """按月发放的，要动态核查，核查过了才能停"""
    checking = ids(runs.stage("recheck"))
    for grant in runs.stage("grant"):
        found = runs.way(runs.ends(), after=grant.id, without=checking)
        if found:
            yield failed(runs, "checked", "不核查就能办结", CHECKED, found)


def _is_standing(runs: Runs) -> bool:
    return any(node.citation and node.citation.law in STANDING for node in runs.stage("confirm"))


@obligation("stopped", STOPPED, when=lambda runs: assists(runs) and bool(runs.stage("recheck")))
def stopping_is_told(runs: Runs) -> Iterator[Failure]:
    """核查后不再发的，作出停发决定并书面告知"""
    for checking in runs.stage("recheck"):
        found = runs.way(runs.ends(), after=checking.id, without=ids(runs.stage("stop")))
        if found:
            yield failed(runs, "stopped", "没有停发决定和告知就停了", STOPPED, found)


@obligation("kept", CHECKED, when=lambda runs: assists(runs) and bool(runs.stage("recheck")))
def who_still_qualifies_is_not_stopped(runs: Runs) -> Iterator[Failure]:
    """核查下来还符合的，不停发"""
    for checking in runs.stage("recheck"):
        again = ids(runs.stage("recheck", "grant"))
        found = runs.way(ids(runs.stage("stop")), after=checking.id, granted=True, without=again)
        if found:
            yield failed(runs, "kept", "还符合的也能停发", CHECKED, found)


@obligation("over", STOPPED, when=lambda runs: assists(runs) and bool(answering(runs, *OVER)))
def what_is_over_is_not_paid(runs: Runs) -> Iterator[Failure]:
    """终止了、取消了的，不再发放"""
    for node, field, word in sorted(answering(runs, *OVER)):
        found = runs.way(ids(runs.stage("grant")), after=node, said=[(field, word)], without=[node])
        if found:
            yield failed(runs, "over", "终止了、取消了的也能发放", STOPPED, found)


@obligation("urgent", URGENT, when=lambda runs: bool(runs.stage("grant_urgent")))
def urgent_relief_is_checked_first_and_papers_follow(runs: Runs) -> Iterator[Failure]:
    """急难的可以先救助：镇里先看过，救助以后补齐手续；不急的不能"""
    calm = runs.way(ids(runs.stage("grant_urgent")), without_answers=answering(runs, *HURRY))
    if calm:
        yield failed(runs, "urgent", "没有说是急难的，也能先救助", URGENT, calm)
    looked = ids(node for node in runs.nodes.values() if done_by(node, "town", "district"))
    for grant in runs.stage("grant_urgent"):
        emergency = grant.citation is not None and grant.citation.law == EMERGENCY
        before = () if emergency else runs.way([grant.id], without=looked)
        if before:
            yield failed(runs, "urgent", "镇里没有看过就能先救助", URGENT, before)
        papers = ids(official(runs, "follow_papers"))
        after = runs.way(runs.ends(), after=grant.id, without=papers)
        if after:
            yield failed(runs, "urgent", "先救助以后不补手续就能办结", URGENT, after)


AFTERWARDS: tuple[Obligation, ...] = (
    result_is_shown,
    standing_relief_is_checked_again,
    stopping_is_told,
    who_still_qualifies_is_not_stopped,
    what_is_over_is_not_paid,
    urgent_relief_is_checked_first_and_papers_follow,
)
