"""How the district itself works on the list: compiled, reviewed, deliberated, confirmed; and tasks for villages admitted.

The notice, third part (1): 梳理、归纳、审核等程序，并提请审议，予以确认, and joined to 村级事务准入制度.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from mingbai.kernel import Citation
from mingbai.procedures.rules.lawful.common import apart, ids, together
from mingbai.procedures.rules.report import Applies, Failure, Obligation, failed, obligation
from mingbai.procedures.rules.runs import Runs

COMPILED = Citation("policy-huaishang", "第三部分(一)")
ADJUSTED = Citation("policy-huaishang", "第三部分(四)")
SETTLING = ("confirm_edition", "ratify", "admit_task")
SAME_BODY = ({"decide_urgent", "deliberate"}, {"confirm_emergency", "ratify"})
"""Done twice by one body: at once, and again in full."""
HANDS = ("compile", "lawfulness", "deliberate", "decide_urgent", *SETTLING, "confirm_emergency")


def _administrative(runs: Runs) -> bool:
    return runs.procedure.nature == "administrative" and not runs.procedure.part


def _has(*stages: str) -> Applies:
    return lambda runs: _administrative(runs) and bool(runs.stage(*stages))


@obligation("reviewed", COMPILED, when=_has(*SETTLING))
def reviewed_and_deliberated_before_confirmed(runs: Runs) -> Iterator[Failure]:
    """合法性审核通过了、区政府审议同意了，才能确认"""
    goals = ids(runs.stage(*SETTLING))
    for stage, said in (("lawfulness", "没有通过合法性审核就能确认"), ("deliberate", "没有审议同意就能确认")):
        found = runs.way(goals, without_yes=ids(runs.stage(stage)))
        if found:
            yield failed(runs, "reviewed", said, COMPILED, found)


@obligation("settled", COMPILED, when=_has("deliberate"))
def nothing_is_done_until_confirmed(runs: Runs) -> Iterator[Failure]:
    """审议同意了，还要确认（登记）才算办结"""
    found = runs.way(runs.ends(stopped=False), without=ids(runs.stage(*SETTLING)))
    if found:
        yield failed(runs, "settled", "没有确认就能办结", COMPILED, found)


@obligation("compiled", COMPILED, when=_has("lawfulness"))
def compiled_before_reviewed(runs: Runs) -> Iterator[Failure]:
    """制定单位先提出来、签了字，才审核、审议"""
    first = ids(runs.stage("compile", "examine"))
    found = runs.way(ids(runs.stage("lawfulness", "deliberate", "decide_urgent")), without=first)
    if found:
        yield failed(runs, "compiled", "制定单位没有签字就能审核、审议", COMPILED, found)


@obligation("urgent", ADJUSTED, when=_has("confirm_emergency"))
def an_emergency_is_decided_and_ratified(runs: Runs) -> Iterator[Failure]:
    """紧急增加的，区政府同意了才生效，办完以前要补齐审核、审议和确认"""
    urgent = runs.stage("confirm_emergency")
    found = runs.way(ids(urgent), without_yes=ids(runs.stage("decide_urgent")))
    if found:
        yield failed(runs, "urgent", "区政府没有同意就能紧急增加", ADJUSTED, found)
    ends = [node.id for node in runs.nodes.values() if node.kind == "end" and not node.stopped]
    for node in urgent:
        found = runs.way(ends, after=node.id, without=ids(runs.stage("ratify")))
        if found:
            yield failed(runs, "urgent", "紧急增加以后不补办确认也能办结", ADJUSTED, found)


@obligation("examined", ADJUSTED, when=_has("examine"))
def an_answer_is_reviewed(runs: Runs) -> Iterator[Failure]:
    """法律改了以后要不要跟着改，制定单位的答复经过合法性审核才算数"""
    ends = [node.id for node in runs.nodes.values() if node.kind == "end" and not node.stopped]
    silent = runs.way(ends, without=ids(runs.stage("examine")))
    unread = runs.way(ends, without_yes=ids(runs.stage("lawfulness")))
    for found, said in ((silent, "没有答复就能办结"), (unread, "答复没有审核就能办结")):
        if found:
            yield failed(runs, "examined", said, ADJUSTED, found)


@obligation("own_hands", COMPILED, when=_has(*HANDS))
def each_stage_has_its_own_hand(runs: Runs) -> Iterator[Failure]:
    """制定、审核、审议、确认，各是各的人"""
    nodes = [node for node in runs.stage(*HANDS, "examine") if node.id in runs.seen]
    for one, other in combinations(nodes, 2):
        pair = {one.stage, other.stage}
        if len(pair) == 2 and pair not in SAME_BODY and not apart(runs, one, other):
            said = f"“{one.title}”和“{other.title}”可以是同一个人"
            yield failed(runs, "own_hands", said, COMPILED, together(runs, one, other))


ADMINISTRATIVE: tuple[Obligation, ...] = (
    reviewed_and_deliberated_before_confirmed,
    nothing_is_done_until_confirmed,
    compiled_before_reviewed,
    an_emergency_is_decided_and_ratified,
    an_answer_is_reviewed,
    each_stage_has_its_own_hand,
)
