"""What a run of a chart must remember: the answers that some choice still ahead will read, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product

from mingbai.procedures.rules.conditions import (
    ELSEWHERE,
    Answered,
    Compared,
    Condition,
    Known,
    Name,
    comparisons,
    followed,
    outcomes,
    parse,
)
from mingbai.procedures.rules.graph import Node, Procedure
from mingbai.procedures.rules.paths import leading_to

RESULTS = ("passed", "not_passed", "no_quorum")
ANSWERS = ("verdict", "result", "objection")
"""Fields whose answer matters also where no choice reads it: that is what is wrong then."""
Words = tuple[tuple[str, str], ...]
"""Field and answered word, for each field that matters."""


class Memory:
    """Keys as in `conditions.Known`. `unanswered`: choices that were to read what was never entered."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.unanswered: set[str] = set()
        self._conditions = {
            node.id: [self._followed(node, way.when) for way in node.exits]
            for node in procedure.nodes.values() if node.kind == "choice"
        }  # fmt: skip
        self._readers: dict[Name, set[str]] = {}
        self._writers: dict[Name, set[str]] = {}
        for choice, conditions in self._conditions.items():
            for key, writers in (pair for one in conditions if one for pair in _keys(one)):
                self._readers.setdefault(key, set()).add(choice)
                self._writers[key] = writers
        self._live: dict[str, set[Name]] = {}
        for key, choices in self._readers.items():
            for name in leading_to(procedure, choices, without=self._writers[key]):
                self._live.setdefault(name, set()).add(key)

    def _followed(self, node: Node, when: str | None) -> Condition | None:
        given = self.procedure.given.get(node.scope, {})

        def follow(name: Name) -> Name:
            if name[0] == "given":
                return given.get(name[1], name)
            return name if name[0] in ELSEWHERE else (node.scope + name[0], name[1])

        return followed(parse(when), follow) if when else None

    def answers(self, node: Node) -> Iterator[Words]:
        """Every way to answer the fields of a node that a choice reads, or that say yes or no."""
        asked = {one.id: [option.id for option in one.options] for one in node.fields if one.options}
        if node.kind == "meeting":
            asked["result"] = list(RESULTS)
        kept = {
            field: words for field, words in asked.items()
            if field in ANSWERS or (node.id, field) in self._readers
        }  # fmt: skip
        for said in product(*kept.values()):
            yield tuple(zip(kept, said, strict=True))

    def after(self, known: Known, node: str, words: Words) -> Known:
        """What is known when a node was done with these answers."""
        kept = {key: word for key, word in known.items() if node not in self._writers[key]}
        if (node, "") in self._readers:
            kept[node, ""] = "done"
        return kept | {(node, field): word for field, word in words if (node, field) in self._readers}

    def kept(self, known: Known, marking: Collection[str]) -> frozenset[tuple[Name, str]]:
        """Of what is known, all that a choice ahead of this marking may read."""
        return frozenset(
            (key, word) for key, word in known.items()
            if any(key in self._live.get(name, ()) for name in marking)
        )  # fmt: skip

    def chosen(self, choice: Node, known: Known, place: int = 0) -> Iterator[tuple[str, Known]]:
        """Where a choice may lead, and what is known then."""
        condition = self._conditions[choice.id][place]
        to, more = choice.exits[place].to, place + 1 < len(choice.exits)
        if condition is None:
            yield to, known
            return
        for value, then in outcomes(condition, known):
            if value is None:
                self.unanswered.add(choice.id)
            elif value:
                yield to, then
            elif more:
                yield from self.chosen(choice, then, place + 1)


def _keys(condition: Condition) -> Iterator[tuple[Name, set[str]]]:
    """What must be remembered to decide a condition, and whose doing changes it."""
    for one in comparisons(condition):
        match one:
            case Answered(name):
                yield name, {name[0]}
            case Compared(text, names):
                nodes = {node for node, _ in names if node not in ELSEWHERE}
                yield ("?", text), nodes
                yield from (((node, ""), {node}) for node in nodes)
