"""The facts an entry carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mingbai.kernel import Citation


@dataclass(frozen=True)
class TypedField:
    """One value with its kind (`kernel.FieldKind`); the kind decides later whether the public sees it."""

    id: str
    label: str
    kind: str
    value: str

    def as_dict(self) -> dict[str, str]:
        """The form stored in the entry."""
        return {"id": self.id, "label": self.label, "kind": self.kind, "value": self.value}


@dataclass(frozen=True)
class Act:
    """What is to be recorded of one act, beside the instant."""

    act: str
    village: str
    subject: str
    actor: str
    office: str
    occurred_on: date
    fields: Sequence[TypedField] = ()
    data: Mapping[str, Any] | None = None
    citation: Citation | None = None


@dataclass(frozen=True)
class EntryRef:
    """Where an act was recorded."""

    seq: int
    hash: str
