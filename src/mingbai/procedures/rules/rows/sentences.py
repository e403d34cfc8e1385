"""Conditions of branches as sentences: which value, how it compares, with what. `phrase_of` and `cel_of` go both ways for
what is one row of comparisons; `say` puts any condition into words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mingbai.kernel import Money
from mingbai.procedures.rules.conditions import Answered, Compared, Condition, Joined, Negated, parse
from mingbai.procedures.rules.expressions import names_in, tokens
from mingbai.procedures.rules.rows.model import StepRow, Table
from mingbai.procedures.rules.rows.words import RESULTS

SIGNS: Mapping[str, str] = {
    "==": "是", "!=": "不是", "<=": "不超过", "<": "少于", ">=": "不少于", ">": "超过",
}  # fmt: skip
NUMBERS = ("money", "integer")
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Value:
    """Something a condition can ask for: `id` is `step.field`; options for a choice: answer → label."""

    id: str
    step: str
    step_title: str
    label: str
    kind: str
    options: Texts

    @property
    def title(self) -> str:
        """镇里受理·材料."""
        return f"{self.step_title}·{self.label}"


@dataclass(frozen=True)
class Clause:
    """One comparison: a value, a sign, and what it is held against, all as CEL writes them."""

    left: str
    sign: str
    right: str


@dataclass(frozen=True)
class Phrase:
    """Comparisons that all hold (`every`), or of which one does."""

    every: bool = True
    clauses: tuple[Clause, ...] = ()


def phrase_of(when: str) -> Phrase | None:
    """The comparisons of a condition; None for one with brackets, arithmetic, or both kinds of joining."""
    try:
        found = tokens(when)
    except ValueError:
        return None
    parts: list[list[tuple[str, str]]] = [[]]
    joints: set[str] = set()
    for token in found:
        if token[1] in ("&&", "||"):
            joints.add(token[1])
            parts.append([])
        else:
            parts[-1].append(token)
    clauses = [_clause(part) for part in parts] if found else []
    known = tuple(one for one in clauses if one is not None)
    return Phrase("||" not in joints, known) if len(known) == len(clauses) and len(joints) < 2 else None


def _clause(part: list[tuple[str, str]]) -> Clause | None:
    fits = len(part) == 3 and part[0][0] == "name" and part[1][1] in SIGNS and part[2][0] != "sign"
    return Clause(part[0][1], part[1][1], part[2][1]) if fits else None


def cel_of(phrase: Phrase) -> str:
    """The condition in CEL."""
    said = (f"{one.left} {one.sign} {one.right}" for one in phrase.clauses)
    return (" && " if phrase.every else " || ").join(said)


def values_of(table: Table) -> tuple[Value, ...]:
    """Everything that a condition of this chart can ask for, in the order of the steps; what may be left empty cannot."""
    given = (Value(f"given.{id}", "given", "交来的", label, "money", {}) for id, label in table.given.items())
    return (*given, *(value for step in table.nodes for value in _values(step)))


def _values(step: StepRow) -> Iterator[Value]:
    if step.kind == "meeting":
        yield Value(f"{step.id}.result", step.id, step.name, "结果", "choice", RESULTS)
    for one in step.fields:
        if not one.optional and one.kind in ("choice", *NUMBERS):
            options = {option.id: option.label for option in one.options}
            yield Value(f"{step.id}.{one.id}", step.id, step.name, one.label or one.id, one.kind, options)


def say(when: str, table: Table, figures: Texts) -> str:
    """A condition in words; `figures`: titles of the district's figures by id. As written where it cannot be read."""
    try:
        names_in(when)
        condition = parse(when)
    except ValueError:
        return when
    return _Saying({one.id: one for one in values_of(table)}, figures).said(condition, outer=True)


class _Saying:
    def __init__(self, values: Mapping[str, Value], figures: Texts) -> None:
        self.values, self.figures = values, figures

    def said(self, condition: Condition, *, outer: bool = False) -> str:
        match condition:
            case Answered((step, field), word, same):
                return f"{self.title(f'{step}.{field}')}{'是' if same else '不是'}“{self.option(f'{step}.{field}', word)}”"
            case Compared(text, _):
                return self.compared(text)
            case Negated(part):
                return f"并非（{self.said(part, outer=True)}）"
            case Joined(every, parts):
                said = ("，并且" if every else "，或者").join(self.said(part) for part in parts)
                return said if outer else f"（{said}）"

    def title(self, id: str) -> str:
        if id in self.values:
            return f"“{self.values[id].title}”"
        place, _, name = id.partition(".")
        return f"“{self.figures.get(name, name)}”" if place == "param" else f"“{id}”"

    def option(self, id: str, word: str) -> str:
        value = self.values.get(id)
        return value.options.get(word, word) if value else word

    def compared(self, text: str) -> str:
        parts = tokens(text)
        in_money = any(self.is_money(one) for kind, one in parts if kind == "name")
        return "".join(self.part(kind, one, in_money) for kind, one in parts)

    def is_money(self, id: str) -> bool:
        return id in self.values and self.values[id].kind == "money"

    def part(self, kind: str, text: str, in_money: bool) -> str:
        if kind == "name":
            return self.title(text)
        if kind == "number":
            return said_number(int(text), "money" if in_money else "")
        return f"“{text.strip(chr(39))}”" if kind == "word" else SIGNS.get(text, text)


def said_number(number: int, kind: str) -> str:
    """A number of a condition as people write it: fen as 元."""
    if kind != "money":
        return str(number)
    return re.sub(r"\.00$", "", Money(number).yuan()) + "元"
