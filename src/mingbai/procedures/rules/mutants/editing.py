"""Damaging a compiled chart: steps taken out, moved, walked around; everything else stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from mingbai.procedures.rules.conditions import Answered, comparisons, parse
from mingbai.procedures.rules.graph import Exit, Node, Procedure
from mingbai.procedures.rules.runs import YES

UNUSUAL = "case.title == 'unusual'"
"""A condition that nothing in a chart decides: a way that somebody may always choose."""


@dataclass(frozen=True)
class Block:
    """A step with the choice that only reads its answer; `target`: where its yes leads."""

    node: str
    choices: tuple[str, ...]
    target: str

    @property
    def boxes(self) -> tuple[str, ...]:
        """Step and choice."""
        return self.node, *self.choices


def block(chart: Procedure, node: Node) -> Block:
    """The step with its choice."""
    target = node.exits[0].to
    after = chart.nodes[target]
    if after.kind != "choice" or not _reads(after, node) or len(_before(chart, target)) > 1:
        return Block(node.id, (), target)
    return Block(node.id, (target,), yes_exit(after, node).to)


def yes_exit(choice: Node, node: Node) -> Exit:
    """The exit that is taken when the step said yes; the first one where no exit says so."""
    for way in choice.exits:
        for one in comparisons(parse(way.when)) if way.when else ():
            if isinstance(one, Answered) and one.same and one.name[0] == _local(node) and one.word in YES:
                return way
    return choice.exits[0]


def _local(node: Node) -> str:
    return node.id.removeprefix(node.scope)


def _reads(choice: Node, node: Node) -> bool:
    """Whether a choice reads the answers of a step."""
    if choice.scope != node.scope:
        return False
    found = [one for way in choice.exits if way.when for one in comparisons(parse(way.when))]
    return any(
        _local(node) in ([one.name[0]] if isinstance(one, Answered) else [name for name, _ in one.names])
        for one in found
    )


def readers(chart: Procedure, node: Node) -> list[str]:
    """Every choice that reads the answers of a step, also through what a call passes on."""
    passed = {
        scope for scope, given in chart.given.items() for source, _ in given.values() if source == node.id
    }
    return [
        one.id for one in chart.nodes.values()
        if one.kind == "choice" and (_reads(one, node) or one.scope in passed)
    ]  # fmt: skip


def _before(chart: Procedure, name: str) -> list[str]:
    return [one.id for one in chart.nodes.values() for way in one.exits if way.to == name]


def with_node(chart: Procedure, *nodes: Node) -> Procedure:
    """The chart with these nodes in the place of those of the same id, or added."""
    return replace(chart, nodes={**chart.nodes, **{node.id: node for node in nodes}})


def led_to(chart: Procedure, old: str, new: str, *, of: Callable[[str], bool] = lambda _: True) -> Procedure:
    """Every arrow to `old` (that leaves a node that `of` accepts; '' is the beginning) leads to `new`."""
    nodes = {
        one.id: replace(one, exits=tuple(replace(way, to=new) if way.to == old else way for way in one.exits))
        if of(one.id)
        else one
        for one in chart.nodes.values()
    }
    return replace(chart, nodes=nodes, start=new if chart.start == old and of("") else chart.start)


def without(chart: Procedure, gone: Collection[str]) -> Procedure:
    """The chart without these nodes; nothing speaks of them any more."""

    def kept(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(one for one in names if one not in gone)

    nodes = {
        one.id: replace(
            one,
            after=kept(one.after),
            separate_from=kept(one.separate_from),
            after_groups=tuple(group for group in map(kept, one.after_groups) if group),
        )
        for one in chart.nodes.values()
        if one.id not in gone
    }
    return replace(chart, nodes=nodes)


def dropped(chart: Procedure, node: Node) -> Procedure | None:
    """The step and its choice taken out, as if it had always said yes; None where the chart could not be read then."""
    part = block(chart, node)
    lost = set(readers(chart, node)) - set(part.choices)
    if part.target in part.boxes or lost:
        return None
    return without(led_to(chart, node.id, part.target), part.boxes)


def bypassed(chart: Procedure, node: Node) -> Procedure:
    """A way around the step, for whoever likes to take it."""
    part = block(chart, node)
    door = Node(
        "bypass", "choice", "特事特办",
        exits=(Exit(node.id, "照常", UNUSUAL), Exit(part.target, "特办", otherwise=True)),
    )  # fmt: skip
    return with_node(led_to(chart, node.id, door.id), door)


def moved_behind(chart: Procedure, node: Node, later: Node) -> Procedure | None:
    """The step is done only after a later one; None where there is no place for it."""
    part = block(chart, node)
    follows = later.exits[0].to if len(later.exits) == 1 else ""
    if not follows or follows in part.boxes or part.target in part.boxes or later.id in part.boxes:
        return None
    inner = set(part.boxes)
    moved = led_to(chart, node.id, part.target, of=lambda one: one not in inner)
    moved = led_to(moved, follows, node.id, of=lambda one: one == later.id)
    return led_to(moved, part.target, follows, of=lambda one: one in inner)


def exchanged(chart: Procedure, node: Node, other: Node) -> Procedure | None:
    """Two steps that follow one another change places; None where they do not."""
    first, second = block(chart, node), block(chart, other)
    if first.target != other.id or second.target in (*first.boxes, *second.boxes):
        return None
    ones, others = set(first.boxes), set(second.boxes)
    moved = led_to(chart, node.id, other.id, of=lambda one: one not in ones | others)
    moved = led_to(moved, other.id, second.target, of=lambda one: one in ones)
    return led_to(moved, second.target, node.id, of=lambda one: one in others)


def yes_only(chart: Procedure, node: Node) -> Procedure | None:
    """The no-branch leads where the yes leads; None where there is no choice."""
    part = block(chart, node)
    if not part.choices:
        return None
    choice = chart.nodes[part.choices[0]]
    return with_node(
        chart, replace(choice, exits=tuple(replace(way, to=part.target) for way in choice.exits))
    )


def turned(chart: Procedure, node: Node) -> Procedure | None:
    """Yes leads where no led, and no where yes did; None where there is no choice."""
    part = block(chart, node)
    if not part.choices:
        return None
    choice = chart.nodes[part.choices[0]]
    away = next((way.to for way in reversed(choice.exits) if way.to != part.target), "")
    swapped = {part.target: away, away: part.target}
    if not away:
        return None
    ways = tuple(replace(way, to=swapped.get(way.to, way.to)) for way in choice.exits)
    return with_node(chart, replace(choice, exits=ways))
