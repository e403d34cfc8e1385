"""A chart read from an Excel workbook: whole, or refused with every cell that cannot be read, by sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingbai.desk.charting.cells import BadCell, Names, YesNo, alone, names_of, one_of
from mingbai.desk.charting.sheets import (
    ANSWERS,
    FIELDS,
    HEAD,
    HEAD_ROWS,
    ID,
    LANE_COLUMNS,
    LANES,
    PAPERS,
    PASSES,
    RETURNS,
    SAID,
    STEP_COLUMNS,
    STEPS,
    WAYS,
    Column,
    Listed,
)
from mingbai.desk.charting.unpacking import unpacked
from mingbai.evidence.sheets import Line
from mingbai.procedures.drafted import Folder
from mingbai.procedures.rules.rows.model import (
    BranchRow,
    FieldRow,
    LaneRow,
    OptionRow,
    PaperRow,
    StepRow,
    Table,
)
from mingbai.procedures.rules.rows.naming import id_for
from mingbai.procedures.rules.text import MAX_NODES

Entry = dict[str, Any]


@dataclass(frozen=True)
class CellFault:
    """A cell that cannot be read; `column` is its heading, empty when the whole row or sheet is meant."""

    sheet: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = f"“{self.sheet}”第 {self.row} 行" if self.row else f"“{self.sheet}”"
        return f"{where}{f'“{self.column}”' if self.column else ''}：{self.reason}"


class BadSheet(Exception):
    """A workbook that is refused whole, with all its faults."""

    def __init__(self, faults: Iterable[CellFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def read_workbook(content: bytes, before: Table, around: Folder) -> Table:
    """The chart that the workbook says; what no sheet holds (power, nature, version, given) stays as it is in `before`.

    Raises:
        Refused: no workbook, too large, or packed so that it would fill the memory.
        BadSheet: sheets, columns or cells that cannot be read.
    """
    return _Reading(unpacked(content), before, around).table()


class _Reading:
    def __init__(self, sheets: Mapping[str, tuple[Line, ...]], before: Table, around: Folder) -> None:
        self.sheets, self.before, self.around = sheets, before, around
        self.faults: list[CellFault] = []
        self.names = names_of(before, around)

    def table(self) -> Table:
        """All sheets, in the order in which they name one another."""
        lanes = [LaneRow(**one) for _row, one in self.entries(LANES, LANE_COLUMNS)]
        self.names = _with(self.names, lanes={one.id: one.title for one in lanes})
        self.name_steps()
        steps = [(row, one) for row, one in self.entries(STEPS, STEP_COLUMNS)]
        if len(steps) > MAX_NODES:
            self.fault(STEPS, 0, "", f"一张图最多 {MAX_NODES} 步")
        made = [self.step(row, one) for row, one in steps]
        rows = self.filled({one.id: one for one in made})
        head = self.head()
        if self.faults:
            raise BadSheet(self.faults)
        return self.before.model_copy(update={**head, "lanes": tuple(lanes), "nodes": tuple(rows.values())})

    def fault(self, sheet: str, row: int, column: str, reason: str) -> None:
        """One more thing that cannot be read."""
        self.faults.append(CellFault(sheet, row, column, reason))

    # cells

    def entries(self, sheet: str, columns: tuple[Column, ...]) -> Iterator[tuple[int, Entry]]:
        """Every row of a sheet that says something, its cells read."""
        lines = self.sheets.get(sheet)
        if not lines:
            self.fault(sheet, 0, "", "没有这张工作表，或者是空的；用下载的那个表格改")
            return
        heading = [_text(one) for one in lines[0]]
        missing = [one.title for one in columns if one.title not in heading]
        strange = [
            one for one in heading if one and one != SAID and one not in {column.title for column in columns}
        ]
        if missing or strange:
            said = f"缺少{'、'.join(missing)}" if missing else f"不认识{'、'.join(strange)}"
            self.fault(sheet, 1, "", f"表头{said}；不要改表头")
            return
        places = [(column, heading.index(column.title)) for column in columns]
        for row, line in enumerate(lines[1:], 2):
            if any(_text(one) for one in line):
                yield (
                    row,
                    {column.key: self.cell(sheet, row, column, line, place) for column, place in places},
                )

    def cell(self, sheet: str, row: int, column: Column, line: tuple[Any, ...], place: int) -> Any:
        """One cell; what cannot be read is noted and taken as empty."""
        text = _text(line[place]) if place < len(line) else ""
        try:
            if text.startswith("="):
                raise BadCell("这里不能写公式")
            return column.cell.read(text, self.names)
        except BadCell as bad:
            self.fault(sheet, row, column.title, str(bad))
            return column.cell.read("", self.names)

    # what the sheets say

    def name_steps(self) -> None:
        """The steps by id and title, before anything points to them; a new row gets an id from its title."""
        lines = self.sheets.get(STEPS) or [()]
        heading = [_text(one) for one in lines[0]]
        if ID not in heading or "名称" not in heading:
            return
        found: dict[str, str] = {}
        self.ids: dict[int, str] = {}
        for row, line in enumerate(lines[1:], 2):
            id, title = (
                _text(line[heading.index(one)]) if heading.index(one) < len(line) else ""
                for one in (ID, "名称")
            )
            if not any(_text(one) for one in line):
                continue
            if id in found:
                self.fault(STEPS, row, ID, f"“{id}”写了两遍")
            made = id or id_for(title, found, "step")
            found[made] = title
            self.ids[row] = made
        self.names = _with(self.names, steps=found)

    def step(self, row: int, entry: Entry) -> StepRow:
        """One step without what has sheets of its own."""
        flat: Entry = {"id": self.ids.get(row, "")}
        for key, value in entry.items():
            name, _dot, inner = key.partition(".")
            if inner:
                flat.setdefault(name, {})[inner] = value
            elif key != "id":
                flat[key] = value
        return StepRow.model_validate(flat)

    def filled(self, steps: dict[str, StepRow]) -> dict[str, StepRow]:
        """The steps with fields, answers, papers, branches, and what goes to and fro with called charts."""
        fields, papers, ways = self.asked(steps), self.papers(steps), self.ways(steps)
        made = {
            id: one.model_copy(
                update={
                    "fields": tuple(fields.get(id, ())),
                    "papers": tuple(papers.get(id, ())),
                    "branches": tuple(ways.get(id, ())),
                }
            )
            for id, one in steps.items()
        }
        for listed in (RETURNS, PASSES):
            for one in self.of_steps(listed, steps):
                said = {**getattr(made[one["step"]], listed.key), one["name"]: one["value"]}
                made[one["step"]] = made[one["step"]].model_copy(update={listed.key: said})
        return made

    def of_steps(self, listed: Listed, steps: Mapping[str, StepRow]) -> Iterator[Entry]:
        """The rows of a sheet that name a step of this chart."""
        for row, one in self.entries(listed.title, listed.columns):
            if self.known(listed.title, row, one, steps):
                yield one

    def asked(self, steps: Mapping[str, StepRow]) -> dict[str, list[FieldRow]]:
        """Fields by step, with their answers."""
        options: dict[tuple[str, str], list[OptionRow]] = {}
        for one in self.of_steps(ANSWERS, steps):
            held = options.setdefault((one["step"], one["field"]), [])
            held.append(OptionRow(id=_id(one, held, "answer"), label=one["label"]))
        found: dict[str, list[FieldRow]] = {}
        for one in self.of_steps(FIELDS, steps):
            of_step = found.setdefault(one["step"], [])
            id = _id(one, of_step, "field")
            answers = tuple(options.pop((one["step"], id), ()))
            of_step.append(
                FieldRow(
                    id=id, label=one["label"], kind=one["kind"], optional=one["optional"], options=answers
                )
            )
        for step, name in options:
            said = f"步骤“{self.names.steps.get(step, step)}”没有编号为“{name}”的栏目"
            self.fault(ANSWERS.title, 0, "栏目编号", said)
        return found

    def papers(self, steps: Mapping[str, StepRow]) -> dict[str, list[PaperRow]]:
        """Papers by step."""
        found: dict[str, list[PaperRow]] = {}
        for one in self.of_steps(PAPERS, steps):
            held = found.setdefault(one["step"], [])
            held.append(PaperRow(id=_id(one, held, "paper"), label=one["label"], optional=one["optional"]))
        return found

    def ways(self, steps: Mapping[str, StepRow]) -> dict[str, list[BranchRow]]:
        """Branches by choice."""
        found: dict[str, list[BranchRow]] = {}
        for one in self.of_steps(WAYS, steps):
            way = BranchRow(**{name: value for name, value in one.items() if name != "step"})
            found.setdefault(one["step"], []).append(way)
        return found

    def known(self, sheet: str, row: int, entry: Entry, steps: Mapping[str, StepRow]) -> bool:
        """Whether the row names a step."""
        if entry["step"] in steps:
            return True
        if not any(one.sheet == sheet and one.row == row for one in self.faults):
            self.fault(sheet, row, "步骤", "没有写是哪一步的")
        return False

    def head(self) -> Entry:
        """What is said of the whole chart."""
        said: Entry = {}
        levels: dict[str, str] = {}
        for row, line in enumerate((self.sheets.get(HEAD) or [])[1:], 2):
            title, text = (_text(line[place]) if place < len(line) else "" for place in (0, 1))
            key = HEAD_ROWS.get(title)
            if key is None and title:
                self.fault(HEAD, row, "项目", f"不认识“{title[:20]}”")
            elif key and key.startswith("level."):
                levels |= {key.removeprefix("level."): text} if text else {}
            elif key:
                said[key] = self.head_value(row, key, text)
        return {**said, "disclosures": levels} if said else {}

    def head_value(self, row: int, key: str, text: str) -> Any:
        """One value of the whole chart."""
        try:
            if key == "children":
                return YesNo().read(text, self.names)
            return one_of(text, self.names.steps, "步骤") if key == "start" else text[:60]
        except BadCell as bad:
            self.fault(HEAD, row, "内容", str(bad))
            return ""


def _with(names: Names, **titles: Mapping[str, str]) -> Names:
    held = {name: getattr(names, name) for name in Names.__dataclass_fields__}
    return Names(**{**held, **{name: alone(said) for name, said in titles.items()}})


def _id(entry: Entry, held: Sequence[Any], otherwise: str) -> str:
    """The id that was written, or one made of the label."""
    return entry["id"] or id_for(entry["label"], {one.id for one in held}, otherwise)


def _text(value: Any) -> str:
    """What stands in a cell, as text; line ends become spaces."""
    return "" if value is None else " ".join(str(value).split())
