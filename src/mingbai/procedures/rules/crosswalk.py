"""crosswalk/NN-<power>.yaml: which node of the chart carries each step of the facts, and which condition each branch.

The facts speak of roles and branches in free words; a chart speaks of offices and conditions. This file stands between
them, kept by the department that owns the chart, so that nothing is lost on the way and nothing is added in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Pydantic

from mingbai.kernel import BadFile, line_of, load_located, validate
from mingbai.procedures.rules.graph import SEPARATOR, WAITING, Exit, Procedure

FOLDER = "crosswalk/"
END = "end"
Path = tuple[str | int, ...]
_Words = Pydantic(min_length=1, max_length=120)


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BranchLine(_Text):
    """One way out of a step: the facts' word, the step (or end) it leads to, the chart's condition.

    `why` says why the chart goes another way; then only the condition, if there is one, is looked for.
    """

    when: str = _Words
    to: str = Pydantic(min_length=1)
    condition: str = ""
    why: str = Pydantic(default="", max_length=200)


class StepLine(_Text):
    """One step: the facts' role, the nodes that carry it (the first one does it), and that node's offices."""

    step: str = Pydantic(min_length=1)
    role: str = _Words
    nodes: tuple[str, ...]
    offices: tuple[str, ...]
    why: str = Pydantic(default="", max_length=200)
    branches: tuple[BranchLine, ...] = Pydantic(min_length=1)


class AddedLine(_Text):
    """A node of the chart that no step of the facts asks for, and why it is there."""

    node: str
    why: str = _Words


class Crosswalk(_Text):
    """The whole file of one power; the steps stand in the facts' order."""

    power: str
    steps: tuple[StepLine, ...] = Pydantic(min_length=1)
    added: tuple[AddedLine, ...] = ()


def read_crosswalks(files: Mapping[str, str]) -> dict[str, Crosswalk]:
    """The crosswalks of a district by power; a district without them has none.

    Raises:
        BadFile: a file that is not one, that is not named after its power, or a step written twice or left out.
    """
    found: dict[str, Crosswalk] = {}
    for name in sorted(name for name in files if name.startswith(FOLDER) and name.endswith(".yaml")):
        read = _read(files[name], name)
        own = name.removeprefix(FOLDER)
        if f"powers/{own}" not in files or own.partition("-")[2] != f"{read.power}.yaml":
            raise BadFile(name, 1, f"文件名要和 powers/ 里 {read.power} 的文件名一样")
        found[read.power] = read
    return found


def _read(text: str, name: str) -> Crosswalk:
    crosswalk = validate(Crosswalk, text, name)
    lines = load_located(text, name)[1]
    known = [one.step for one in crosswalk.steps]
    reached = {known[0], *(way.to for one in crosswalk.steps for way in one.branches if way.to != one.step)}
    for at, one in enumerate(crosswalk.steps):
        if one.step in known[:at]:
            raise BadFile(name, line_of(lines, ("steps", at, "step")), f"步骤 {one.step} 写了两遍")
        if one.step not in reached:
            raise BadFile(name, line_of(lines, ("steps", at, "step")), f"没有哪一步去到 {one.step}")
        for place, way in enumerate(one.branches):
            if way.to not in known and not way.to.startswith(END):
                path = ("steps", at, "branches", place)
                raise BadFile(name, line_of(lines, path), f"步骤 {one.step} 去到的 {way.to} 不在这个文件里")
    return crosswalk


def check_crosswalks(files: Mapping[str, str], procedures: Mapping[str, Procedure]) -> dict[str, Crosswalk]:
    """All crosswalks of a district, each compared with the compiled chart of its power (`procedures` by power).

    Raises:
        BadFile: the first that does not read or does not agree.
    """
    crosswalks = read_crosswalks(files)
    names = {
        name.removeprefix(FOLDER).partition("-")[2].removesuffix(".yaml"): name
        for name in files
        if name.startswith(FOLDER)
    }
    for power, crosswalk in crosswalks.items():
        name = names[power]
        if power not in procedures:
            raise BadFile(name, 1, f"{power} 还没有流程图，没有什么可对")
        refuse_crosswalk(name, files[name], crosswalk, procedures[power])
    return crosswalks


def refuse_crosswalk(name: str, text: str, crosswalk: Crosswalk, procedure: Procedure) -> None:
    """Compare one crosswalk with the compiled chart of its power.

    Raises:
        BadFile: naming file, line and reason: a node that is not in the chart, other offices, a condition that stands on
            no exit, a branch that the chart does not take, a node that somebody does and no step carries.
    """
    for path, reason in _Comparing(crosswalk, procedure).faults():
        raise BadFile(name, line_of(load_located(text, name)[1], path), reason)


