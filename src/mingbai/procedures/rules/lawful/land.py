"""Land: a household's own is let at its own will, in writing; the collective's by its members; taken land is announced."""

from __future__ import annotations

from collections.abc import Iterator

from mingbai.kernel import Citation
from mingbai.procedures.rules.graph import Node
from mingbai.procedures.rules.lawful.common import answering, contracts, ids, local_id, notices
from mingbai.procedures.rules.report import Failure, Obligation, failed, obligation
from mingbai.procedures.rules.runs import Runs

WILL = Citation("land-transfer-2021", "第8条")
OWN = Citation("land-contract", "第36条")
CAPITAL = Citation("land-transfer-2021", "第29条")
OUTSIDE = Citation("land-contract", "第52条")
BROKEN = Citation("land-contract", "第42条")
BUILDING = Citation("land-admin-reg", "第40条")
TAKEN = Citation("land-admin", "第47条")
EARLY = Citation("land-admin-reg", "第26条")
BREACH = ("misused", "breach", "overdue")
"""Answers that say a contract was broken."""
ITSELF = ("own", "capital")
"""Answers of who asks: the household lets its land itself, to a neighbour or to a company."""


def households(runs: Runs) -> list[Node]:
    """The steps in which a household signs for its own land."""
    return [node for node in runs.nodes.values() if local_id(node) == "household_sign"]


def _mixed(runs: Runs) -> bool:
    return runs.procedure.nature == "mixed" and not runs.procedure.part


@obligation("both_parts", OWN, OUTSIDE, when=_mixed)
def households_and_the_collective_each_have_their_way(runs: Runs) -> Iterator[Failure]:
    """农户的地由农户签，集体的地由成员定，两条路都有"""
    for found, what, article in (
        (households(runs), "农户自己签合同", OWN),
        ([node for node in runs.nodes.values() if local_id(node) == "authorize"], "农户书面委托", WILL),
        (runs.stage("resolve"), "成员表决", OUTSIDE),
    ):
        if not found:
            yield failed(runs, "both_parts", f"少了“{what}”", article)


@obligation("will", WILL, when=_mixed)
def no_household_land_without_its_will(runs: Runs) -> Iterator[Failure]:
    """农户的地，不是农户自己来的，没有书面委托就签不了合同"""
    asking = {node.id for node in runs.hand("propose")}
    itself = {one for one in answering(runs, *ITSELF) if one[0] in asking}
    given = [node.id for node in runs.nodes.values() if local_id(node) == "authorize"]
    found = runs.way(ids(households(runs)), without_yes=given, without_answers=itself)
    if found:
        yield failed(runs, "will", "没有农户书面委托就能签合同", WILL, found)


@obligation("capital", CAPITAL, when=_mixed)
def companies_are_examined(runs: Runs) -> Iterator[Failure]:
    """社会资本来流转的，审查通过才签合同"""
    yield from _approved(runs, "capital", households(runs), "社会资本没有审查就能签合同", CAPITAL)


@obligation("outside", OUTSIDE, when=_mixed)
def outsiders_need_the_town(runs: Runs) -> Iterator[Failure]:
    """集体的地包给外面的，镇政府批准了才签合同"""
    yield from _approved(runs, "outside", contracts(runs), "镇政府没有批准就能对外发包", OUTSIDE)


def _approved(runs: Runs, word: str, goals: list[Node], said: str, article: Citation) -> Iterator[Failure]:
    """After this answer there is no contract without an approver's yes."""
    approving = ids(runs.hand("approve"))
    again = {node for node, _, _ in answering(runs, word)}
    for node, field, _ in sorted(answering(runs, word)):
        around = runs.way(ids(goals), after=node, said=[(field, word)], without=again, without_yes=approving)
        if around:
            yield failed(runs, word, said, article, around)


@obligation("filed", OWN, when=_mixed)
def land_contracts_are_filed(runs: Runs) -> Iterator[Failure]:
    """流转合同备了案才能办结"""
    filing = [node.id for node in runs.nodes.values() if local_id(node) == "file"]
    for contract in [*households(runs), *contracts(runs)]:
        around = runs.way(runs.ends(stopped=False), after=contract.id, without=filing)
        if around:
            yield failed(runs, "filed", "合同不备案就能办结", OWN, around)


def _ending(runs: Runs) -> list[Node]:
    if not contracts(runs) and not households(runs):
        return []
    return [node for node in runs.nodes.values() if local_id(node) in ("terminate", "enforce")]


@obligation("broken", BROKEN, when=lambda runs: bool(_ending(runs)))
def only_broken_contracts_are_ended(runs: Runs) -> Iterator[Failure]:
    """合同被违反了，才催收、解除"""
    around = runs.way(ids(_ending(runs)), without_answers=answering(runs, *BREACH))
    if around:
        yield failed(runs, "broken", "没有违约也能解除合同", BROKEN, around)


def _lets_building_land(runs: Runs) -> bool:
    return bool(answering(runs, "building")) and bool(contracts(runs))


@obligation("building", BUILDING, when=_lets_building_land)
def building_land_is_reported(runs: Runs) -> Iterator[Failure]:
    """集体经营性建设用地，方案报了市、县政府、按意见改好了才签合同"""
    reported = ids(runs.hand("report"))
    for node, field, word in sorted(answering(runs, "building")):
        around = runs.way(ids(contracts(runs)), after=node, said=[(field, word)], without=[node, *reported])
        if around:
            yield failed(runs, "building", "建设用地方案没有上报就能签合同", BUILDING, around)
    fine = {one for one in answering(runs, "none") if one[0] in reported}
    for node, field, word in sorted(answering(runs, "revise")):
        again = ids(runs.hand("propose"))
        around = runs.way(
            ids(contracts(runs)), after=node, said=[(field, word)], without=again, without_answers=fine
        )
        if around:
            yield failed(runs, "building", "政府提了修改意见，不改就能签合同", BUILDING, around)


def _takes_land(runs: Runs) -> bool:
    decides = runs.procedure.nature == "assists_with_decision" and not runs.procedure.part
    return decides and any(node.citation and node.citation.law == TAKEN.law for node in runs.nodes.values())


@obligation("taken", EARLY, TAKEN, when=_takes_land)
def taking_land_is_announced_and_heard(runs: Runs) -> Iterator[Failure]:
    """征地的方案先公告；多数成员认为违法的，先听证，再往下办"""
    going_on = ids(runs.stage("apply", "resolve"))
    shown = [node.id for node in notices(runs) if node.citation and node.citation.law == TAKEN.law]
    early = [node.id for node in notices(runs) if node.citation and node.citation.law == EARLY.law]
    for first, said, article in ((early, "没有预公告", EARLY), (shown, "方案没有公告", TAKEN)):
        unseen = runs.way(going_on, without=first)
        if unseen:
            yield failed(runs, "taken", f"{said}就能往下办", article, unseen)
    heard = [node.id for node in runs.nodes.values() if local_id(node) == "hearing"]
    for node, field, word in sorted(answering(runs, "most")):
        raised = {(field, word), ("objection", "raised")}
        unheard = runs.way(going_on, after=node, said=raised, without=heard)
        if unheard and node in shown:
            yield failed(runs, "taken", "多数认为违法，不听证就能往下办", TAKEN, unheard)


LAND: tuple[Obligation, ...] = (
    households_and_the_collective_each_have_their_way,
    no_household_land_without_its_will,
    companies_are_examined,
    outsiders_need_the_town,
    land_contracts_are_filed,
    only_broken_contracts_are_ended,
    building_land_is_reported,
    taking_land_is_announced_and_heard,
)
