"""Relief: the village helps to ask, the town receives and reviews, the district confirms, the money comes last.

Urgent relief pays first and papers follow. Whoever is refused is told in writing why, and where to turn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mingbai.kernel import Citation, Confidence
from mingbai.procedures.rules.graph import Node
from mingbai.procedures.rules.lawful.common import (
    ACCOUNTS,
    PUBLISHED,
    apart,
    done_by,
    has_verdict,
    ids,
    level,
    together,
)
from mingbai.procedures.rules.report import Failure, Obligation, failed, obligation
from mingbai.procedures.rules.runs import Answer, Runs, Trail

NATURES = ("assists_government", "assists_with_decision", "assists_with_appraisal")
WHO = Citation("social-assistance-law", "第44条")
EXAMINED = Citation("social-assistance-law", "第43条")
TOLD = Citation("social-assistance-law", "第45条、第76条")
RESULT = Citation("social-assistance-law", "第45条")
CHECKED = Citation("social-assistance-law", "第46条")
STOPPED = Citation("social-assistance-law", "第48条")
URGENT = Citation("social-assistance-law", "第50条")
SPARED = Citation("social-assistance-law", "第42条、第50条", Confidence.likely)
EMERGENCY = "disaster"
EXAMINING = ("accept_application", "review", "investigate")
FIRST = ("dibao-measures", "tekun-measures", "social-assistance-interim", EMERGENCY)
"""Laws under which the notice hangs before anything is confirmed; elsewhere at least before anything is granted."""
STANDING = ("dibao-measures", "tekun-measures")
"""Laws of relief that is paid month after month, so that it must be checked again."""
HURRY = ("urgent", "emergency")
"""Answers that say a need cannot wait."""
SPARING = ("urgent", "recognised")
"""Answers of a town or district office by which the law spares examination and notice: need that cannot wait, and a
household recognised already."""


def assists(runs: Runs) -> bool:
    """Whether the village only helps the government."""
    return runs.procedure.nature in NATURES and not runs.procedure.part


def official(runs: Runs, *stages: str) -> list[Node]:
    """The nodes of these stages that only the town or the district may do."""
    return [node for node in runs.stage(*stages) if done_by(node, "town", "district")]


def spared(runs: Runs) -> set[Answer]:
    """The answers that spare examination and notice, given by a town or district office."""
    return {
        (node.id, field.id, option.id)
        for node in runs.nodes.values() if done_by(node, "town", "district")
        for field in node.fields for option in field.options if option.id in SPARING
    }  # fmt: skip


@obligation("relief", WHO, when=assists)
def somebody_examines_confirms_and_grants(runs: Runs) -> Iterator[Failure]:
    """有镇里受理审查、区里确认、发放这几步，一步不少"""
    for found, what in (
        (runs.stage("apply"), "申请"),
        (official(runs, *EXAMINING), "镇里受理审查"),
        (runs.stage("confirm"), "区里确认"),
        (runs.stage("grant"), "发放"),
        (runs.stage("notify_refusal"), "书面告知不批准的理由"),
    ):
        if not found:
            yield failed(runs, "relief", f"少了“{what}”", WHO)


@obligation("level", WHO, when=assists)
def the_village_does_not_decide(runs: Runs) -> Iterator[Failure]:
    """镇里受理、审核，区里确认；村里只协助，不作决定"""
    for node in (*runs.stage("accept_application", "review"), *runs.hand("approve")):
        if not done_by(node, "town", "district"):
            said = f"“{node.title}”村里也能作决定"
            yield failed(runs, "level", said, WHO, runs.way([node.id]) or [node.id])
    for node in runs.stage("confirm"):
        if not done_by(node, "district") and not _is_delegated(runs, node):
            said = f"“{node.title}”不由区里确认，也没有写明下放"
            yield failed(runs, "level", said, WHO, runs.way([node.id]) or [node.id])


def _is_delegated(runs: Runs, node: Node) -> bool:
    """Whether the town confirms only where a figure of the district's parameters lets it."""
    ways = {
        (one.id, way.to) for one in runs.nodes.values() for way in one.exits
        if way.when and "param." in way.when
    }  # fmt: skip
    direct = {one.id for one in runs.nodes.values() for way in one.exits if way.to == node.id}
    return done_by(node, "town", "district") and all((one, node.id) in ways for one in direct)


@obligation("examined", EXAMINED, when=assists)
def confirmed_only_after_examination(runs: Runs) -> Iterator[Failure]:
    """受理、调查、审核都说了行，才能确认（急难的、已经认定过的按法律可以从简）"""
    for stages, what in _examinations(runs):
        examining = official(runs, *stages)
        found = _unexamined(runs, examining, () if "accept_application" in stages else spared(runs))
        if examining and found:
            yield failed(runs, "examined", f"没有{what}就能确认", EXAMINED, found)
    town = [node for node in official(runs, *EXAMINING) if any(level(one) == "town" for one in node.offices)]
    found = _unexamined(runs, town, spared(runs))
    if found:
        yield failed(runs, "examined", "镇里没有受理审查就能确认", WHO, found)


