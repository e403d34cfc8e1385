"""Running a chart: a definition plus a state plus one act gives an outcome. Nothing else changes anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mingbai.kernel import Refused
from mingbai.procedures.rules.expressions import holds
from mingbai.procedures.rules.graph import SEPARATOR, WAITING, Node, Procedure

Value = str | int
Facts = Mapping[str, Mapping[str, Value]]


@dataclass(frozen=True)
class State:
    """Where a case stands: nodes waiting (with arrivals at joins), facts entered, who did what in order."""

    marking: tuple[str, ...]
    facts: Facts = field(default_factory=dict)
    done: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class StepAct:
    """Somebody does a node with these values (money in fen)."""

    node: str
    person: str
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Outcome:
    """The new state, the nodes newly waiting, and the end reached when nothing waits any more."""

    state: State
    entered: tuple[str, ...]
    ended: str | None


def start(procedure: Procedure, facts: Mapping[str, Value]) -> State:
    """The state of a case that has just been opened; `facts` are readable in conditions as `case.…`."""
    return State((procedure.start,), {"case": dict(facts)})


def advance(procedure: Procedure, state: State, act: StepAct, parameters: Mapping[str, int]) -> Outcome:
    """Do one waiting node. `done` keeps every visit: whoever did a node once has had a hand in it.

    Raises:
        Refused: the case does not wait there (wrong order, or done already); something that comes first is not
            done; the same hands did a node from which this one must be separate; a condition lacks its fact.
    """
    node = _waiting(procedure, state, act.node)
    _refuse_too_soon(procedure, state, node)
    _refuse_same_hands(procedure, state, node, act.person)
    facts = {**state.facts, node.id: dict(act.values)}
    done = (*state.done, (node.id, act.person))
    rest = list(state.marking)
    rest.remove(node.id)
    walk = _Walk(procedure, facts, parameters, rest)
    walk.leave(node)
    after = State(tuple(walk.marking), facts, done)
    waiting = any(procedure.waits(one) for one in walk.marking)
    return Outcome(after, tuple(walk.entered), None if waiting else walk.end)


def send_back(procedure: Procedure, state: State, node: str, to: str) -> State:
    """The state in which `to`, done earlier, waits again in place of `node`; what came after it is undone.

    Side branches that could only have been reached through `to` are undone with it.

    Raises:
        Refused: the case does not wait at `node`, or `to` was never done.
    """
    _waiting(procedure, state, node)
    order = [one for one, _ in state.done]
    if to not in order:
        title = procedure.nodes[to].title if to in procedure.nodes else to
        raise Refused(f"“{title}”还没有办过，不能退回到那里", remedy="选一个办过的环节")
    kept = state.done[: len(order) - 1 - order[::-1].index(to)]
    names = {one for one, _ in kept} | {"case"}
    elsewhere = reach(procedure, procedure.start, without=to)
    rest = list(state.marking)
    rest.remove(node)
    marking = (to, *(one for one in rest if one != to and one in elsewhere))
    return State(marking, {key: value for key, value in state.facts.items() if key in names}, kept)


def reach(procedure: Procedure, first: str, *, without: str = "") -> frozenset[str]:
    """Every node that can be reached from `first`, itself included, on ways that avoid `without`."""
    seen: set[str] = set()
    waiting = [first]
    while waiting:
        name = waiting.pop()
        if name not in seen and name != without:
            seen.add(name)
            waiting += [way.to for way in procedure.nodes[name].exits]
    return frozenset(seen)


def _waiting(procedure: Procedure, state: State, name: str) -> Node:
    if name in state.marking and name in procedure.nodes and procedure.waits(name):
        return procedure.nodes[name]
    here = "、".join(procedure.nodes[one].title for one in state.marking if procedure.waits(one)) or "没有"
    raise Refused(f"现在不能办这一步，正等着办的是：{here}", remedy="按流程图的顺序办理")


def _refuse_too_soon(procedure: Procedure, state: State, node: Node) -> None:
    done = {one for one, _ in state.done}
    for group in node.after_groups:
        if not done.intersection(group):
            title = procedure.nodes[group[0]].title
            raise Refused(f"“{node.title}”要先办“{title}”", node.citation, f"先办“{title}”")


def _refuse_same_hands(procedure: Procedure, state: State, node: Node, person: str) -> None:
    for earlier, who in state.done:
        other = procedure.nodes.get(earlier)
        if who != person or other is None or earlier == node.id:
            continue
        if earlier in node.separate_from or node.id in other.separate_from:
            raise Refused(
                f"“{node.title}”不能由办“{other.title}”的同一个人来办",
                node.citation,
                "请换一位有这个职务的人来办",
            )


@dataclass
class _Walk:
    """Following exits from a finished node to the nodes that wait next."""

    procedure: Procedure
    facts: Facts
    parameters: Mapping[str, int]
    marking: list[str]
    entered: list[str] = field(default_factory=list)
    end: str | None = None

    def leave(self, node: Node) -> None:
        """Go out of a node by all its exits (one, except for `both`)."""
        for way in node.exits:
            self.enter(way.to)

    def enter(self, name: str) -> None:
        """Come to a node: wait there, or pass through at once."""
        node = self.procedure.nodes[name]
        if node.kind in WAITING:
            if name not in self.marking:
                self.marking.append(name)
                self.entered.append(name)
        elif node.kind == "choice":
            self.enter(self._chosen(node))
        elif node.kind == "join":
            self._arrive(node)
        elif node.kind == "end":
            self.end = name
        else:
            self.leave(node)

    def _chosen(self, node: Node) -> str:
        given = self.procedure.given.get(node.scope, {})
        env: dict[str, Mapping[str, Value]] = {
            **scoped(self.facts, node.scope),
            "param": self.parameters,
            "case": self.facts.get("case", {}),
            "given": {
                key: self.facts[at][name]
                for key, (at, name) in given.items()
                if name in self.facts.get(at, {})
            },
        }
        for way in node.exits:
            if way.otherwise or (way.when is not None and holds(way.when, env)):
                return way.to
        raise Refused(f"“{node.title}”没有一条路合得上", remedy="请区里编图的部门核对流程图")

    def _arrive(self, node: Node) -> None:
        self.marking.append(node.id)
        incoming = sum(way.to == node.id for one in self.procedure.nodes.values() for way in one.exits)
        if self.marking.count(node.id) == incoming:
            self.marking = [one for one in self.marking if one != node.id]
            self.leave(node)


def scoped(facts: Facts, scope: str) -> dict[str, Mapping[str, Value]]:
    """The facts that a condition inside a sub-procedure reads, by their local names."""
    local = {name.removeprefix(scope): value for name, value in facts.items() if name.startswith(scope)}
    return {name: value for name, value in local.items() if SEPARATOR not in name}


def to_json(state: State) -> str:
    """The state as compact text."""
    value = {"m": state.marking, "f": state.facts, "d": state.done}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> State:
    """The state that `to_json` wrote."""
    value = json.loads(text)
    return replace(State(tuple(value["m"]), value["f"]), done=tuple((one[0], one[1]) for one in value["d"]))
