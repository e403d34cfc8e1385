"""Sound: every case can be finished from wherever it stands, nothing is left behind, every step says all it must.

Proved by visiting every marking that a case can have. The obligation to say who, what, how and how long is the
notice's (policy-huaishang, third part, 2).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mingbai.kernel import Citation
from mingbai.procedures.rules.expressions import names_in
from mingbai.procedures.rules.graph import WAITING, Procedure
from mingbai.procedures.rules.paths import MAX_MARKINGS, Marking, markings, path_between, titles
from mingbai.procedures.rules.report import Failure, Rule

POLICY = Citation("policy-huaishang", "第三部分(二)")


def every_node_is_reached(procedure: Procedure) -> Iterator[Failure]:
    """从开始走得到每一步，没有摆设"""
    for node in procedure.nodes.values():
        if not path_between(procedure, procedure.start, [node.id]):
            yield Failure("reach", f"从开始走不到“{node.title or node.id}”", POLICY, (node.title or node.id,))


def every_node_reaches_an_end(procedure: Procedure) -> Iterator[Failure]:
    """从每一步都走得到结束，没有走不出去的圈"""
    ends = [node.id for node in procedure.nodes.values() if node.kind == "end"]
    for node in procedure.nodes.values():
        if not path_between(procedure, node.id, ends):
            circle = [way.to for way in node.exits]
            yield Failure(
                "end", f"从“{node.title or node.id}”走不到结束", POLICY, titles(procedure, [node.id, *circle])
            )


def every_case_can_finish(procedure: Procedure) -> Iterator[Failure]:
    """不论分到哪条路，办到哪里都办得完：不会卡住，不会剩下没办的"""
    found = markings(procedure)
    if len(found) >= MAX_MARKINGS:
        yield Failure("states", "流程图可能的状态太多，证明不完", POLICY)
        return
    for marking in found:
        acting = [one for one in marking if procedure.nodes[one].kind in WAITING]
        if len(set(acting)) < len(acting):
            yield Failure("twice", "同一步会同时等着办两次", POLICY, titles(procedure, marking))
            return
    finished = {one for one in found if _is_finished(procedure, one)}
    for marking in found:
        waits = any(procedure.nodes[one].kind in WAITING for one in marking)
        if not waits and marking not in finished:
            yield Failure(
                "stuck",
                "会卡住：分头办的合不拢，或者没有结束就没有下一步",
                POLICY,
                titles(procedure, marking),
            )
        elif waits and any(procedure.nodes[one].kind == "end" for one in marking):
            yield Failure("left", "已经走到结束，还有没办的", POLICY, titles(procedure, marking))
    yield from _hopeless(procedure, found, finished)


def _is_finished(procedure: Procedure, marking: Marking) -> bool:
    return len(marking) == 1 and procedure.nodes[marking[0]].kind == "end"


def _hopeless(
    procedure: Procedure, found: dict[Marking, set[Marking]], finished: set[Marking]
) -> Iterator[Failure]:
    before: dict[Marking, set[Marking]] = {}
    for marking, following in found.items():
        for one in following:
            before.setdefault(one, set()).add(marking)
    good, queue = set(finished), list(finished)
    while queue:
        for one in before.get(queue.pop(), set()) - good:
            good.add(one)
            queue.append(one)
    for marking in found:
        if marking not in good and any(procedure.nodes[one].kind in WAITING for one in marking):
            yield Failure("hopeless", "走到这里就再也办不完", POLICY, titles(procedure, marking))


def every_choice_is_complete(procedure: Procedure) -> Iterator[Failure]:
    """每个分路口不论填什么都有一条路可走"""
    for node in procedure.nodes.values():
        if node.kind == "choice" and not (node.exits and node.exits[-1].otherwise):
            yield Failure(
                "choice", f"“{node.title or node.id}”可能一条路也合不上", POLICY, (node.title or node.id,)
            )


def every_step_is_complete(procedure: Procedure) -> Iterator[Failure]:
    """每一步都写明谁办、多久、要什么单据、什么纪律、依据什么"""
    for node in procedure.nodes.values():
        if node.kind not in WAITING:
            continue
        for has, what in (
            (node.offices, "谁来办"), (node.limit, "时限"), (node.papers, "单据"), (node.discipline, "纪律"),
            (node.citation, "依据"),
        ):  # fmt: skip
            if not has:
                yield Failure("complete", f"“{node.title}”没有写明{what}", POLICY, (node.title,))


def figures_are_set(procedure: Procedure, parameters: Collection[str]) -> list[Failure]:
    """Conditions on figures that the district has not set."""
    return [
        Failure(
            "figure", f"“{node.title or node.id}”用到的限额 {name} 没有定", POLICY, (node.title or node.id,)
        )
        for node in procedure.nodes.values()
        for way in node.exits
        for place, name in (names_in(way.when) if way.when else ())
        if place == "param" and name not in parameters
    ]


SOUND: tuple[Rule, ...] = (
    every_node_is_reached,
    every_node_reaches_an_end,
    every_case_can_finish,
    every_choice_is_complete,
    every_step_is_complete,
)
