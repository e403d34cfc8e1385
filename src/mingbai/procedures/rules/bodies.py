"""The voting rule of each body in a few words, for the chart; read from the same file that decides votes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingbai.kernel import load_located

_COUNTED = {"persons": "人", "households": "户"}


def body_sentences(text: str, filename: str) -> Mapping[str, tuple[str, ...]]:
    """Body id → its rule in at most two short lines: who must be there, who must agree.

    Raises:
        BadFile: not a readable file.
    """
    data = load_located(text, filename)[0]
    bodies = data.get("bodies", []) if isinstance(data, dict) else []
    return {one["id"]: tuple(_lines(one)) for one in bodies if isinstance(one, dict) and "id" in one}


def _lines(body: Mapping[str, Any]) -> list[str]:
    quorums = body.get("quorum_any_of") or []
    passing = body.get("passing") or {}
    lines = []
    if quorums:
        mixed = len(quorums) > 1
        ways = [_share(one) + (f"的{_COUNTED[one['count']]}" if mixed else "") for one in quorums]
        lines.append("到会" + "或".join(ways))
    if passing:
        whose = "全体" if passing.get("of") == "roll" else "到会的人"
        lines.append(f"{whose}{_share(passing)}同意")
    return lines


def _share(rule: Mapping[str, Any]) -> str:
    if "more_than" in rule:
        return "过半数" if rule["more_than"] == "1/2" else f"超过 {rule['more_than']}"
    return f" {rule.get('at_least', '')} 以上"
