"""The rows of a chart. They say the same as `rules.text`, but hold what is unfinished too: a step without a title, a way
that leads nowhere yet. What is missing is said by `gaps`; whether it is sound, by the compiler."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic import Field as Pydantic

from mingbai.kernel import validate
from mingbai.procedures.rules.text import MAX_NODES

Plain = dict[str, Any]


def _many(value: Any) -> Any:
    """`next` and the entries of `after` may be written as one word."""
    return [value] if isinstance(value, str) else ([] if value is None else value)


Names = Annotated[tuple[str, ...], BeforeValidator(_many)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OptionRow(_Row):
    """One answer of a choice."""

    id: str = ""
    label: str = ""


class FieldRow(_Row):
    """A value asked for."""

    id: str = ""
    label: str = ""
    kind: str = ""
    optional: bool = False
    options: tuple[OptionRow, ...] = ()


class PaperRow(_Row):
    """A paper asked for."""

    id: str = ""
    label: str = ""
    optional: bool = False


class GroundRow(_Row):
    """Law, article, and how it was checked."""

    law: str = ""
    article: str = ""
    confidence: str = ""


class LimitRow(_Row):
    """A limit of time; `value` keeps what was typed when it is no number."""

    bound: str = ""
    value: int | str = ""
    unit: str = ""
    law: str = ""
    article: str = ""
    confidence: str = ""


class BranchRow(_Row):
    """A way out of a choice; `when` is CEL, empty where it is not written yet."""

    to: str = ""
    label: str = ""
    when: str = ""
    otherwise: bool = False


class StepRow(_Row):
    """One box; the words are those of docs/procedures.md. `after`: groups, of each of which one step must be done."""

    id: str = ""
    kind: str = ""
    title: str = ""
    lane: str = ""
    offices: tuple[str, ...] = ()
    body: str = ""
    hand: str = ""
    stage: str = ""
    hint: str = ""
    calls: str = ""
    open: bool = False
    passes: dict[str, str] = {}
    returns: dict[str, str] = {}
    fields: tuple[FieldRow, ...] = ()
    papers: tuple[PaperRow, ...] = ()
    limit: LimitRow = LimitRow()
    discipline: str = ""
    source: GroundRow = GroundRow()
    after: tuple[Names, ...] = ()
    separate_from: tuple[str, ...] = ()
    supervised: bool = False
    stopped: bool = False
    next: Names = ()
    branches: tuple[BranchRow, ...] = ()

    @property
    def name(self) -> str:
        """What people call it: its title, or its id while it has none."""
        return self.title or self.id


class LaneRow(_Row):
    """A column: who."""

    id: str = ""
    title: str = ""


class Table(_Row):
    """A whole chart as rows, in the order in which they are written."""

    procedure: str
    version: int = 1
    power: str = ""
    nature: str = ""
    part: bool = False
    children: bool = False
    title: str = ""
    start: str = ""
    given: dict[str, str] = {}
    lanes: tuple[LaneRow, ...] = ()
    disclosures: dict[str, str] = {}
    nodes: tuple[StepRow, ...] = Pydantic(default=(), max_length=MAX_NODES)

    def step(self, id: str) -> StepRow | None:
        """The step of that id; None when there is none."""
        return next((one for one in self.nodes if one.id == id), None)

    def with_step(self, row: StepRow) -> Table:
        """The table with this row in the place of the one that has its id."""
        return self.with_steps(row if one.id == row.id else one for one in self.nodes)

    def with_steps(self, rows: Iterable[StepRow]) -> Table:
        """The table with these rows."""
        return self.model_copy(update={"nodes": tuple(rows)})


def read_table(text: str, filename: str) -> Table:
    """The rows of a chart's text, finished or not.

    Raises:
        BadFile: naming file, line and reason: not YAML, or something that no row can hold.
    """
    return validate(Table, text, filename)


def plain(row: BaseModel) -> Plain:
    """The data of a table or a row as it is written: what is empty is left out, one name stands without brackets."""
    found: Plain = {}
    for name, value in row:
        said = _said(name, value)
        if said not in ("", (), [], {}, False, None) or (name == "version"):
            found[name] = said
    return found


def _said(name: str, value: Any) -> Any:
    if isinstance(value, BaseModel):
        return plain(value)
    if name == "after":
        return [_one(group) for group in value if group]
    if name == "next":
        return _one(value)
    if isinstance(value, tuple):
        return [plain(one) if isinstance(one, BaseModel) else one for one in value]
    return value


def _one(names: tuple[str, ...]) -> Any:
    return names[0] if len(names) == 1 else list(names)
