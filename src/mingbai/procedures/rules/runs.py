"""Everything that a case of a chart can do: every state it can stand in, with every answer, and the ways through them.

A state is a marking and those answers that some choice still ahead will read. So a way that no case can take (a second
choice that falls against what the first one read) is no way here, and a way that is found is one that a case can take.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from mingbai.procedures.rules.conditions import Known, Name
from mingbai.procedures.rules.graph import WAITING, Node, Procedure
from mingbai.procedures.rules.memory import Memory, Words
from mingbai.procedures.rules.paths import entries

MAX_STATES = 20_000
YES = frozenset({"passed", "agree", "good"})
Marking = tuple[str, ...]
Trail = tuple[str, ...]
Answer = tuple[str, str, str]
"""A node, a field of it, and the word that was answered."""

_Moving = tuple[Marking, Marking, Known, Trail]
"""Tokens arriving, tokens that stand, what is known, the boxes passed."""


@dataclass(frozen=True)
class Act:
    """A node is done with these answers: the state that follows, and the boxes passed on the way there."""

    node: str
    words: Words
    yes: bool
    to: int
    trail: Trail


class Runs:
    """All runs of a chart.

    markings: where a case stands in each state; acts: what can be done there. twice: a marking in which one step waits
    twice; too_many: more states than are followed; with either, the rest is not complete. seen: every box that a case
    can come to.
    """

    def __init__(self, procedure: Procedure) -> None:
        self.procedure, self.nodes = procedure, procedure.nodes
        self.markings: list[Marking] = []
        self.acts: list[list[Act]] = []
        self.seen: set[str] = set()
        self.twice: Marking = ()
        self.too_many = False
        self._memory = Memory(procedure)
        self._words = {
            node.id: list(self._memory.answers(node)) for node in self.nodes.values() if node.kind in WAITING
        }
        self._number: dict[tuple[Marking, frozenset[tuple[Name, str]]], int] = {}
        self._known: list[Known] = []
        self._after: dict[str, frozenset[str]] = {}
        self._unread: dict[str, tuple[int, str]] = {}
        self._explore()
        self._at: dict[str, set[int]] = {}
        for state, marking in enumerate(self.markings):
            for name in marking:
                self._at.setdefault(name, set()).add(state)

    # exploring

    def _explore(self) -> None:
        self._starts = list(self._arriving([self.procedure.start], (), {}))
        self._unread |= dict.fromkeys(self._memory.unanswered, (-1, self.procedure.start))
        at = 0
        while at < len(self.markings) and not self.twice and not self.too_many:
            for name in sorted(set(self.markings[at])):
                if name in self._words:
                    self.acts[at] += self._done(at, self.nodes[name])
            at += 1
            self.too_many = self.too_many or len(self.markings) > MAX_STATES

    def _done(self, at: int, node: Node) -> Iterator[Act]:
        rest = list(self.markings[at])
        rest.remove(node.id)
        following = [way.to for way in node.exits]
        for words in self._words[node.id]:
            yes = any(field in ("verdict", "result") and word in YES for field, word in words)
            known = self._memory.after(self._known[at], node.id, words)
            reached = set()
            before = len(self._memory.unanswered)
            for to, trail in self._arriving(following, tuple(rest), known):
                if to not in reached:
                    reached.add(to)
                    yield Act(node.id, words, yes, to, trail)
            if len(self._memory.unanswered) > before:
                self._unread |= {
                    one: (at, node.id) for one in self._memory.unanswered if one not in self._unread
                }

    def _arriving(self, names: list[str], rest: Marking, known: Known) -> Iterator[tuple[int, Trail]]:
        """All states that may come of tokens arriving, as the interpreter would move them on."""
        queue: list[_Moving] = [(tuple(names), rest, known, ())]
        met: set[tuple[Marking, Marking, frozenset[tuple[Name, str]]]] = set()
        while queue and not self.too_many:
            arriving, rest, known, trail = queue.pop()
            kept = self._memory.kept(known, (*arriving, *rest))
            if (arriving, rest, kept) in met:
                continue
            met.add((arriving, rest, kept))
            self.too_many = len(met) > MAX_STATES
            if arriving:
                queue += reversed(list(self._moved(arriving, rest, dict(kept), trail)))
            else:
                marking = tuple(sorted(rest))
                self.seen.update(trail, marking)
                yield self._state(marking, known), trail

    def _moved(self, arriving: Marking, rest: Marking, known: Known, trail: Trail) -> Iterator[_Moving]:
        """The first token moved on by one box."""
        name, others, node = arriving[0], arriving[1:], self.nodes[arriving[0]]
        onward = tuple(way.to for way in node.exits)
        passed = (*trail, name)
        if node.kind == "choice":
            for to, then in self._memory.chosen(node, known):
                yield (to, *others), rest, then, passed
        elif node.kind == "both":
            yield (*onward, *others), rest, known, passed
        elif node.kind == "join" and (*rest, name).count(name) == entries(self.procedure, name):
            kept = tuple(one for one in rest if one != name)
            yield (*onward, *others), kept, known, passed
        else:
            yield others, (*rest, name), known, trail

    def _state(self, marking: Marking, known: Known) -> int:
        kept = self._memory.kept(known, marking)
        found = self._number.setdefault((marking, kept), len(self.markings))
        if found == len(self.markings):
            self.markings.append(marking)
            self.acts.append([])
            self._known.append(dict(kept))
            waiting = [one for one in marking if one in self._words]
            if len(set(waiting)) < len(waiting):
                self.twice = marking
        return found

    # ways

    def way(
        self,
        goals: Collection[str],
        *,
        after: str = "",
        granted: bool = False,
        refused: bool = False,
        said: Collection[tuple[str, str]] = (),
        into: str = "",
        without: Collection[str] = (),
        without_yes: Collection[str] = (),
        without_answers: Collection[Answer] = (),
    ) -> Trail:
        """A shortest way on which a case comes to stand at one of `goals`: the boxes on it; empty when there is none.

        after: begin when this node was done (`granted`: and said yes, `refused`: and did not, `said`: and answered these
        fields with these words; `into`: and came to this box next), not at the start.
        without: nodes that are not done on the way; without_yes: that do not say yes on it; without_answers: answers
        that are not given on it.
        """
        ends = set().union(*(self._at.get(one, ()) for one in goals))

        def open_to(act: Act) -> bool:
            if act.node in without or (act.yes and act.node in without_yes):
                return False
            return not without_answers or all((act.node, *one) not in without_answers for one in act.words)

        found = self._search(self._beginnings(after, granted, refused, said, into), ends, open_to)
        if found is None:
            return ()
        last, boxes = found
        return (*boxes, next(one for one in self.markings[last] if one in goals))

    def first_states(self) -> frozenset[int]:
        """Where a case may stand when it is opened."""
        return frozenset(to for to, _ in self._starts)

    def unanswered(self) -> dict[str, Trail]:
        """The choices that may come to read what was never entered, each with a way on which they do."""
        ways: dict[str, Trail] = {}
        for choice, (state, node) in self._unread.items():
            found = None if state < 0 else self._search(self._starts, {state}, lambda _: True)
            ways[choice] = (*(found[1] if found else ()), node, choice)
        return ways

    def _search(
        self, starts: Iterable[tuple[int, Trail]], ends: Collection[int], open_to: Callable[[Act], bool]
    ) -> tuple[int, Trail] | None:
        """The nearest of `ends`, and the boxes on a shortest way to it; None when there is none."""
        came: dict[int, tuple[int, Trail]] = {}
        queue: deque[int] = deque()
        for to, trail in starts:
            if to not in came:
                came[to] = (-1, trail)
                queue.append(to)
        while queue:
            here = queue.popleft()
            if here in ends:
                return here, _unwound(came, here)
            for act in self.acts[here]:
                if act.to not in came and open_to(act):
                    came[act.to] = (here, (act.node, *act.trail))
                    queue.append(act.to)
        return None

    def _beginnings(
        self,
        after: str,
        granted: bool = False,
        refused: bool = False,
        said: Collection[tuple[str, str]] = (),
        into: str = "",
    ) -> Iterator[tuple[int, Trail]]:
        if not after:
            yield from self._starts
        for state in sorted(self._at.get(after, ())):
            for act in self.acts[state]:
                fits = (act.yes or not granted) and not (act.yes and refused)
                onward = not into or into in act.trail or into in self.markings[act.to]
                if act.node == after and fits and onward and all(one in act.words for one in said):
                    yield act.to, (after, *act.trail)

    def following(self, node: str) -> frozenset[str]:
        """Every node that some case comes to stand at after this one was done."""
        if node not in self._after:
            seen = {to for to, _ in self._beginnings(node)}
            queue = list(seen)
            while queue:
                fresh = {act.to for act in self.acts[queue.pop()]} - seen
                seen |= fresh
                queue += fresh
            self._after[node] = frozenset(one for state in seen for one in self.markings[state])
        return self._after[node]

    def answered(self, node: str, field: str, word: str) -> set[tuple[int, int]]:
        """Where a case stood, and stands after this answer: pairs of states."""
        return {
            (state, act.to)
            for state in self._at.get(node, ())
            for act in self.acts[state]
            if act.node == node and (field, word) in act.words
        }

    def next_to(self, node: str, field: str, word: str) -> set[str]:
        """Where a case stands right after this answer."""
        return {one for _, to in self.answered(node, field, word) for one in self.markings[to]}

    # who

    def hand(self, *hands: str) -> list[Node]:
        """The nodes done by one of these hands."""
        return [node for node in self.nodes.values() if node.hand in hands]

    def stage(self, *stages: str) -> list[Node]:
        """The nodes of one of these stages."""
        return [node for node in self.nodes.values() if node.stage in stages]

    def ends(self, *, stopped: bool | None = None) -> list[str]:
        """The ends; only those with (`stopped=False`) or without result."""
        return [
            node.id for node in self.nodes.values()
            if node.kind == "end" and stopped in (None, node.stopped)
        ]  # fmt: skip


def _unwound(came: dict[int, tuple[int, Trail]], last: int) -> Trail:
    boxes: Trail = ()
    while last >= 0:
        last, trail = came[last]
        boxes = (*trail, *boxes)
    return boxes
