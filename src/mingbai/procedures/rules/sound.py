"""Sound: every case can be finished from wherever it stands, nothing is left behind, every step says all it must.

Proved by visiting every state that a case can have. The obligation to say who, what, how and how long is the
notice's (policy-huaishang, third part, 2).
"""

from __future__ import annotations

from collections.abc import Iterator

from mingbai.kernel import Citation
from mingbai.procedures.rules.graph import WAITING
from mingbai.procedures.rules.paths import leading_to
from mingbai.procedures.rules.report import Failure, Obligation, failed, obligation
from mingbai.procedures.rules.runs import Marking, Runs

POLICY = Citation("policy-huaishang", "第三部分(二)")


def is_whole(runs: Runs) -> bool:
    """Whether every state was visited, so that what is not found is not there."""
    return not runs.twice and not runs.too_many


@obligation("reach", POLICY, when=is_whole)
def every_node_is_reached(runs: Runs) -> Iterator[Failure]:
    """从开始走得到每一步，没有摆设"""
    for node in runs.nodes.values():
        if node.id not in runs.seen:
            yield failed(runs, "reach", f"从开始走不到“{node.title or node.id}”", POLICY, [node.id])


@obligation("end", POLICY)
def every_node_reaches_an_end(runs: Runs) -> Iterator[Failure]:
    """从每一步都走得到结束，没有走不出去的圈"""
    good = leading_to(runs.procedure, runs.ends())
    for node in runs.nodes.values():
        if node.id not in good:
            circle = [node.id, *(way.to for way in node.exits)]
            yield failed(runs, "end", f"从“{node.title or node.id}”走不到结束", POLICY, circle)


@obligation("finish", POLICY)
def every_case_can_finish(runs: Runs) -> Iterator[Failure]:
    """不论分到哪条路，办到哪里都办得完：不会卡住，不会剩下没办的"""
    if runs.too_many:
        yield failed(runs, "states", "流程图可能的状态太多，证明不完", POLICY)
    if runs.twice:
        yield failed(runs, "twice", "同一步会同时等着办两次", POLICY, runs.twice)
    if not is_whole(runs):
        return
    hopeless = _hopeless(runs)
    for state, marking in enumerate(runs.markings):
        waits = any(runs.nodes[one].kind in WAITING for one in marking)
        if not waits and not _finished(runs, marking):
            said = "会卡住：分头办的合不拢，或者没有结束就没有下一步"
            yield failed(runs, "stuck", said, POLICY, marking)
        elif waits and any(runs.nodes[one].kind == "end" for one in marking):
            yield failed(runs, "left", "已经走到结束，还有没办的", POLICY, marking)
        elif waits and state in hopeless:
            yield failed(runs, "hopeless", "走到这里就再也办不完", POLICY, marking)


def _finished(runs: Runs, marking: Marking) -> bool:
    return len(marking) == 1 and runs.nodes[marking[0]].kind == "end"


def _hopeless(runs: Runs) -> set[int]:
    """States from which no end is reached."""
    before: dict[int, set[int]] = {}
    for state, acts in enumerate(runs.acts):
        for act in acts:
            before.setdefault(act.to, set()).add(state)
    good = {state for state, marking in enumerate(runs.markings) if _finished(runs, marking)}
    queue = list(good)
    while queue:
        fresh = before.get(queue.pop(), set()) - good
        good |= fresh
        queue += fresh
    return set(range(len(runs.markings))) - good


@obligation("choice", POLICY)
def every_choice_is_complete(runs: Runs) -> Iterator[Failure]:
    """每个分路口不论填什么都有一条路可走"""
    for node in runs.nodes.values():
        if node.kind == "choice" and not (node.exits and node.exits[-1].otherwise):
            said = f"“{node.title or node.id}”可能一条路也合不上"
            yield failed(runs, "choice", said, POLICY, [node.id])
    for choice, way in runs.unanswered().items():
        said = f"走到“{runs.nodes[choice].title or choice}”时，要看的内容可能还没有填"
        yield failed(runs, "choice", said, POLICY, way)


@obligation("complete", POLICY)
def every_step_is_complete(runs: Runs) -> Iterator[Failure]:
    """每一步都写明谁办、多久、要什么单据、什么纪律、依据什么"""
    for node in runs.nodes.values():
        if node.kind not in WAITING:
            continue
        for has, what in (
            (node.offices, "谁来办"), (node.limit, "时限"), (node.papers, "单据"), (node.discipline, "纪律"),
            (node.citation, "依据"),
        ):  # fmt: skip
            if not has:
                yield failed(runs, "complete", f"“{node.title}”没有写明{what}", POLICY, [node.id])


SOUND: tuple[Obligation, ...] = (
    every_node_is_reached,
    every_node_reaches_an_end,
    every_case_can_finish,
    every_choice_is_complete,
    every_step_is_complete,
)
