"""Ways through a chart that together take every branch, planned on the pure interpreter with a fixed seed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from mingbai.procedures.rules import interpreter
from mingbai.procedures.rules.graph import Node, Procedure
from mingbai.procedures.rules.interpreter import StepAct

RESULTS = ("passed", "passed", "not_passed", "no_quorum")
LONGEST = 70
MOST_TRIES = 6000
DISTANT = {"method": "bank"}
"""A payment's field whose other answer no chart parts by: cash has limits of its own, tested with the ledger."""
UNREACHED = {("if_three", "quote")}
"""A call with fewer than three sealed quotes is ended and made anew (R04): its step is never done with two."""
_NUMBER = re.compile(r"(?:>=|<=|==|<|>)\s*(\d+)\b")


@dataclass
class Walk:
    """One way: the steps with what was answered, the end, and the branches that were taken."""

    amount: int
    steps: list[tuple[str, dict[str, str | int]]] = field(default_factory=list)
    end: str = ""
    taken: set[tuple[str, str]] = field(default_factory=set)


def branches(chart: Procedure) -> set[tuple[str, str]]:
    """Every exit of every choice that an answer can lead to."""
    every = {
        (node.id, way.to) for node in chart.nodes.values() if node.kind == "choice" for way in node.exits
    }
    return every - UNREACHED


def plan(chart: Procedure, parameters: Mapping[str, int], seed: int = 7) -> list[Walk]:
    """Few walks that take every branch; the shortest known for each branch is preferred."""
    chance, missing, found = random.Random(seed), branches(chart), []
    amounts = _amounts(chart, parameters)
    for turn in range(MOST_TRIES):
        walk = _walk(chart, parameters, amounts[turn % len(amounts)], chance)
        if walk.end:
            found.append(walk)
            missing -= walk.taken
        if not missing and turn > 400:
            break
    return _few(found)


def _true_beside(walk: Walk, values: dict[str, str | int]) -> dict[str, str | int]:
    """The answers, made such as can be true after the earlier ones: money is held back from works, the same way
    each time, and an award has three quotes."""
    if {"quotes", "winner"} <= values.keys():
        return {**values, "quotes": max(3, min(int(values["quotes"]), 4))}
    if "retention" not in values:
        return values
    said = [answers for _, answers in walk.steps]
    before = [answers["retention"] for answers in said if "retention" in answers]
    works = all(answers.get("project_kind", "works") == "works" for answers in said)
    return {**values, "retention": before[0] if before else values["retention"] if works else "none"}


PERCENT = 3


def as_agreed(walk: Walk, step: str, answers: Mapping[str, str | int]) -> dict[str, str | int]:
    """The answers of a step with what money held back makes of them: the contract says it, and two payments share
    the price."""
    if all(said.get("retention") != "held" for _, said in walk.steps):
        return dict(answers)
    if step == "contract":
        return {**answers, "retention_percent": PERCENT, "retention_months": 12}
    held = int(answers.get("amount", 0)) * PERCENT // 100
    shares = {"pay": int(answers.get("amount", 0)) - held, "pay_retention": held}
    return {**answers, "amount": shares[step]} if step in shares else dict(answers)


def _few(found: list[Walk]) -> list[Walk]:
    chosen, covered = [], set()
    for walk in sorted(found, key=lambda one: len(one.steps)):
        if walk.taken - covered or not chosen:
            chosen.append(walk)
            covered |= walk.taken
    return chosen


def _amounts(chart: Procedure, parameters: Mapping[str, int]) -> list[int]:
    """Sums around every figure that a condition names, in fen, and a plain one."""
    said = " ".join(way.when or "" for node in chart.nodes.values() for way in node.exits)
    named = [parameters[name] for name in re.findall(r"param\.([a-z_0-9]+)", said) if name in parameters]
    return sorted({100_000, *(figure + step for figure in named if figure > 10_000 for step in (0, 100))})


def _walk(chart: Procedure, parameters: Mapping[str, int], amount: int, chance: random.Random) -> Walk:
    walk, people, spread = Walk(amount), count(), chance.random() < 0.2
    state = interpreter.start(chart, {"title": "一件事"})
    with _watched(walk):
        while not walk.end and len(walk.steps) < LONGEST:
            waiting = [one for one in state.marking if chart.waits(one)]
            node = chart.nodes[waiting[0]]
            values = _true_beside(walk, dict(_answers(chart, node, amount, chance, spread)))
            outcome = interpreter.advance(
                chart, state, StepAct(node.id, f"p{next(people)}", values), parameters
            )
            walk.steps.append((node.id, values))
            state, walk.end = outcome.state, outcome.ended or ""
    return walk


class _watched:
    """Notes every branch that the interpreter takes."""

    def __init__(self, walk: Walk) -> None:
        self._walk, self._plain = walk, interpreter._Walk._chosen

    def __enter__(self) -> None:
        plain, taken = self._plain, self._walk.taken

        def chosen(running: interpreter._Walk, node: Node) -> str:
            to = plain(running, node)
            taken.add((node.id, to))
            return to

        interpreter._Walk._chosen = chosen

    def __exit__(self, *_: object) -> None:
        interpreter._Walk._chosen = self._plain


def _answers(
    chart: Procedure, node: Node, amount: int, chance: random.Random, spread: bool
) -> Iterator[tuple[str, str | int]]:
    if node.kind == "meeting":
        yield "result", chance.choice(RESULTS)
    for one in node.fields:
        if not one.required:
            continue
        match str(one.kind):
            case "choice":
                yield (
                    one.id,
                    (node.kind == "payment" and DISTANT.get(one.id))
                    or chance.choice([option.id for option in one.options]),
                )
            case "money":
                doubled = spread and _is_compared(chart, node, one.id) and chance.random() < 0.5
                yield one.id, 10_000 if one.id == "increase" else amount * (2 if doubled else 1)
            case "integer":
                yield one.id, chance.choice(_integers(chart))
            case "date":
                yield one.id, ""
            case _:
                # A person is another at every step: who handled a purchase does not accept it.
                plain = f"{node.title}的另一位" if str(one.kind) == "person" else "按方案办理"
                yield one.id, "蚌埠市禾丰建筑队" if str(one.kind) == "firm" else plain


def _is_compared(chart: Procedure, node: Node, name: str) -> bool:
    """Whether some condition reads the sum: only those differ within one walk, all others agree."""
    own = f"{node.id.removeprefix(node.scope)}.{name}"
    return any(own in (way.when or "") for one in chart.nodes.values() for way in one.exits)


def _integers(chart: Procedure) -> list[int]:
    said = " ".join(way.when or "" for node in chart.nodes.values() for way in node.exits)
    named = {int(figure) for figure in _NUMBER.findall(said)}
    return sorted({3, *(max(0, figure + step) for figure in named for step in (-1, 0, 1))})
