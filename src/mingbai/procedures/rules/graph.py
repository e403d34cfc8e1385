"""A compiled chart: small, immutable, all that the interpreter, the checks and a form need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mingbai.kernel import Citation, FieldKind


@dataclass(frozen=True)
class Option:
    """One answer of a choice field."""

    id: str
    label: str


@dataclass(frozen=True)
class Field:
    """A value that a step asks for."""

    id: str
    label: str
    kind: FieldKind
    required: bool = True
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class PaperNeed:
    """A paper that a step asks for."""

    id: str
    label: str
    required: bool = True


@dataclass(frozen=True)
class Limit:
    """A limit of time: at most (`max`) or at least (`min`) `value` units; its citation says how sure it is."""

    bound: str
    value: int
    unit: str
    citation: Citation


@dataclass(frozen=True)
class Exit:
    """An arrow: where to, under which condition (a CEL expression), with which label."""

    to: str
    label: str = ""
    when: str | None = None
    otherwise: bool = False
    assumed: bool = False


@dataclass(frozen=True)
class Node:
    """One box of the chart. `scope` is the prefix of the sub-procedure it came from."""

    id: str
    kind: str
    title: str
    lane: str = ""
    offices: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    papers: tuple[PaperNeed, ...] = ()
    limit: Limit | None = None
    discipline: str = ""
    citation: Citation | None = None
    body: str = ""
    after: tuple[str, ...] = ()
    separate_from: tuple[str, ...] = ()
    supervised: bool = False
    stage: str = ""
    exits: tuple[Exit, ...] = ()
    scope: str = ""


@dataclass(frozen=True)
class Lane:
    """A column of the drawing: who."""

    id: str
    title: str


@dataclass(frozen=True)
class Procedure:
    """A compiled chart, sub-procedures flattened."""

    id: str
    version: int
    title: str
    power: str
    nature: str
    start: str
    lanes: tuple[Lane, ...]
    nodes: Mapping[str, Node]
    digest: str
    disclosures: tuple[str, ...] = ()

    def waits(self, node: str) -> bool:
        """Whether a case can stand at this node and somebody must act."""
        return self.nodes[node].kind in WAITING


WAITING = frozenset({"task", "meeting", "publicity", "payment"})
SEPARATOR = "__"
