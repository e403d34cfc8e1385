"""The facts that `exchange` records and hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mingbai.exchange.rules.rows import Fault

FILE_TAKEN = "exchange.file_taken"
FILE_SENT = "exchange.file_sent"


@dataclass(frozen=True)
class Taken:
    """What a file came to: `added` is what is new, `skipped` what stood already; `receipt` is empty when nothing is kept.

    columns: what each field is called in the file. said: what else is worth knowing, in sentences.
    """

    kind: str
    village: str
    rows: int = 0
    added: int = 0
    skipped: int = 0
    faults: tuple[Fault, ...] = ()
    layout: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    receipt: str = ""
    first: str = ""
    last: str = ""
    total_fen: int = 0

    @property
    def ok(self) -> bool:
        """Whether the file has no fault."""
        return not self.faults

    def as_json(self) -> dict[str, Any]:
        """The answer of the command."""
        return {
            "ok": self.ok, "kind": self.kind, "village": self.village, "rows": self.rows, "added": self.added,
            "skipped": self.skipped, "receipt": self.receipt, "first": self.first, "last": self.last,
            "total_fen": self.total_fen, "layout": self.layout, "columns": dict(self.columns),
            "errors": [{"row": one.row, "column": one.column, "message": one.message} for one in self.faults],
            "said": list(self.said),
        }  # fmt: skip


@dataclass(frozen=True)
class Receipt:
    """回执: what one file brought in or took out, once."""

    number: str
    village: str
    kind: str
    way: str
    name: str
    digest: str
    rows: int
    added: int
    first: str
    last: str
    total_fen: int
    person: str
    office: str
    recorded_at: datetime
