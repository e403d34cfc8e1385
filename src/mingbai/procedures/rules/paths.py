"""Walking the arrows of a chart, whatever the answers; the ways that a case can really take are in `runs`."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from mingbai.procedures.rules.graph import WAITING, Procedure


def leading_to(procedure: Procedure, goals: Iterable[str], *, without: Collection[str] = ()) -> set[str]:
    """Every node from which arrows lead to one of `goals`, those included, over none of `without`."""
    before: dict[str, list[str]] = {}
    for node in procedure.nodes.values():
        for way in node.exits:
            before.setdefault(way.to, []).append(node.id)
    found = set(goals)
    queue = list(found)
    while queue:
        for one in before.get(queue.pop(), ()):
            if one not in found and one not in without:
                found.add(one)
                queue.append(one)
    return found


def titles(procedure: Procedure, path: Iterable[str]) -> tuple[str, ...]:
    """The path in words: what somebody does, and the ends."""
    shown = [procedure.nodes[one] for one in path]
    return tuple(
        node.title or node.id for node in shown if node.kind in WAITING or node.kind in ("end", "call")
    )


def entries(procedure: Procedure, name: str) -> int:
    """How many ways lead into a node."""
    return sum(way.to == name for node in procedure.nodes.values() for way in node.exits)
