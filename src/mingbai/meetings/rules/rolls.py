"""From a sheet that a village keeps to a roll that can be set: every fault at once, by row and column.

The day of birth is asked for to see who has come of age by the roll's day; it is not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mingbai.evidence.sheets import Bounds, Sheet, open_csv, open_workbook
from mingbai.kernel import Refused
from mingbai.kernel.cells import BadCell
from mingbai.meetings.rules import roll_cells
from mingbai.meetings.rules.bodies import BodyRule, Unit
from mingbai.meetings.rules.roll_rows import (
    BIRTH,
    COLUMNS,
    GROUP,
    HOUSEHOLD,
    NAME,
    NOTE,
    NUMBER,
    SEX,
    STANDING,
    STATE,
    RollRow,
    composed,
)
from mingbai.organisations.rules import Actor, holds_over, number_key

MOST_ROWS, MOST_BYTES = 20_000, 5_000_000
BOUNDS = Bounds(packed=MOST_BYTES, unpacked=30_000_000, rows=MOST_ROWS + 1, columns=64)
NEEDED = (NUMBER, NAME)
NAMESAKES = "同名"
TOWN_KEEPERS = ("town_government", "town_party_committee")
_ALSO = {"出生年月日": BIRTH, "户编号": HOUSEHOLD, "小组": GROUP, "组别": GROUP}
_PRIVATE = ("身份证", "证件", "公民", "电话", "手机", "联系方式", "银行", "卡号", "账号", "住址")
_READERS: Mapping[str, Callable[[Any], str]] = {
    NUMBER: roll_cells.number, NAME: roll_cells.name, SEX: roll_cells.sex, HOUSEHOLD: roll_cells.household,
    GROUP: roll_cells.group, STANDING: roll_cells.standing, STATE: roll_cells.here, NOTE: roll_cells.note,
}  # fmt: skip


@dataclass(frozen=True)
class RowFault:
    """What is wrong with a cell and what to do; row 0 is the whole file, no column the whole row."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"第{self.row}行" if self.row else ""
        column = f"“{self.column}”" if self.column else ""
        return f"{where}{column}{self.message}"


@dataclass(frozen=True)
class CheckedRoll:
    """What a sheet comes to. `count` rows name somebody; `rows` are those without fault.

    `warnings` say where the body as listed is not composed as the law asks: a roll records who was chosen, so these
    are shown and do not stop it.
    """

    rows: tuple[RollRow, ...]
    count: int
    faults: tuple[RowFault, ...]
    warnings: tuple[str, ...] = ()


def may_keep(by: Actor, rule: BodyRule, village: str, on: date) -> bool:
    """Whether a person may set the roll of a body: who convenes it, who keeps its records, or the town above.

    Whoever answers for a meeting answers for who is called to it; nobody else may decide who has a vote.
    """
    own = (*rule.offices, *rule.recorded_by)
    return any(by.holds(one, village, on) for one in own) or any(
        holds_over(by, one, village, on) for one in TOWN_KEEPERS
    )


def read_roll(content: bytes, rule: BodyRule, on: date, known: Container[str] = frozenset()) -> CheckedRoll:
    """Check a file as the roll of a body from a day on: .xlsx, or CSV. What the file is, its bytes say.

    `known` are the keys of numbers whose people have been found of age before: they need no day of birth.
    """
    try:
        packed = content.startswith((b"PK", b"\xd0\xcf\x11\xe0"))
        sheets = open_workbook(content, BOUNDS) if packed else (open_csv(content, BOUNDS),)
    except Refused as problem:
        said = f"{problem.reason}：{problem.remedy}" if problem.remedy else problem.reason
        return CheckedRoll((), 0, (RowFault(0, "", said),))
    return check_roll(sheets, rule, on, known)


def check_roll(
    sheets: Sequence[Sheet], rule: BodyRule, on: date, known: Container[str] = frozenset()
) -> CheckedRoll:
    """Check a file's sheets as the roll of a body from a day on; `known` as in `read_roll`."""
    faults = [*_file_faults(sheets)]
    filled = [one for one in sheets if one.lines]
    if len(filled) != 1:
        return CheckedRoll((), 0, tuple(faults))
    return _Reading(filled[0], rule, on, known, faults).read()


