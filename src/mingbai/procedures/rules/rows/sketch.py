"""An unfinished chart as it can be drawn all the same: a way that leads nowhere yet ends in a box that says so.

Only the drawing reads a sketch: it is never proved and never run."""

from __future__ import annotations

from collections.abc import Iterator

from mingbai.kernel import Citation, Confidence, FieldKind
from mingbai.procedures.rules.expressions import names_in
from mingbai.procedures.rules.graph import Exit, Field, Lane, Limit, Node, Option, Procedure
from mingbai.procedures.rules.rows.gaps import Known
from mingbai.procedures.rules.rows.model import FieldRow, LimitRow, StepRow, Table
from mingbai.procedures.rules.rows.words import KINDS, UNITS

OPEN = "breaks_off"
OPEN_TITLE = "还没写去哪"
NAMELESS = "（还没有名称）"
NO_LANE = "（还没有写谁）"


def sketch(table: Table, known: Known) -> Procedure:
    """The folded graph of a table, finished or not; called charts stay one box."""
    nodes = _Sketching(table, known).nodes()
    lanes = tuple(Lane(one.id, one.title or NAMELESS) for one in table.lanes) or (Lane("", NO_LANE),)
    start = table.start if table.start in nodes else next(iter(nodes), OPEN)
    return Procedure(
        table.procedure, table.version, table.title or NAMELESS, table.power, table.nature, start, lanes, nodes, "",
    )  # fmt: skip


class _Sketching:
    def __init__(self, table: Table, known: Known) -> None:
        self.table, self.known = table, known
        self.ids = {one.id for one in table.nodes}

    def nodes(self) -> dict[str, Node]:
        """Every step once, and the box for the ways that lead nowhere when there are such ways."""
        found = {one.id: self.node(one) for one in self.table.nodes}
        if not found or any(way.to == OPEN for node in found.values() for way in node.exits):
            found[OPEN] = Node(OPEN, "end", OPEN_TITLE, stopped=True)
        return found

    def node(self, step: StepRow) -> Node:
        """One box, with as much as there is of it."""
        kind = step.kind if step.kind in KINDS else "task"
        title = step.title or ("" if kind in ("choice", "both", "join") else NAMELESS)
        fields = (_field(one) for one in step.fields if one.kind in set(FieldKind))
        return Node(
            step.id, kind, title, step.lane, step.offices, tuple(fields), limit=_limit(step.limit), body=step.body,
            supervised=step.supervised, exits=tuple(self.exits(step, kind)), hint=step.hint, stopped=step.stopped,
        )  # fmt: skip

    def exits(self, step: StepRow, kind: str) -> Iterator[Exit]:
        """Where it leads; at least one way out of everything that is no end."""
        if kind == "end":
            return
        ways = [Exit(self.to(one)) for one in step.next]
        ways += [Exit(self.to(way.to), way.label, _sound(way.when), way.otherwise) for way in step.branches]
        ends = self.known.charts[step.calls].ends if step.calls in self.known.charts else {}
        if kind == "call":
            ways += [Exit(self.to(step.returns.get(end, "")), title) for end, title in ends.items()]
        yield from ways or [Exit(OPEN)]

    def to(self, id: str) -> str:
        """A way, or where ways end that lead nowhere."""
        return id if id in self.ids else OPEN


def _field(one: FieldRow) -> Field:
    return Field(
        one.id,
        one.label,
        FieldKind(one.kind),
        True,
        tuple(Option(each.id, each.label) for each in one.options),
    )


def _sound(when: str) -> str | None:
    """A condition that can be read; None for one that cannot yet."""
    try:
        names_in(when)
    except ValueError:
        return None
    return when or None


def _limit(limit: LimitRow) -> Limit | None:
    if not isinstance(limit.value, int) or limit.unit not in UNITS:
        return None
    sure = Confidence(limit.confidence) if limit.confidence in set(Confidence) else Confidence.assumed
    return Limit(limit.bound, limit.value, limit.unit, Citation(limit.law, limit.article, sure))
