"""Whether a running case may go on under a newer chart: nothing that it has passed may be owed there and not done.

The case is looked at as a run of the new chart. What it did must be steps of that chart, what it entered must fit their
fields, and a way must exist by which just these steps, with the answers that stand, lead to where the case waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mingbai.kernel import Citation, FieldKind, Refused
from mingbai.procedures.rules.graph import WAITING, Field, Node, Procedure
from mingbai.procedures.rules.interpreter import Facts, State, StepAct, advance, start
from mingbai.procedures.rules.runs import YES, Runs

Names = Mapping[str, str]
STAY = "让本事项按原来的版本办完"


def mapped_state(state: State, mapping: Names) -> State:
    """The state with the new names of its nodes."""
    return State(
        tuple(mapping.get(one, one) for one in state.marking),
        {mapping.get(one, one): values for one, values in state.facts.items()},
        tuple((mapping.get(one, one), person) for one, person in state.done),
    )


def moved_state(
    old: Procedure, new: Procedure, state: State, visited: Iterable[str], mapping: Names,
    parameters: Mapping[str, int],
) -> State:  # fmt: skip
    """The state of the case under the new chart; `visited` are all nodes that it ever came to, `parameters` the
    figures of the new edition on the day.

    Raises:
        Refused: a node has no counterpart, two go to one, a value or a paper of a step does not fit, hands that the
            new chart keeps apart were one person's, or a step that the new chart owes by now was not done.
    """
    _refuse_unmapped(old, new, {*visited, *state.marking}, mapping)
    moved = mapped_state(state, mapping)
    back = {mapping.get(one, one): one for one in old.nodes}
    for node in dict.fromkeys(one for one, _ in moved.done):
        _refuse_unfit(old.nodes[back[node]], new.nodes[node], moved.facts.get(node, {}))
    _refuse_joined_hands(new, moved)
    _refuse_owed(new, moved)
    _refuse_another_way(new, moved, parameters)
    return moved


def _refuse_unmapped(old: Procedure, new: Procedure, names: Iterable[str], mapping: Names) -> None:
    unknown = sorted(set(mapping) - set(old.nodes))
    if unknown:
        raise Refused(f"原来的流程图没有“{unknown[0]}”这一步", remedy="核对对照表")
    targets: dict[str, str] = {}
    for name in sorted(names):
        to = mapping.get(name, name)
        title = old.nodes[name].title if name in old.nodes else name
        if to not in new.nodes:
            raise Refused(
                f"新的流程图没有“{title or name}”这一步", remedy=f"写明它对应新图的哪一步，或者{STAY}"
            )
        if new.nodes[to].kind != old.nodes[name].kind:
            raise Refused(f"“{title or name}”在新的流程图里不是同一种环节", remedy=f"核对对照表，或者{STAY}")
        if to in targets:
            raise Refused(f"“{title or name}”和另一步都对应到新图的同一步", remedy="一步对一步")
        targets[to] = name


def _refuse_unfit(old: Node, new: Node, facts: Mapping[str, str | int]) -> None:
    """What was entered and handed in must be all that the new step asks for."""
    held = {one.id: one for one in old.fields}
    for field in new.fields:
        if field.id not in facts:
            if field.required:
                _refuse(new, f"新要填“{field.label}”，本事项没有填过")
            continue
        if field.id in held and held[field.id].kind != field.kind:
            _refuse(new, f"的“{field.label}”换了填法")
        _refuse_option(new, field, facts[field.id])
    papers = {one.id for one in old.papers}
    for paper in new.papers:
        if paper.required and paper.id not in papers:
            _refuse(new, f"新要交“{paper.label}”，本事项没有交过")


def _refuse_option(node: Node, field: Field, value: str | int) -> None:
    if field.kind == FieldKind.choice and value not in {one.id for one in field.options}:
        _refuse(node, f"的“{field.label}”不再有原来的选项")


def _refuse(node: Node, what: str, citation: Citation | None = None) -> None:
    raise Refused(f"“{node.title}”{what}", basis=citation or node.citation, remedy=STAY)


def _refuse_joined_hands(new: Procedure, state: State) -> None:
    for place, (name, person) in enumerate(state.done):
        for other, who in state.done[:place]:
            one, two = new.nodes[name], new.nodes[other]
            if who == person and name != other and (other in one.separate_from or name in two.separate_from):
                _refuse(one, f"和“{two.title}”在新的流程图里不能是同一个人办的")


def _refuse_owed(new: Procedure, state: State) -> None:
    """Every way of the new chart to where the case waits leads through these; they must have been done, and said yes."""
    runs = Runs(new)
    done = {one for one, _ in state.done}
    for place in state.marking:
        for node in new.nodes.values():
            if node.kind not in WAITING or node.id == place or runs.way([place], without=[node.id]):
                continue
            if node.id not in done:
                _refuse(node, f"在新的流程图里必须先办，本事项没有办就到了“{new.nodes[place].title}”")
            if not runs.way([place], without_yes=[node.id]) and not _said_yes(state.facts.get(node.id, {})):
                _refuse(node, f"在新的流程图里要通过才能到“{new.nodes[place].title}”，本事项没有通过")
    if not _is_a_run(runs, state):
        raise Refused("照新的流程图，办过的这些步骤到不了现在这里", remedy=STAY)


def _refuse_another_way(new: Procedure, state: State, parameters: Mapping[str, int]) -> None:
    """Walk again what was done, with the sums that were entered and the figures of today.

    A case that did a step twice is not walked again: of the first time the words are no longer kept.
    """
    nodes = [one for one, _ in state.done]
    if len(set(nodes)) < len(nodes):
        return
    walked = start(new, state.facts.get("case", {}))
    for node, person in state.done:
        try:
            walked = advance(new, walked, StepAct(node, person, state.facts.get(node, {})), parameters).state
        except Refused as problem:
            raise Refused(
                f"照新的流程图重走一遍，到“{new.nodes[node].title}”走不通：{problem.reason}",
                problem.basis,
                STAY,
            ) from problem
    if sorted(walked.marking) != sorted(state.marking):
        there = "、".join(new.nodes[one].title for one in walked.marking)
        raise Refused(f"照新的流程图，本事项现在应当在“{there}”，不在这里", remedy=STAY)


def _said_yes(facts: Mapping[str, str | int]) -> bool:
    said = [facts[one] for one in ("verdict", "result") if one in facts]
    return not said or any(one in YES for one in said)


def _is_a_run(runs: Runs, state: State) -> bool:
    """Whether doing only what was done, with the answers that stand, can lead to this marking."""
    wanted = tuple(sorted(state.marking))
    once = {one for one, _ in state.done if sum(one == other for other, _ in state.done) == 1}
    seen = set(runs.first_states())
    queue = list(seen)
    while queue:
        here = queue.pop()
        if runs.markings[here] == wanted:
            return True
        for act in runs.acts[here]:
            if act.to not in seen and _fits(act.node, act.words, state.facts, once, state):
                seen.add(act.to)
                queue.append(act.to)
    return False


def _fits(node: str, words: Iterable[tuple[str, str]], facts: Facts, once: set[str], state: State) -> bool:
    if node not in {one for one, _ in state.done}:
        return False
    held = facts.get(node, {})
    return node not in once or all(held.get(field, word) == word for field, word in words)


def changed_names(mapping: Names) -> Iterator[tuple[str, str]]:
    """The nodes that get another name."""
    yield from ((old, new) for old, new in mapping.items() if old != new)
