"""A role: what the law wants done before something else may happen; and who plays it in a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mingbai.procedures.rules.graph import Node
from mingbai.procedures.rules.runs import Answer, Runs

Pick = Callable[[Node], bool]


@dataclass(frozen=True)
class Role:
    """What must be done before what, in the law's words.

    after: only once this was done (ids, any of them); said: and answered so; spared: unless this was answered.
    """

    article: str
    members: tuple[str, ...]
    guards: tuple[str, ...]
    after: tuple[str, ...] = ()
    spared: frozenset[Answer] = frozenset()
    said: tuple[tuple[str, str], ...] = ()


def unlawful_without(runs: Runs, every: list[Role], node: str, onward: str = "") -> str:
    """The article of a role of which this step is the only member on some run before a guard; else empty.

    onward: the box that such a run comes to after the step, where the damage would lead on to that box alone.
    """
    for role in every:
        if node not in role.members:
            continue
        others = [one for one in role.members if one != node]
        for first in role.after or ("",):
            around = runs.way(
                role.guards, after=first, said=role.said, without=others, without_answers=role.spared
            )
            if around and (not onward or _goes_on(runs, role, node, onward, others)):
                return role.article
    return ""


def _goes_on(runs: Runs, role: Role, node: str, onward: str, others: list[str]) -> bool:
    """Whether a guard is reached by way of this box without the step being done again."""
    again = [*others, *role.after, node]
    return bool(
        onward in role.guards
        or runs.way(role.guards, after=node, into=onward, without=again, without_answers=role.spared)
    )


def pick(runs: Runs, fits: Pick) -> tuple[str, ...]:
    """The nodes that fit, by id."""
    return tuple(node.id for node in runs.nodes.values() if fits(node))


def stage(runs: Runs, *stages: str) -> tuple[str, ...]:
    """The nodes of these stages."""
    return pick(runs, lambda node: node.stage in stages)


def hand(runs: Runs, hand: str) -> tuple[str, ...]:
    """The nodes done by this hand."""
    return pick(runs, lambda node: node.hand == hand)


def signs(node: Node) -> bool:
    """Whether a step signs a contract."""
    return node.kind == "task" and node.id.rsplit("__", 1)[-1] in ("contract", "sign")


def ends(runs: Runs, *stopped: bool) -> tuple[str, ...]:
    """The ends with (False) or without (True) result."""
    return pick(runs, lambda node: node.kind == "end" and node.stopped in stopped)


def answered(
    runs: Runs, word: str, members: tuple[str, ...], guards: tuple[str, ...], law: str
) -> Iterator[Role]:
    """A role that holds once this was answered."""
    for node in runs.nodes.values():
        for field in node.fields:
            if any(option.id == word for option in field.options):
                yield Role(law, members, guards, (node.id,), said=((field.id, word),))
