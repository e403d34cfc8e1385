"""Conditions of one gateway made exclusive, so that every engine takes the branch that we take.

A chart reads its branches from top to bottom and takes the first that holds. BPMN leaves the order to the engine, and
engines differ (by the file, by the gateway's list, by the height of the target). So each condition says itself that
none above it held, unless that is plain: `a.v == 'x'` and `a.v == 'y'` never hold together.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from mingbai.procedures.rules.conditions import Answered, Condition, Joined, parse
from mingbai.procedures.rules.expressions import tokens


def guarded(conditions: Sequence[str]) -> tuple[str, ...]:
    """Every condition with `!(…)` of those before it, or all as they are when no two can hold together.

    Raises:
        ValueError: a condition becomes longer than conditions may be.
    """
    if _apart(conditions):
        return tuple(conditions)
    first, *others = conditions
    guards = [_prefix(conditions[:place]) for place in range(1, len(conditions))]
    found = (first, *(guard + _bracketed(one) for guard, one in zip(guards, others, strict=True)))
    for one in found:
        tokens(one)
    return found


def unguarded(conditions: Sequence[str]) -> tuple[str, ...]:
    """What `guarded` was given; a condition without the guard that belongs to it stays as it is."""
    found: list[str] = []
    for one in conditions:
        prefix = _prefix(found)
        rest = one.removeprefix(prefix)
        inner = rest[1:-1] if rest.startswith("(") and rest.endswith(")") else rest
        found.append(inner if prefix and rest != one and _bracketed(inner) == rest else rest)
    return tuple(found) if guarded(found) == tuple(conditions) else tuple(conditions)


def _prefix(before: Sequence[str]) -> str:
    return "".join(f"!({one}) && " for one in before)


def _bracketed(condition: str) -> str:
    """In brackets where an `||` would otherwise part it from its guard."""
    return f"({condition})" if "||" in condition else condition


def _apart(conditions: Sequence[str]) -> bool:
    answers = [_needs(parse(one)) for one in conditions]
    return all(
        any(one[name] != other[name] for name in one.keys() & other.keys())
        for one, other in combinations(answers, 2)
    )


def _needs(condition: Condition) -> dict[tuple[str, str], str]:
    """Answers without which a condition cannot hold."""
    match condition:
        case Answered(name, word, True):
            return {name: word}
        case Joined(True, parts):
            return {name: word for part in parts for name, word in _needs(part).items()}
        case _:
            return {}
