"""The structure of a condition, so that a proof can follow every way it may fall.

A comparison of an answer with a word is known as soon as the answer is; any other comparison (of sums, of figures) may
fall either way, but the same way wherever it stands until one of its values is entered again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from mingbai.procedures.rules.expressions import tokens

Name = tuple[str, str]
Follow = Callable[[Name], Name]
Known = Mapping[Name, str]
"""What is known on a way: an answer by (node, field), that a step was done by (node, ''), a comparison by ('?', its text)."""
ELSEWHERE = ("param", "case", "given")
"""Names of values that no node of the chart enters."""


@dataclass(frozen=True)
class Answered:
    """`node.field == 'word'`, or `!=` when not `same`."""

    name: Name
    word: str
    same: bool


@dataclass(frozen=True)
class Compared:
    """A comparison that is not of an answer with a word: its text, and the names in it."""

    text: str
    names: tuple[Name, ...]


@dataclass(frozen=True)
class Negated:
    """`!(…)`."""

    part: Condition


@dataclass(frozen=True)
class Joined:
    """Parts joined by `&&` (every), or by `||`."""

    every: bool
    parts: tuple[Condition, ...]


Condition = Answered | Compared | Negated | Joined


@lru_cache(maxsize=1024)
def parse(expression: str) -> Condition:
    """The structure of a condition that `expressions` lets through.

    Raises:
        ValueError: it is not let through.
    """
    return _Reader(tokens(expression)).either()


class _Reader:
    def __init__(self, found: list[tuple[str, str]]) -> None:
        self.found, self.at = found, 0

    def next(self) -> str:
        return self.found[self.at][1] if self.at < len(self.found) else ""

    def either(self) -> Condition:
        return self._joined("||", self.every)

    def every(self) -> Condition:
        return self._joined("&&", self.one)

    def _joined(self, sign: str, part: Callable[[], Condition]) -> Condition:
        parts = [part()]
        while self.next() == sign:
            self.at += 1
            parts.append(part())
        return parts[0] if len(parts) == 1 else Joined(sign == "&&", tuple(parts))

    def one(self) -> Condition:
        if self.next() == "!":
            self.at += 1
            return Negated(self.one())
        if self.next() == "(" and self._closes() in ("", "&&", "||", ")"):
            self.at += 1
            inner = self.either()
            self.at += 1
            return inner
        return self._comparison()

    def _closes(self) -> str:
        """What stands behind the bracket that closes the one here."""
        depth = 0
        for place in range(self.at, len(self.found)):
            depth += {"(": 1, ")": -1}.get(self.found[place][1], 0)
            if depth == 0:
                return self.found[place + 1][1] if place + 1 < len(self.found) else ""
        return "?"

    def _comparison(self) -> Condition:
        first, depth = self.at, 0
        while self.at < len(self.found):
            text = self.next()
            depth += {"(": 1, ")": -1}.get(text, 0)
            if depth < 0 or (depth == 0 and text in ("&&", "||")):
                break
            self.at += 1
        return _comparison(self.found[first : self.at])


def _comparison(part: list[tuple[str, str]]) -> Condition:
    kinds = [kind for kind, _ in part]
    texts = [text for _, text in part]
    if kinds in (["name", "sign", "word"], ["word", "sign", "name"]) and texts[1] in ("==", "!="):
        name, word = (texts[0], texts[2]) if kinds[0] == "name" else (texts[2], texts[0])
        return Answered(_name(name), word.strip("'"), texts[1] == "==")
    return Compared(" ".join(texts), tuple(_name(text) for kind, text in part if kind == "name"))


def _name(text: str) -> Name:
    node, _, field = text.partition(".")
    return node, field


def followed(condition: Condition, follow: Follow) -> Condition:
    """The same condition with every local name followed to the value it reads."""
    match condition:
        case Answered(name, word, same):
            value = follow(name)
            if value[0] not in ELSEWHERE:
                return Answered(value, word, same)
            asked = Compared(f"{value} == {word}", (value,))
            return asked if same else Negated(asked)
        case Compared(text, names):
            found = tuple(follow(name) for name in names)
            return Compared(f"{text} | {found}", found)
        case Negated(part):
            return Negated(followed(part, follow))
        case Joined(every, parts):
            return Joined(every, tuple(followed(part, follow) for part in parts))


def comparisons(condition: Condition) -> Iterator[Answered | Compared]:
    """All comparisons in a condition."""
    match condition:
        case Negated(part):
            yield from comparisons(part)
        case Joined(_, parts):
            for part in parts:
                yield from comparisons(part)
        case _:
            yield condition


def outcomes(condition: Condition, known: Known) -> Iterator[tuple[bool | None, Known]]:
    """Every way a condition may fall, with what is then known; None: a value that it reads was never entered.

    From left to right, and no further than needed, as the interpreter does.
    """
    match condition:
        case Answered(name, word, same):
            said = known.get(name)
            yield (None if said is None else (said == word) == same), known
        case Compared():
            yield from _compared(condition, known)
        case Negated(part):
            for value, then in outcomes(part, known):
                yield (None if value is None else not value), then
        case Joined(every, parts):
            yield from _joined(every, parts, known)


def _compared(condition: Compared, known: Known) -> Iterator[tuple[bool | None, Known]]:
    held = known.get(("?", condition.text))
    if held is not None:
        yield held == "yes", known
    elif any(known.get((node, "")) is None for node, _ in condition.names if node not in ELSEWHERE):
        yield None, known
    else:
        yield True, {**known, ("?", condition.text): "yes"}
        yield False, {**known, ("?", condition.text): "no"}


def _joined(every: bool, parts: tuple[Condition, ...], known: Known) -> Iterator[tuple[bool | None, Known]]:
    first, *rest = parts
    for value, then in outcomes(first, known):
        if value is None or value is not every or not rest:
            yield value, then
        else:
            yield from _joined(every, tuple(rest), then)
