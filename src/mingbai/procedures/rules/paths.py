"""Walking a chart for proofs: paths that avoid something, and every marking that a case can have."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator

from mingbai.procedures.rules.graph import WAITING, Exit, Node, Procedure

MAX_MARKINGS = 20_000
Marking = tuple[str, ...]
Way = tuple[str, int]
"""A way out of a node: the node, and the place of the exit; two exits may lead to one place."""


def path_between(
    procedure: Procedure,
    start: str,
    goals: Collection[str],
    *,
    without: Collection[str] = (),
    without_ways: Collection[Way] = (),
) -> tuple[str, ...]:
    """A shortest path from `start` to one of `goals` that avoids nodes and ways; empty when there is none."""
    came: dict[str, str] = {start: ""}
    queue = deque([] if start in without else [start])
    while queue:
        here = queue.popleft()
        if here in goals:
            return _unwound(came, here)
        for place, way in enumerate(procedure.nodes[here].exits):
            if way.to not in came and way.to not in without and (here, place) not in without_ways:
                came[way.to] = here
                queue.append(way.to)
    return ()


def _unwound(came: dict[str, str], last: str) -> tuple[str, ...]:
    path = [last]
    while came[path[-1]]:
        path.append(came[path[-1]])
    return tuple(reversed(path))


def titles(procedure: Procedure, path: Iterable[str]) -> tuple[str, ...]:
    """The path in words: what somebody does, and the ends."""
    shown = [procedure.nodes[one] for one in path]
    return tuple(
        node.title or node.id for node in shown if node.kind in WAITING or node.kind in ("end", "call")
    )


def granting(procedure: Procedure, node: Node) -> list[Way]:
    """The ways that are taken only when this node said yes: a vote that passed, a signature that agreed."""
    local = node.id.removeprefix(node.scope)
    yes = re.compile(rf"\b{local}\.(result|verdict) == '(passed|agree|good)'")
    return [
        (one.id, place)
        for one in procedure.nodes.values()
        if one.scope == node.scope
        for place, way in enumerate(one.exits)
        if way.when and yes.search(way.when) and not _alternative(way)
    ]


def _alternative(way: Exit) -> bool:
    """A condition with `||` may hold without the yes in it."""
    return "||" in (way.when or "") or "!(" in (way.when or "")


def markings(procedure: Procedure) -> dict[Marking, set[Marking]]:
    """Every marking that a case can reach, with those that follow it; conditions may fall either way."""
    found: dict[Marking, set[Marking]] = {}
    queue = deque(_settled(procedure, [procedure.start], ()))
    while queue and len(found) < MAX_MARKINGS:
        marking = queue.popleft()
        if marking in found:
            continue
        found[marking] = set()
        for place, name in enumerate(marking):
            if procedure.nodes[name].kind in WAITING:
                rest = (*marking[:place], *marking[place + 1 :])
                for way in procedure.nodes[name].exits:
                    found[marking].update(_settled(procedure, [way.to], rest))
        queue.extend(found[marking])
    return found


def _settled(procedure: Procedure, arriving: list[str], rest: Marking) -> Iterator[Marking]:
    """All markings that may come of tokens arriving, as the interpreter would move them on."""
    if not arriving:
        yield tuple(sorted(rest))
        return
    name, *others = arriving
    node = procedure.nodes[name]
    if node.kind == "choice":
        for way in node.exits:
            yield from _settled(procedure, [way.to, *others], rest)
    elif node.kind == "both":
        yield from _settled(procedure, [*(way.to for way in node.exits), *others], rest)
    elif node.kind == "join" and (*rest, name).count(name) == entries(procedure, name):
        kept = tuple(one for one in rest if one != name)
        yield from _settled(procedure, [*(way.to for way in node.exits), *others], kept)
    else:
        yield from _settled(procedure, others, (*rest, name))


def entries(procedure: Procedure, name: str) -> int:
    """How many ways lead into a node."""
    return sum(way.to == name for node in procedure.nodes.values() for way in node.exits)