def _unexamined(runs: Runs, examining: list[Node], skips: Collection[Answer]) -> Trail:
    """A way to a confirmation on which none of these said yes."""
    voting = ids(node for node in examining if has_verdict(node))
    plain = ids(node for node in examining if not has_verdict(node))
    goals = ids(runs.stage("confirm"))
    return runs.way(goals, without=plain, without_yes=voting, without_answers=skips)


def _examinations(runs: Runs) -> tuple[tuple[tuple[str, ...], str], ...]:
    """What must be examined; of a child the town looks again only where its first look left a doubt."""
    if runs.procedure.children:
        return (("accept_application",), "受理"), (("review", "investigate"), "查验")
    return (("accept_application",), "受理"), (("investigate",), "调查"), (("review",), "审核")


@obligation("announced", SPARED, when=lambda runs: assists(runs) and bool(first_notices(runs)))
def announced_before_granted(runs: Runs) -> Iterator[Failure]:
    """要公示的，公示过了才能确认和发放（急难的、已经认定过的、区里核定不宜公示的除外）"""
    waivers = ids(node for node in runs.stage("spare") if done_by(node, "district"))
    for notice in first_notices(runs):
        article = notice.citation or RESULT
        early = article.law in FIRST and runs.way([notice.id], without=ids(runs.stage("confirm")))
        goals = runs.stage("confirm", "grant") if early else runs.stage("grant")
        found = runs.way(ids(goals), without=[notice.id], without_yes=waivers, without_answers=spared(runs))
        if found:
            yield failed(runs, "announced", f"没有“{notice.title}”就能往下办", article, found)
    confirms, shown = ids(runs.stage("confirm")), ids(runs.stage("announce"))
    bare = runs.way(confirms, without=shown, without_yes=waivers, without_answers=spared(runs))
    if bare and _notice_law(runs):
        yield failed(runs, "announced", "没有公示就能确认", _notice_law(runs)[0], bare)


def _notice_law(runs: Runs) -> list[Citation]:
    """The articles of this chart that are of a law which wants a notice before anything is confirmed."""
    if runs.procedure.children:
        return []
    return [node.citation for node in runs.nodes.values() if node.citation and node.citation.law in FIRST]


def first_notices(runs: Runs) -> list[Node]:
    """The notices that hang before anything is granted; later ones are about ending it."""
    granting = ids(runs.stage("grant"))
    return [node for node in runs.stage("announce") if runs.way([node.id], without=granting)]


@obligation("confirmed", WHO, when=assists)
def granted_only_when_confirmed(runs: Runs) -> Iterator[Failure]:
    """没有确认，发不出去"""
    found = runs.way(ids(runs.stage("grant")), without_yes=ids(runs.stage("confirm")))
    if found:
        yield failed(runs, "confirmed", "没有确认就能发放", WHO, found)


@obligation("granter", ACCOUNTS, when=assists)
def other_hands_grant(runs: Runs) -> Iterator[Failure]:
    """确认的和发放的不是同一个人"""
    for confirm in runs.stage("confirm"):
        for grant in runs.stage("grant"):
            if not apart(runs, confirm, grant):
                said = f"“{confirm.title}”和“{grant.title}”可以是同一个人"
                yield failed(runs, "granter", said, ACCOUNTS, together(runs, confirm, grant))


@obligation("refused", TOLD, when=assists)
def refusal_is_told(runs: Runs) -> Iterator[Failure]:
    """申请了没有办成的，都书面告知理由和救济途径"""
    told = ids(runs.stage("notify_refusal"))
    for asked in runs.stage("apply"):
        found = runs.way(runs.ends(stopped=True), after=asked.id, without=told)
        if found:
            yield failed(runs, "refused", "没有书面告知理由就不办了", TOLD, found)


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


@obligation("urgent", URGENT, when=lambda runs: bool(runs.stage("grant_urgent")))
def urgent_relief_is_checked_first_and_papers_follow(runs: Runs) -> Iterator[Failure]:
    """急难的可以先救助：镇里先看过，救助以后补齐手续；不急的不能"""
    hurry = {
        (node.id, field.id, word)
        for node in runs.nodes.values() for field in node.fields
        for word in HURRY if word in {option.id for option in field.options}
    }  # fmt: skip
    calm = runs.way(ids(runs.stage("grant_urgent")), without_answers=hurry)
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


RELIEF: tuple[Obligation, ...] = (
    somebody_examines_confirms_and_grants,
    the_village_does_not_decide,
    confirmed_only_after_examination,
    announced_before_granted,
    granted_only_when_confirmed,
    other_hands_grant,
    refusal_is_told,
    result_is_shown,
    standing_relief_is_checked_again,
    stopping_is_told,
    who_still_qualifies_is_not_stopped,
    urgent_relief_is_checked_first_and_papers_follow,
)
