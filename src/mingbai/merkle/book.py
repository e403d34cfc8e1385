"""What the entries of a log say to each other: numbers without a gap, ids once, and what supersedes what.

An entry is a statement, a small JSON object with `id`, `village`, `number`, `supersedes` and `digest`. Entries of
another form are leaves like all others, and say nothing here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from mingbai.merkle.report import Report


@dataclass
class Book:
    """Reads entries one by one; keeps the one at `wanted` and no other."""

    wanted: int | None = None
    kept: bytes | None = None
    size: int = 0
    statements: int = 0
    last: dict[str, int] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    superseded: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def see(self, entry: bytes) -> None:
        """Take in the next entry."""
        if self.size == self.wanted:
            self.kept = entry
        statement = as_statement(entry)
        if statement:
            self._read(statement)
        self.size += 1

    def _read(self, statement: dict[str, Any]) -> None:
        id, village, number = statement["id"], statement["village"], statement["number"]
        due = self.last.get(village, 0) + 1
        if number != due:
            self.faults.append(f"{village} 的公布断了号：第 {self.size} 条应是 {due} 号，却是 {number} 号")
        if id in self.ids:
            self.faults.append(f"公布 {id} 在日志里出现了两次，第二次是第 {self.size} 条")
        self.last[village] = number
        self.ids.add(id)
        self.statements += 1
        if isinstance(statement.get("supersedes"), str):
            self.superseded[statement["supersedes"]] = id

    def conclude(self, report: Report) -> None:
        """Say whether every village's publications are all there."""
        for fault in self.faults[:10]:
            report.bad(fault)
        if self.statements and not self.faults:
            report.good(f"{len(self.last)} 个村的 {self.statements} 份公布，每个村都从 1 号连到底，没有断号")


def as_statement(entry: bytes) -> dict[str, Any] | None:
    """The statement that an entry is, or None for an entry of another form."""
    try:
        value = json.loads(entry)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not all(isinstance(value.get(name), str) for name in ("id", "village")):
        return None
    return value if type(value.get("number")) is int else None