def _file_faults(sheets: Sequence[Sheet]) -> Iterable[RowFault]:
    for one in sheets:
        if one.hidden:
            yield RowFault(0, "", f"工作表“{one.title}”是隐藏的：取消隐藏核对，或者删去")
    filled = [one for one in sheets if one.lines]
    if not filled:
        yield RowFault(0, "", "表里什么也没有：第一行写列名，下面每人一行")
    if len(filled) > 1:
        titles = "、".join(one.title for one in filled)
        yield RowFault(0, "", f"有{len(filled)}张工作表写了东西（{titles}）：一个文件只留一张")
    for one in filled:
        for where in one.merged[:20]:
            yield RowFault(0, "", f"{where}合并了单元格：取消合并，第一行写列名，下面每人一行")


@dataclass
class _Reading:
    """One sheet being read; `faults` grows."""

    sheet: Sheet
    rule: BodyRule
    on: date
    known: Container[str]
    faults: list[RowFault]
    places: dict[str, int] = field(default_factory=dict)
    births: dict[int, date] = field(default_factory=dict)

    def read(self) -> CheckedRoll:
        """The whole sheet."""
        if not self.heading():
            return CheckedRoll((), 0, tuple(self.faults))
        lines = [(row, line) for row, line in enumerate(self.sheet.lines[1:], 2) if _says(line)]
        if not lines:
            self.fault(0, "", "只有列名，没有一个人：下面每人写一行")
        rows = [self.row(row, line) for row, line in lines]
        self.duplicates(rows)
        self.households(rows)
        self.faults.sort(
            key=lambda one: (one.row, COLUMNS.index(one.column) if one.column in COLUMNS else -1)
        )
        bad = {one.row for one in self.faults}
        sound = tuple(one for one in rows if one.row not in bad)
        return CheckedRoll(
            sound, len(rows), tuple(self.faults), tuple(composed(self.rule, rows, self.places))
        )

    def fault(self, row: int, column: str, message: str) -> None:
        """One more fault."""
        self.faults.append(RowFault(row, column, message))

    def heading(self) -> bool:
        """Find the columns; False when the first line is no heading at all."""
        titles = [_title(one) for one in self.sheet.lines[0]]
        if not set(titles) & set(COLUMNS):
            self.fault(1, "", "不是列名：删去上面的标题行，第一行写" + "、".join(COLUMNS))
            return False
        for place, title in enumerate(titles):
            self.column(title, place)
        self.places = {
            title: place
            for title, place in self.places.items()
            if title in (*NEEDED, BIRTH) or self.used(place)
        }
        for title in self.needed():
            if title not in self.places:
                self.fault(1, title, "没有这一列：加上")
        return True

    def column(self, title: str, place: int) -> None:
        """One heading: known, or refused by its name."""
        if title in self.places:
            self.fault(1, title, "这一列写了两遍：留一列")
        elif title in COLUMNS:
            self.places[title] = place
        elif any(word in title for word in _PRIVATE):
            self.fault(1, title[:20], "系统不收证件、电话、账号和住址：删去这一列")
        elif title:
            self.fault(1, title[:20], "不认识这一列：删去，或者改成" + "、".join(COLUMNS) + "中的一个")
        elif self.used(place):
            self.fault(1, "", f"第{place + 1}列没有列名：写上，或者删去这一列")

    def used(self, place: int) -> bool:
        """Whether a column says anything below its heading."""
        return any(_says(line[place : place + 1]) for line in self.sheet.lines[1:])

    def needed(self) -> tuple[str, ...]:
        """Columns that must be there; the household where the body may also convene by household."""
        by_household = any(way.unit is Unit.households for way in self.rule.quorum)
        return (*NEEDED, HOUSEHOLD) if by_household else NEEDED

    def row(self, row: int, line: Sequence[Any]) -> RollRow:
        """One person; what cannot be read is noted and taken as empty."""
        if row in self.sheet.hidden_rows:
            self.fault(row, "", "这一行是隐藏的：取消隐藏或者筛选，核对后再传")
        said = {title: self.cell(row, title, line, place) for title, place in self.places.items()}
        if number_key(said.get(NUMBER, "")) not in self.known or _says(line[slice(*self.of(BIRTH))]):
            self.born(row, line)
        return RollRow(
            row, said.get(NUMBER, ""), said.get(NAME, ""), said.get(SEX, ""), said.get(HOUSEHOLD, ""),
            said.get(GROUP, ""), said.get(STANDING, ""), said.get(NOTE, ""),
        )  # fmt: skip

    def cell(self, row: int, title: str, line: Sequence[Any], place: int) -> str:
        """One cell as text; the day of birth is asked for apart."""
        value = line[place] if place < len(line) else None
        try:
            return _READERS[title](value) if title != BIRTH else ""
        except BadCell as bad:
            self.fault(row, title, str(bad))
            return ""

    def of(self, title: str) -> tuple[int, int]:
        """Where a column stands in a line; nowhere when there is none."""
        place = self.places.get(title)
        return (0, 0) if place is None else (place, place + 1)

    def born(self, row: int, line: Sequence[Any]) -> None:
        """Note the day of birth. Without such a column the heading has been told already."""
        if BIRTH in self.places:
            try:
                self.births[row] = roll_cells.birth((*line[slice(*self.of(BIRTH))], None)[0], self.on)
            except BadCell as bad:
                self.fault(row, BIRTH, str(bad))
        elif not any(one.row == 1 and one.column == BIRTH for one in self.faults):
            self.fault(1, BIRTH, "没有这一列：加上（已经登记过的人可以不填）")

    def duplicates(self, rows: Iterable[RollRow]) -> None:
        """The same number twice; the same name and day of birth twice, unless both rows say that they are two."""
        numbers: dict[str, int] = {}
        persons: dict[tuple[str, date], RollRow] = {}
        for one in rows:
            first = numbers.setdefault(number_key(one.number), one.row) if one.number else one.row
            if first != one.row:
                self.fault(one.row, NUMBER, f"“{one.number}”和第{first}行重复：一人一行，一人一个编号")
            born = self.births.get(one.row)
            if not one.name or born is None:
                continue
            other = persons.setdefault((one.name, born), one)
            if other is not one and not (NAMESAKES in one.note and NAMESAKES in other.note):
                self.fault(
                    one.row, NAME, f"“{one.name}”和第{other.row}行姓名、出生日期都一样：是同一个人就删去一行，"
                    f"确是两个人就在两行的备注里都写“{NAMESAKES}”",
                )  # fmt: skip

    def households(self, rows: Sequence[RollRow]) -> None:
        """Either every row names its household or, where none is needed, none does; a household is in one group."""
        silent = [one for one in rows if not one.household]
        if HOUSEHOLD in self.places and (HOUSEHOLD in self.needed() or len(silent) < len(rows)):
            told = {one.row for one in self.faults if one.column == HOUSEHOLD}
            for one in silent:
                if one.row not in told:
                    self.fault(one.row, HOUSEHOLD, "没有填：这个会要按户数，或者别的行都填了，每人都要填")
        seen: dict[str, RollRow] = {}
        for one in rows:
            if one.household and one.group:
                first = seen.setdefault(one.household, one)
                if first.group != one.group:
                    self.fault(
                        one.row, GROUP, f"户号“{one.household}”在第{first.row}行写的是“{first.group}”，"
                        f"这里是“{one.group}”：一户只在一个组",
                    )  # fmt: skip


def _title(value: Any) -> str:
    """A heading without the spaces and marks that people put into it."""
    text = "".join(one for one in str(value or "") if one.isalnum() or one in "（）()")
    return _ALSO.get(text, text)


def _says(line: Iterable[Any]) -> bool:
    return any(value is not None and str(value).strip() for value in line)
