"""A chart as an Excel workbook: a sheet of steps, and one each of what a step can have several of."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from mingbai.desk.charting.cells import Cell, Coded, Groups, Named, Names, Number, Several, YesNo, names_of
from mingbai.procedures.drafted import Folder
from mingbai.procedures.rules.rows import words
from mingbai.procedures.rules.rows.model import StepRow, Table
from mingbai.procedures.rules.rows.sentences import say

HEAD, STEPS, LANES = "整张图", "步骤", "列"
ID, OF = "编号", "步骤"
PLAIN = Cell()


@dataclass(frozen=True)
class Column:
    """One column: its heading, the value it holds (`limit.unit` is the unit of the limit), how it is said, its width."""

    title: str
    key: str
    cell: Cell = PLAIN
    width: int = 14


_STEP = Named(what="steps", said="步骤")
STEP_COLUMNS = (
    Column(ID, "id", Cell(40), 18),
    Column("种类", "kind", Coded(titles=words.KINDS), 12),
    Column("名称", "title", Cell(40), 26),
    Column("列", "lane", Named(what="lanes", said="列"), 18),
    Column("谁办", "offices", Several(what="offices", said="职务"), 30),
    Column("开哪个会", "body", Named(what="bodies", said="会"), 18),
    Column("经手的性质", "hand", Coded(titles=words.HANDS), 10),
    Column("法定的环节", "stage", Coded(titles=words.STAGES), 14),
    Column("提示", "hint", Cell(40), 20),
    Column("最多还是不少于", "limit.bound", Coded(titles=words.BOUNDS), 10),
    Column("多少", "limit.value", Number(), 8),
    Column("按什么算", "limit.unit", Coded(titles=words.UNITS), 12),
    Column("时限的法规", "limit.law", Named(what="laws", said="法规"), 24),
    Column("时限的条文", "limit.article", Cell(60), 16),
    Column("时限核对过没有", "limit.confidence", Coded(titles=words.CONFIDENCES), 12),
    Column("纪律", "discipline", Cell(400), 34),
    Column("法规", "source.law", Named(what="laws", said="法规"), 24),
    Column("条文", "source.article", Cell(60), 16),
    Column("核对过没有", "source.confidence", Coded(titles=words.CONFIDENCES), 12),
    Column("先办完", "after", Groups(), 30),
    Column("谁不能办", "separate_from", Several(), 26),
    Column("监督委员会在场", "supervised", YesNo(), 10),
    Column("没办成的结束", "stopped", YesNo(), 10),
    Column("下一步", "next", Several(), 26),
    Column("走哪张图", "calls", Named(what="charts", said="流程图"), 22),
    Column("画出里面的步骤", "open", YesNo(), 10),
)


@dataclass(frozen=True)
class Listed:
    """A sheet of what steps have several of: `key` is where a step keeps it, `of` the entry above it (answers: a field)."""

    title: str
    key: str
    columns: tuple[Column, ...]


FIELDS = Listed(
    "栏目", "fields",
    (
        Column(OF, "step", _STEP, 22), Column(ID, "id", Cell(40), 18), Column("名称", "label", Cell(60), 28),
        Column("内容", "kind", Coded(titles=words.FIELD_KINDS), 14), Column("可以不填", "optional", YesNo(), 10),
    ),
)  # fmt: skip
ANSWERS = Listed(
    "答案", "options",
    (
        Column(OF, "step", _STEP, 22), Column("栏目编号", "field", Cell(40), 18), Column(ID, "id", Cell(40), 18),
        Column("名称", "label", Cell(60), 28),
    ),
)  # fmt: skip
PAPERS = Listed(
    "单据", "papers",
    (
        Column(OF, "step", _STEP, 22), Column(ID, "id", Cell(40), 18), Column("名称", "label", Cell(60), 28),
        Column("可以没有", "optional", YesNo(), 10),
    ),
)  # fmt: skip
WAYS = Listed(
    "分路", "branches",
    (
        Column(OF, "step", _STEP, 22), Column("名称", "label", Cell(60), 28), Column("去哪一步", "to", _STEP, 22),
        Column("条件", "when", Cell(400), 44), Column("其余的情况", "otherwise", YesNo(), 10),
    ),
)  # fmt: skip
RETURNS = Listed(
    "另一张图的结果", "returns",
    (Column(OF, "step", _STEP, 22), Column("那张图的结束", "name", Cell(40), 22), Column("回到哪一步", "value", _STEP, 22)),
)  # fmt: skip
PASSES = Listed(
    "交给另一张图", "passes",
    (Column(OF, "step", _STEP, 22), Column("名目", "name", Cell(40), 22), Column("哪个栏目", "value", Cell(80), 30)),
)  # fmt: skip
LANE_COLUMNS = (Column(ID, "id", Cell(40), 18), Column("名称", "title", Cell(60), 30))
SAID = "意思（不用填）"
HEAD_ROWS: Mapping[str, str] = {
    "名称": "title", "从哪一步开始": "start", "未成年人的事": "children",
    **{f"五公开·{title}": f"level.{level}" for level, title in words.LEVELS.items()},
}  # fmt: skip


def workbook(table: Table, around: Folder) -> bytes:
    """The chart as an .xlsx file; reading it back gives the same rows."""
    names = names_of(table, around)
    book = Workbook()
    book.remove(book.active)
    _head(book, table, names)
    _sheet(book, STEPS, STEP_COLUMNS, (_values(one, STEP_COLUMNS, names) for one in table.nodes))
    for listed in (FIELDS, ANSWERS, PAPERS, RETURNS, PASSES):
        _sheet(book, listed.title, listed.columns, _entries(table, listed, names))
    figures = {id: one.title for id, one in around.parameters.items()}
    said = [
        [*line, say(str(line[3]), table, figures) if line[3] else ""] for line in _entries(table, WAYS, names)
    ]
    _sheet(book, WAYS.title, (*WAYS.columns, Column(SAID, "", width=60)), said)
    _sheet(book, LANES, LANE_COLUMNS, ([one.id, one.title] for one in table.lanes))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(book: Workbook, table: Table, names: Names) -> None:
    values = {
        "title": table.title, "start": names.steps.get(table.start, table.start), "children": YesNo().say(table.children, names),
        **{f"level.{level}": said for level, said in table.disclosures.items()},
    }  # fmt: skip
    columns = (Column("项目", "", width=24), Column("内容", "", width=60))
    _sheet(book, HEAD, columns, ([title, values.get(key, "")] for title, key in HEAD_ROWS.items()))


def _values(one: Any, columns: Iterable[Column], names: Names) -> list[Any]:
    return [column.cell.say(value_at(one, column.key), names) for column in columns]


def value_at(one: Any, key: str) -> Any:
    """The value under `limit.unit` or `id` of a row."""
    for name in key.split("."):
        one = getattr(one, name)
    return one


def _entries(table: Table, listed: Listed, names: Names) -> Iterator[list[Any]]:
    for step in table.nodes:
        for entry in _of(step, listed):
            yield [column.cell.say(entry[column.key], names) for column in listed.columns]


def _of(step: StepRow, listed: Listed) -> Iterator[dict[str, Any]]:
    """The entries of one step in a sheet, each with the step itself."""
    match listed.key:
        case "options":
            for asked in step.fields:
                for option in asked.options:
                    yield {"step": step.id, "field": asked.id, **option.model_dump()}
        case "returns" | "passes":
            for name, value in getattr(step, listed.key).items():
                yield {"step": step.id, "name": name, "value": value}
        case key:
            for one in getattr(step, key):
                yield {"step": step.id, **one.model_dump()}


_THIN = Side(style="thin", color="C5D0C8")


def _sheet(book: Workbook, title: str, columns: tuple[Column, ...], lines: Iterable[list[Any]]) -> None:
    """One sheet with its heading; words are kept as words, so that nothing is taken for a formula."""
    sheet = book.create_sheet(title)
    sheet.append([one.title for one in columns])
    for row, line in enumerate(lines, 2):
        for place, value in enumerate(line, 1):
            cell = sheet.cell(row, place, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, str):
                cell.data_type = "s"
    for place, column in enumerate(columns, 1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = column.width
        cell = sheet.cell(1, place)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EAF0EB")
        cell.border = Border(bottom=_THIN)
        _offer(sheet, letter, column.cell)
    sheet.freeze_panes = "D2" if title == STEPS else "A2"


def _offer(sheet: Any, letter: str, cell: Cell) -> None:
    """A list to choose from where the words are fixed and few enough for Excel (255 letters)."""
    titles = list(cell.titles.values()) if isinstance(cell, Coded) and cell.titles else []
    titles = ["是"] if isinstance(cell, YesNo) else titles
    said = f'"{",".join(titles)}"'
    if titles and len(said) < 255 and not any("," in one for one in titles):
        offered = DataValidation(type="list", formula1=said, allow_blank=True, showErrorMessage=True)
        sheet.add_data_validation(offered)
        offered.add(f"{letter}2:{letter}400")
