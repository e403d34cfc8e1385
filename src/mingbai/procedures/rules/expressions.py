"""Conditions of a choice: CEL over facts and dated parameters. Parsed, whitelisted, bounded; never Python."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import cel

from mingbai.kernel import Refused

MAX_LENGTH = 300
_ALLOWED = re.compile(r"[\w\s.<>=!&|()'+\-*%]*", re.ASCII)
_NAME = re.compile(r"(?<![\w.'])([a-z]\w*)(?:\.([a-z]\w*))?(?!\w*')", re.ASCII)
_STRING = re.compile(r"'[^']*'")
_WORDS = {"true", "false", "null", "in"}


def names_in(expression: str) -> tuple[tuple[str, str], ...]:
    """The (node, field) pairs that an expression reads.

    Raises:
        ValueError: too long, a character outside the whitelist, a call, a bare name, a dunder, or not CEL.
    """
    if len(expression) > MAX_LENGTH:
        raise ValueError("条件太长")
    if not _ALLOWED.fullmatch(expression) or "__" in expression or re.search(r"\w\s*\(", expression):
        raise ValueError(f"条件里有不许用的写法：{expression}")
    found = _NAME.findall(_STRING.sub("''", expression))
    bare = [node for node, field in found if not field and node not in _WORDS]
    if bare or _STRING.sub("", expression).count(".") != sum(1 for _, field in found if field):
        raise ValueError(f"条件里只能用“环节.栏目”：{expression}")
    _compiled(expression)
    return tuple((node, field) for node, field in found if field)


@lru_cache(maxsize=1024)
def _compiled(expression: str) -> Any:
    try:
        return cel.compile(expression)
    except Exception as error:
        raise ValueError(f"条件写错了：{expression}") from error


def holds(expression: str, facts: Mapping[str, Mapping[str, str | int]]) -> bool:
    """Whether a condition holds. A fact that is missing is not false: it stops the case.

    Raises:
        Refused: a fact that the condition needs was not entered.
    """
    try:
        return _compiled(expression).execute(dict(facts)) is True
    except (KeyError, RuntimeError, TypeError, ValueError) as error:
        raise Refused(
            f"分不了路：判断“{expression}”要用的内容还没有填", remedy="退回到前面的环节补填"
        ) from error