def _plain(condition: str) -> str:
    return " ".join(condition.split())


@dataclass
class _Comparing:
    crosswalk: Crosswalk
    procedure: Procedure
    carried: dict[str, tuple[str, ...]] = field(default_factory=dict)
    between: set[str] = field(default_factory=set)

    def faults(self) -> Iterator[tuple[Path, str]]:
        """Place in the file and reason, in the file's order."""
        for at, step in enumerate(self.crosswalk.steps):
            yield from self.unknown(("steps", at, "nodes"), step.nodes)
            self.carried[step.step] = tuple(flat for one in step.nodes for flat in self.flat(one))
            yield from self.wrong_offices(("steps", at), step)
        yield from self.wrong_additions()
        for at, step in enumerate(self.crosswalk.steps):
            for place, way in enumerate(step.branches):
                yield from self.wrong_branch(("steps", at, "branches", place), step, way)

    def flat(self, name: str) -> list[str]:
        """The flat nodes that a name stands for: itself, or all that a call put in place, what is entered first."""
        if name in self.procedure.nodes:
            return [name]
        inside = [one for one in self.procedure.nodes if one.startswith(name + SEPARATOR)]
        outside = [one for one in self.procedure.nodes.values() if one.id not in inside]
        entered = {way.to for one in outside for way in one.exits} | {self.procedure.start}
        return sorted(inside, key=lambda one: one not in entered)

    def unknown(self, path: Path, names: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
        for name in names:
            if not self.flat(name):
                yield path, f"流程图 {self.procedure.id} 里没有环节 {name}"

    def wrong_offices(self, path: Path, step: StepLine) -> Iterator[tuple[Path, str]]:
        nodes = self.carried[step.step]
        first = self.procedure.nodes[nodes[0]] if nodes else None
        if first is None and not step.why:
            yield path, f"步骤 {step.step} 没有哪个环节来办，要写明为什么（why）"
        if set(step.offices) != set(first.offices if first else ()):
            has = "、".join(first.offices) if first else "没有"
            yield (*path, "offices"), f"步骤 {step.step} 的职务和流程图不一样，图上是 {has}"

    def wrong_additions(self) -> Iterator[tuple[Path, str]]:
        """What the chart adds to the facts is said, and only that."""
        by_steps = {node for nodes in self.carried.values() for node in nodes}
        added: set[str] = set()
        for at, one in enumerate(self.crosswalk.added):
            yield from self.unknown(("added", at), (one.node,))
            added.update(self.flat(one.node))
            if by_steps.intersection(self.flat(one.node)):
                yield ("added", at), f"环节 {one.node} 已经有步骤来对，不是加的"
        for node in self.procedure.nodes.values():
            if node.kind in WAITING and node.id not in by_steps | added:
                yield (
                    ("steps",),
                    f"流程图的环节 {node.id}（{node.title}）没有步骤来对，要写进 nodes 或者 added",
                )
        self.between = added | {one.id for one in self.procedure.nodes.values() if one.kind not in WAITING}

    def wrong_branch(self, path: Path, step: StepLine, way: BranchLine) -> Iterator[tuple[Path, str]]:
        names = self.procedure.nodes if way.why else self.carried[step.step]
        exits = [out for name in names for out in self.procedure.nodes[name].exits]
        if way.condition:
            exits = [out for out in exits if _plain(out.when or "") == _plain(way.condition)]
            if not exits:
                yield path, f"步骤 {step.step} 的条件“{_plain(way.condition)}”在流程图的出口上找不到"
                return
        elif len(step.branches) > 1:
            exits = [out for out in exits if self.is_else(step, out, way.to)]
        if not way.why and self.carried[step.step] and not self.leads(step, exits, way.to):
            yield path, f"步骤 {step.step} 在流程图上“{way.when}”走不到 {way.to}"

    def is_else(self, step: StepLine, out: Exit, to: str) -> bool:
        """Whether this exit is the way of whoever meets no condition, out of the step or back to its beginning."""
        own = self.carried[step.step]
        return out.when is None and (out.to not in own or (out.otherwise and to == step.step))

    def leads(self, step: StepLine, exits: list[Exit], to: str) -> bool:
        """Whether one of these exits leads to the step `to` without anybody of another step acting in between."""
        wanted, own = self.carried.get(to), set(self.carried[step.step])
        if wanted == () or (to != step.step and own.intersection(wanted or ())):
            return True
        passing = self.between | own
        waiting, seen = [out.to for out in exits], set[str]()
        while waiting:
            node = self.procedure.nodes[waiting.pop()]
            if node.id in wanted if wanted else node.kind == END and node.stopped == (to != END):
                return True
            if node.id in passing and node.id not in seen:
                waiting += [out.to for out in node.exits]
            seen.add(node.id)
        return False
