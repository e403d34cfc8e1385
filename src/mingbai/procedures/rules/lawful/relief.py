"""Relief: the village helps to ask, the town receives and reviews, the district confirms, the money comes last.

Urgent relief pays first and papers follow. Whoever is refused is told in writing why, and where to turn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mingbai.kernel import Citation
from mingbai.procedures.rules.graph import Node
from mingbai.procedures.rules.lawful.common import (
    ACCOUNTS,
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
EMERGENCY = "disaster"
SPARING = ("urgent", "recognised")
"""Answers of a town or district office by which the law spares examination and notice: need that cannot wait, and a
household recognised already."""
EXAMINING = ("accept_application", "review", "investigate")
FIRST = {
    "dibao-measures": Citation("dibao-measures", "第19条"),
    "tekun-measures": Citation("tekun-measures", "第15条"),
    "social-assistance-interim": Citation("social-assistance-interim", "第30条、第48条"),
    "medical-fund-2013": Citation("social-assistance-interim", "第30条"),
    EMERGENCY: Citation(EMERGENCY, "第20条"),
}
"""Laws under which the notice hangs before anything is confirmed; elsewhere at least before anything is granted."""


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


@obligation("examined", WHO, EXAMINED, when=assists)
def confirmed_only_after_examination(runs: Runs) -> Iterator[Failure]:
    """受理、调查、审核都说了行，才能确认（急难的、已经认定过的按法律可以从简）"""
    for stages, what, must in _examinations(runs):
        examining = official(runs, *stages)
        found = _unexamined(runs, examining, () if "accept_application" in stages else spared(runs))
        if found and (examining or must):
            yield failed(runs, "examined", f"没有{what}就能确认", EXAMINED, found)
    town = [node for node in official(runs, *EXAMINING) if any(level(one) == "town" for one in node.offices)]
    found = _unexamined(runs, town, spared(runs))
    if found:
        yield failed(runs, "examined", "镇里没有受理审查就能确认", WHO, found)


def _examinations(runs: Runs) -> tuple[tuple[tuple[str, ...], str, bool], ...]:
    """What must be examined, and whether that must be there at all.

    Of a child the town looks again only where its first look left a doubt.
    """
    received = bool(notice_laws(runs)) and runs.procedure.nature == "assists_government"
    every = (("accept_application",), "受理", received), (("review", "investigate"), "调查审核", True)
    if runs.procedure.children:
        return every
    return *every, (("investigate",), "调查", False), (("review",), "审核", False)


def _unexamined(runs: Runs, examining: list[Node], skips: Collection[Answer]) -> Trail:
    """A way to a confirmation on which none of these said yes."""
    voting = ids(node for node in examining if has_verdict(node))
    plain = ids(node for node in examining if not has_verdict(node))
    goals = ids(runs.stage("confirm"))
    return runs.way(goals, without=plain, without_yes=voting, without_answers=skips)


def notice_laws(runs: Runs) -> list[Citation]:
    """The articles that want a notice before anything is confirmed, for the laws that this chart is founded on."""
    if runs.procedure.children:
        return []
    named = {node.citation.law for node in runs.nodes.values() if node.citation}
    return [article for law, article in FIRST.items() if law in named]


def _has_notices(runs: Runs) -> bool:
    return assists(runs) and bool(first_notices(runs) or notice_laws(runs))


def _notices_under(runs: Runs) -> Iterator[Citation]:
    own = [node.citation for node in first_notices(runs) if node.citation]
    yield from dict.fromkeys([*notice_laws(runs), *own])


@obligation("announced", by=_notices_under, when=_has_notices)
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
    for article in notice_laws(runs)[:1] if bare else ():
        yield failed(runs, "announced", "没有公示就能确认", article, bare)


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


@obligation("given", WHO, when=assists)
def confirmed_relief_is_given(runs: Runs) -> Iterator[Failure]:
    """确认了的，发放了才能办结"""
    granting = ids(runs.stage("grant"))
    for confirm in runs.stage("confirm"):
        found = runs.way(runs.ends(stopped=False), after=confirm.id, granted=True, without=granting)
        if found:
            yield failed(runs, "given", "确认了不发放就能办结", WHO, found)


RELIEF: tuple[Obligation, ...] = (
    somebody_examines_confirms_and_grants,
    the_village_does_not_decide,
    confirmed_only_after_examination,
    announced_before_granted,
    granted_only_when_confirmed,
    confirmed_relief_is_given,
    other_hands_grant,
    refusal_is_told,
)
