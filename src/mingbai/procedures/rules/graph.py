"""A compiled chart: small, immutable, all that the interpreter, the checks and a form need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field

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


@dataclass(frozen=True)
class Node:
    """One box of the chart.

    after: nodes that come first when they are done at all; `after_groups` says of which one each must be done.
    separate_from: nodes whose doer must be another person (it holds in both directions).
    hand: whose hand does it (propose, handle, approve, accept, review, report, pay): separate hands are proved.
    stage: its place in 四议两公开 or in a purchase; hint: a line for the drawing; stopped: an end without result.
    scope: the prefix of the sub-procedure it came from.
    origin: where it is written, as `chart.node`, whatever chart it was put into; no part of the digest.
    """

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
    hand: str = ""
    hint: str = ""
    stopped: bool = False
    after_groups: tuple[tuple[str, ...], ...] = ()
    origin: str = dataclass_field(default="", repr=False, compare=False)


@dataclass(frozen=True)
class Lane:
    """A column of the drawing: who."""

    id: str
    title: str


@dataclass(frozen=True)
class Procedure:
    """A compiled chart, sub-procedures flattened.

    given: for each scope, the values that its caller passes: name → (node, field) they are read from.
    part: only ever called by other charts, never a power of its own.
    children: it is about minors, so nothing of it hangs in public.
    """

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
    given: Mapping[str, Mapping[str, tuple[str, str]]] = dataclass_field(default_factory=dict)
    part: bool = False
    children: bool = False

    @property
    def of_one_person(self) -> bool:
        """Whether a case is one person's own affair, so that its public title may not be written freely."""
        return self.nature in OF_ONE_PERSON

    def waits(self, node: str) -> bool:
        """Whether a case can stand at this node and somebody must act."""
        return self.nodes[node].kind in WAITING


OF_ONE_PERSON = frozenset({"assists_government", "assists_with_appraisal", "party"})
WAITING = frozenset({"task", "meeting", "publicity", "payment"})
SEPARATOR = "__"
