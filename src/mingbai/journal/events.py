"""The facts an entry carries."""

from __future__ import annotations

from dataclasses import dataclass


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
class EntryRef:
    """Where an act was recorded."""

    seq: int
    hash: str
