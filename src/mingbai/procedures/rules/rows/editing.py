"""Adding, moving and taking out steps: what pointed somewhere is led on, so that a chart stays in one piece."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mingbai.kernel import FieldKind
from mingbai.procedures.rules.rows.model import BranchRow, FieldRow, LimitRow, OptionRow, StepRow, Table
from mingbai.procedures.rules.rows.naming import free, id_for
from mingbai.procedures.rules.rows.words import DOING

_OBJECTION = FieldRow(
    id="objection", label="有没有异议", kind=FieldKind.choice,
    options=(OptionRow(id="none", label="没有"), OptionRow(id="raised", label="有")),
)  # fmt: skip
_PAYMENT = (
    FieldRow(id="amount", label="金额", kind=FieldKind.money),
    FieldRow(id="payee", label="收款人", kind=FieldKind.person),
    FieldRow(
        id="method", label="怎么付", kind=FieldKind.choice,
        options=(OptionRow(id="bank", label="转账"), OptionRow(id="cash", label="现金")),
    ),
)  # fmt: skip
OTHERWISE = BranchRow(label="其余的情况", otherwise=True)


def add_step(table: Table, after: str, title: str, kind: str, role: str = "") -> tuple[Table, str]:
    """A step put behind `after` (at the beginning when that is empty); the table and the new step's id.

    Where `after` goes straight on, the new step stands between it and what came next; behind a choice or an end it
    hangs in the air until a way is led to it. `role`: an id that the proofs know (`words.ROLES`).
    """
    taken = {one.id for one in table.nodes}
    id = free(role, taken) if role else id_for(title, taken, "step")
    before = table.step(after)
    new = _shaped(StepRow(id=id, kind=kind, title=title, lane=before.lane if before else _first_lane(table)))
    rows = list(table.nodes)
    if before is None:
        made = table.model_copy(update={"start": id})
        return made.with_steps([_leading(new, table.start), *rows]), id
    place = rows.index(before)
    if _goes_straight(before) and kind != "end":
        new = _leading(new, before.next[0] if before.next else "")
        rows[place] = before.model_copy(update={"next": (id,)})
    rows.insert(place + 1, new)
    return table.with_steps(rows), id


def _first_lane(table: Table) -> str:
    return table.lanes[0].id if table.lanes else ""


def _goes_straight(step: StepRow) -> bool:
    return step.kind in (*DOING, "join") and len(step.next) < 2


def _shaped(step: StepRow) -> StepRow:
    """With what its kind must have."""
    match step.kind:
        case "choice":
            return step.model_copy(update={"lane": "", "branches": (BranchRow(), OTHERWISE)})
        case "both" | "join":
            return step.model_copy(update={"lane": ""})
        case "publicity":
            limit = LimitRow(bound="min", unit="calendar_day")
            return step.model_copy(update={"fields": (_OBJECTION,), "limit": limit})
        case "payment":
            return step.model_copy(update={"fields": _PAYMENT, "hand": "pay"})
    return step


def _leading(step: StepRow, to: str) -> StepRow:
    """The step with its way on: of a choice the last branch."""
    if not to or step.kind in ("call", "end"):
        return step
    if step.kind == "choice":
        last = step.branches[-1].model_copy(update={"to": to})
        return step.model_copy(update={"branches": (*step.branches[:-1], last)})
    return step.model_copy(update={"next": (to,)})


def fitting(step: StepRow) -> StepRow:
    """The step with only what its kind has: a parting of the ways asks for no paper, an end leads nowhere."""
    gone = {name for name, kinds in _PARTS.items() if step.kind not in kinds}
    empty = StepRow()
    return step.model_copy(update={name: getattr(empty, name) for name in gone})


_ACTING = frozenset(DOING)
_PARTS = {
    **dict.fromkeys(("offices", "hand", "stage", "fields", "papers", "limit", "discipline", "source", "after"), _ACTING),
    "supervised": _ACTING,
    "separate_from": _ACTING | {"call"},
    "lane": _ACTING | {"call", "end"},
    "hint": _ACTING | {"call"},
    "body": frozenset({"meeting"}),
    **dict.fromkeys(("calls", "open", "passes", "returns"), frozenset({"call"})),
    "stopped": frozenset({"end"}),
    "next": _ACTING | {"both", "join"},
    "branches": frozenset({"choice"}),
}  # fmt: skip
"""Which kinds of step have what."""


def add_branch(table: Table, at: str) -> tuple[Table, str]:
    """One more branch before the last of a choice; behind any other step a choice with two. And the choice's id."""
    step = table.step(at)
    if step is None:
        return table, at
    if step.kind != "choice":
        return add_step(table, at, "看情况分路", "choice", free(f"if_{at}", {one.id for one in table.nodes}))
    first = tuple(one for one in step.branches if not one.otherwise)
    last = tuple(one for one in step.branches if one.otherwise) or (OTHERWISE,)
    return table.with_step(step.model_copy(update={"branches": (*first, BranchRow(), *last)})), at


def move_step(table: Table, id: str, by: int) -> Table:
    """The step `by` places further down (up when negative), as far as there is room."""
    rows = list(table.nodes)
    place = next((at for at, one in enumerate(rows) if one.id == id), None)
    if place is None:
        return table
    row = rows.pop(place)
    rows.insert(max(0, min(len(rows), place + by)), row)
    return table.with_steps(rows)


def remove_step(table: Table, id: str) -> Table:
    """Without the step; what pointed to it points to where it led, what had to come after it need not any more."""
    step = table.step(id)
    if step is None:
        return table
    on = next((to for to in _ways_on(step) if to != id), "")
    rows = [_without(one, id, on) for one in table.nodes if one is not step]
    start = on if table.start == id else table.start
    return table.model_copy(update={"start": start}).with_steps(rows)


def _ways_on(step: StepRow) -> list[str]:
    """Where a step leads, the way of most cases first."""
    return [*step.next, *(way.to for way in reversed(step.branches)), *step.returns.values()]


def _without(step: StepRow, id: str, on: str) -> StepRow:
    after = tuple(tuple(one for one in group if one != id) for group in step.after)
    return step.model_copy(
        update={
            "next": tuple(dict.fromkeys(to for one in step.next if (to := on if one == id else one))),
            "branches": tuple(
                way.model_copy(update={"to": on}) if way.to == id else way for way in step.branches
            ),
            "returns": {end: on if to == id else to for end, to in step.returns.items()},
            "after": tuple(group for group in after if group),
            "separate_from": tuple(one for one in step.separate_from if one != id),
            "passes": {name: text for name, text in step.passes.items() if text.split(".")[0] != id},
        }
    )


def answers_renamed(table: Table, value: str, moved: Mapping[str, str]) -> Table:
    """With every condition that compares `value` (`step.field`) with an answer following that answer's new id."""
    if not moved:
        return table
    asked = re.compile(rf"(\b{re.escape(value)}\s*[!=]=\s*')([a-z0-9_]+)(')")

    def put(found: re.Match[str]) -> str:
        return found[1] + moved.get(found[2], found[2]) + found[3]

    return table.with_steps(
        one.model_copy(
            update={
                "branches": tuple(
                    way.model_copy(update={"when": asked.sub(put, way.when)}) for way in one.branches
                )
            }
        )
        for one in table.nodes
    )
