"""Conditions of a choice: a small part of CEL over facts and dated parameters. Bounded, without calls, never Python.

Only `node.field`, `param.name`, `case.name`, `given.name`, whole numbers, 'words', comparison, `+ - *`, `&& || !`
and brackets are let through to the CEL library (docs/decisions/0002-cel.md). There is nothing to call, nothing to
index and no fraction to round.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from typing import Any

from mingbai.kernel import Refused

MAX_LENGTH = 800
MAX_TOKENS = 80
MAX_DEPTH = 8
_TOKEN = re.compile(
    r"\s+|(?P<name>[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)(?![\w.(])|(?P<number>\d{1,15})(?![\w.])"
    r"|(?P<word>'[a-z0-9_]{0,40}')|(?P<sign>&&|\|\||[=!<>]=|[<>!()+*-])",
    re.ASCII,
)
Env = Mapping[str, Mapping[str, str | int]]


@lru_cache(maxsize=1024)
def names_in(expression: str) -> tuple[tuple[str, str], ...]:
    """The (node, field) pairs that an expression reads.

    Raises:
        ValueError: anything but the small part of CEL above, too long, or too deep.
    """
    found = tokens(expression)
    _compiled(expression)
    return tuple(_pair(text) for kind, text in found if kind == "name")


def words_for(expression: str) -> tuple[tuple[tuple[str, str], str], ...]:
    """Every comparison of a value with a word, as ((node, field), word)."""
    found = [one for one in tokens(expression) if one[1] not in "()"]
    return tuple(
        (_pair(left[1]), right[1].strip("'"))
        for left, sign, right in zip(found, found[1:], found[2:], strict=False)
        if left[0] == "name" and sign[1] in ("==", "!=") and right[0] == "word"
    )


def _pair(name: str) -> tuple[str, str]:
    node, _, field = name.partition(".")
    return node, field


def tokens(expression: str) -> list[tuple[str, str]]:
    """The (kind, text) pairs of an expression: name, number, word or sign.

    Raises:
        ValueError: a sign that is not let through, too long, or too deep.
    """
    if len(expression) > MAX_LENGTH:
        raise ValueError("条件太长")
    found, at, depth = [], 0, 0
    while at < len(expression):
        match = _TOKEN.match(expression, at)
        if match is None or "__" in match.group():
            raise ValueError(f"条件里有不许用的写法：{expression[at : at + 20]}")
        at = match.end()
        if match.lastgroup:
            found.append((match.lastgroup, match.group()))
            depth += {"(": 1, ")": -1}.get(match.group(), 0)
        if len(found) > MAX_TOKENS or depth > MAX_DEPTH:
            raise ValueError("条件太复杂")
    return found


@cache
def _library() -> Any:
    """The compiled part of the CEL package alone: its `__init__` loads a command line, a second on each start."""
    package = find_spec("cel")
    places = list(package.submodule_search_locations or ()) if package else []
    spec = PathFinder.find_spec("cel", places)
    if spec is None or spec.loader is None:
        raise ImportError("common-expression-language is not installed")
    library = module_from_spec(spec)
    spec.loader.exec_module(library)
    return library


@lru_cache(maxsize=1024)
def _compiled(expression: str) -> Any:
    tokens(expression)
    try:
        return _library().compile(expression)
    except Exception as error:
        raise ValueError(f"条件写错了：{expression}") from error


def refuse_unanswerable(expression: str, sample: Env) -> None:
    """Refuse a condition that is not a question of yes or no over values of these kinds.

    Raises:
        ValueError: it compares a sum with a word, or is no comparison at all.
    """
    try:
        answer = _compiled(expression).execute({key: dict(value) for key, value in sample.items()})
    except (ArithmeticError, KeyError, RuntimeError, TypeError, ValueError) as error:
        raise ValueError(f"条件比较的不是同一类内容：{expression}") from error
    if not isinstance(answer, bool):
        raise ValueError(f"条件回答不了是或不是：{expression}")


def holds(expression: str, facts: Env) -> bool:
    """Whether a condition holds. A fact that is missing is not false: it stops the case.

    Raises:
        Refused: a fact that the condition needs was not entered.
    """
    env: dict[str, dict[str, str | int]] = {}
    for node, field in names_in(expression):
        values = env.setdefault(node, {})
        if field in facts.get(node, {}):
            values[field] = facts[node][field]
    try:
        return _compiled(expression).execute(env) is True
    except (ArithmeticError, KeyError, RuntimeError, TypeError, ValueError) as error:
        raise Refused(
            f"分不了路：判断“{expression}”要用的内容还没有填",
            remedy="退回到前面的环节补填；限额没有定的，请区里先定",
        ) from error
