"""From the submitted form of one step to its row: nothing typed is thrown away, ids are made here.

Only parts that stood in the form are read (`part` names them): a part that the kind of step did not have stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from mingbai.kernel import Money, Refused
from mingbai.procedures.rules.rows.editing import answers_renamed, fitting
from mingbai.procedures.rules.rows.gaps import Known
from mingbai.procedures.rules.rows.model import (
    BranchRow,
    FieldRow,
    GroundRow,
    LaneRow,
    LimitRow,
    OptionRow,
    PaperRow,
    StepRow,
    Table,
)
from mingbai.procedures.rules.rows.naming import id_for
from mingbai.procedures.rules.rows.sentences import Clause, Phrase, cel_of, values_of
from mingbai.procedures.rules.rows.words import ANSWERS, LEVELS

MOST = 60
"""Entries of one list that a form is read for; the form never shows more than one blank beyond what there is."""
Changes = dict[str, object]


@dataclass(frozen=True)
class Filled:
    """A submitted form: text by name, with spaces tidied."""

    data: QueryDict

    def text(self, name: str) -> str:
        """One value."""
        return " ".join(self.data.get(name, "").split())

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self.data.get(name))

    def many(self, name: str) -> tuple[str, ...]:
        """Every value of that name that says something, each once."""
        return tuple(dict.fromkeys(one.strip() for one in self.data.getlist(name) if one.strip()))

    def entries(self, name: str) -> Iterable[str]:
        """The prefixes `name-0-`, `name-1-`, … that the form has."""
        for place in range(MOST):
            if f"{name}-{place}-label" not in self.data:
                return
            yield f"{name}-{place}-"


def step_from(data: QueryDict, table: Table, row: StepRow, known: Known) -> Table:
    """The table with this step as it was submitted."""
    filled = Filled(data)
    changes: Changes = {}
    for part in filled.many("part"):
        if part in _PARTS:
            changes |= _PARTS[part](filled, table, row)
    new = row.model_copy(update=changes)
    if new.kind == "call":
        new = _returning(new, known)
    made = table.with_step(fitting(new) if new.kind != row.kind else new)
    return _following_answers(made, row, new)


def _what(filled: Filled, _table: Table, row: StepRow) -> Changes:
    said: Changes = {
        name: filled.text(name) for name in ("title", "kind", "lane", "hint") if name in filled.data
    }
    return {**said, "stopped": filled.ticked("stopped")}


def _who(filled: Filled, _table: Table, row: StepRow) -> Changes:
    said: Changes = {name: filled.text(name) for name in ("hand", "stage", "body") if name in filled.data}
    return {
        **said,
        "offices": _in_order(filled.many("offices"), row.offices),
        "supervised": filled.ticked("supervised"),
    }


def _in_order(ticked: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    """What stood there first keeps its place, so that ticking another changes nothing else."""
    return (*(one for one in before if one in ticked), *(one for one in ticked if one not in before))


def _papers(filled: Filled, _table: Table, _row: StepRow) -> Changes:
    found: list[PaperRow] = []
    for at in filled.entries("paper"):
        label = filled.text(at + "label")
        if label:
            id = filled.text(at + "id") or id_for(label, {one.id for one in found}, "paper")
            found.append(PaperRow(id=id, label=label, optional=filled.ticked(at + "optional")))
    return {"papers": tuple(found)}


def _fields(filled: Filled, _table: Table, row: StepRow) -> Changes:
    found: list[FieldRow] = []
    taken = {one.id for one in row.fields}
    for at in filled.entries("field"):
        label = filled.text(at + "label")
        if not label:
            continue
        id = filled.text(at + "id") or id_for(label, taken, "field")
        taken.add(id)
        kind = filled.text(at + "kind")
        options = tuple(_options(filled, at + "option")) if kind == "choice" else ()
        found.append(
            FieldRow(id=id, label=label, kind=kind, optional=filled.ticked(at + "optional"), options=options)
        )
    return {"fields": tuple(found)}


def _options(filled: Filled, name: str) -> Iterable[OptionRow]:
    taken: set[str] = set()
    for at in filled.entries(name):
        label = filled.text(at + "label")
        if label:
            id = _answer(filled.text(at + "meaning"), filled.text(at + "id"), label, taken)
            taken.add(id)
            yield OptionRow(id=id, label=label)


def _answer(meaning: str, before: str, label: str, taken: set[str]) -> str:
    """The id of an answer: what it means to the proofs, else what it was, else the sound of its label."""
    if meaning and meaning not in taken:
        return meaning
    if before and before not in ANSWERS and before not in taken:
        return before
    return id_for(label, taken | set(ANSWERS), "answer")


def _limit(filled: Filled, _table: Table, _row: StepRow) -> Changes:
    said = {name: filled.text(f"limit_{name}") for name in LimitRow.model_fields}
    if not said["value"] and not said["article"]:
        return {"limit": LimitRow()}
    value = said["value"]
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 7 else value
    return {"limit": LimitRow.model_validate({**said, "value": number})}


def _words(filled: Filled, _table: Table, _row: StepRow) -> Changes:
    source = GroundRow(**{name: filled.text(f"source_{name}") for name in GroundRow.model_fields})
    blank = not source.law and not source.article
    return {"discipline": filled.text("discipline"), "source": GroundRow() if blank else source}


def _order(filled: Filled, _table: Table, _row: StepRow) -> Changes:
    groups = (filled.many(f"after-{place}") for place in range(MOST))
    return {"after": tuple(group for group in groups if group), "separate_from": filled.many("apart")}


def _next(filled: Filled, _table: Table, _row: StepRow) -> Changes:
    return {"next": filled.many("next")}


def _branches(filled: Filled, table: Table, _row: StepRow) -> Changes:
    money = {one.id for one in values_of(table) if one.kind == "money"}
    found = []
    for at in filled.entries("branch"):
        otherwise = filled.ticked(at + "otherwise")
        way = BranchRow(
            to=filled.text(at + "to"), label=filled.text(at + "label"), otherwise=otherwise,
            when="" if otherwise else _condition(filled, at, money),
        )  # fmt: skip
        if not filled.ticked(at + "gone") and (way.label or way.to or way.when):
            found.append(way)
    return {"branches": tuple(sorted(found, key=lambda one: one.otherwise))}


def _condition(filled: Filled, at: str, money: set[str]) -> str:
    written = filled.text(at + "cel")
    if written:
        return written
    clauses = []
    for place in range(MOST):
        name = f"{at}clause-{place}-"
        if name + "left" not in filled.data:
            break
        left = filled.text(name + "left")
        right = _right(filled.text(name + "right"), filled.text(name + "number"), left in money)
        if left and right:
            clauses.append(Clause(left, filled.text(name + "sign") or "==", right))
    return cel_of(Phrase(filled.text(at + "joint") != "any", tuple(clauses)))


def _right(chosen: str, number: str, in_money: bool) -> str:
    """What a value is held against, as CEL writes it; a number that cannot be read stays as it was typed."""
    if chosen.startswith("="):
        return f"'{chosen.rpartition(':')[2]}'"
    if chosen or not number:
        return chosen
    try:
        return str(Money.parse(number).fen) if in_money else str(int(number))
    except (Refused, ValueError):
        return number


def _call(filled: Filled, table: Table, row: StepRow) -> Changes:
    passes = {
        name.removeprefix("pass-"): filled.text(name) for name in filled.data if name.startswith("pass-")
    }
    returns = {
        name.removeprefix("return-"): filled.text(name) for name in filled.data if name.startswith("return-")
    }
    return {
        "calls": filled.text("calls"), "open": filled.ticked("open"),
        "passes": {name: value for name, value in passes.items() if value},
        "returns": {name: value for name, value in returns.items() if value},
    }  # fmt: skip


def _returning(step: StepRow, known: Known) -> StepRow:
    """Only the ends and values that the called chart has."""
    sub = known.charts.get(step.calls)
    if sub is None:
        return step
    return step.model_copy(
        update={
            "returns": {end: to for end, to in step.returns.items() if end in sub.ends},
            "passes": {name: value for name, value in step.passes.items() if name in sub.given},
        }
    )


Part = Callable[[Filled, Table, StepRow], Changes]
_PARTS: Mapping[str, Part] = {
    "what": _what, "who": _who, "papers": _papers, "fields": _fields, "limit": _limit, "words": _words, "order": _order,
    "next": _next, "branches": _branches, "call": _call,
}  # fmt: skip


def _following_answers(table: Table, before: StepRow, after: StepRow) -> Table:
    """Conditions that ask for an answer whose id became another ask for the new one."""
    now = {one.id: one for one in after.fields}
    for old in before.fields:
        new = now.get(old.id)
        if new is not None:
            by_label = {one.label: one.id for one in new.options}
            moved = {
                one.id: by_label[one.label]
                for one in old.options
                if by_label.get(one.label, one.id) != one.id
            }
            table = answers_renamed(table, f"{after.id}.{old.id}", moved)
    return table


def whole_from(data: QueryDict, table: Table) -> Table:
    """The table with what is said of the whole chart as it was submitted."""
    filled = Filled(data)
    lanes: list[LaneRow] = []
    for at in filled.entries("lane"):
        label = filled.text(at + "label")
        if label:
            id = filled.text(at + "id") or id_for(
                label, {one.id for one in table.lanes} | {one.id for one in lanes}, "lane"
            )
            lanes.append(LaneRow(id=id, title=label))
    levels = {level: said for level in LEVELS if (said := filled.text(f"level-{level}"))}
    return table.model_copy(
        update={
            "title": filled.text("whole_title"), "start": filled.text("start"), "children": filled.ticked("children"),
            "lanes": tuple(lanes), "disclosures": levels,
        }
    )  # fmt: skip
