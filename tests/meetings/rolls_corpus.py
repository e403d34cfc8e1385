"""Files of rolls that villages might hand in: each bad one with the sentence that it must get."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from openpyxl import Workbook, load_workbook

from mingbai.organisations.rules import Actor, Mandate

HEAD = ("编号", "姓名", "性别", "出生日期", "户号", "村民小组", "身份", "状态", "备注")
SINCE = date(2026, 9, 1)
VILLAGE, REPS = "340311104201", "villager_reps_meeting"
ZERO_WIDTH, WIDE_SPACE = "\u200b", "\u3000"
PLACE = {title: place for place, title in enumerate(HEAD)}


def holder(office: str, division: str = VILLAGE, until: date | None = None) -> Actor:
    return Actor("b" * 32, "某人", (Mandate(office, division, date(2026, 1, 1), until),))


CLERK = holder("village_clerk")


def line(number: int, **more: Any) -> list[Any]:
    """A sound row; `more` gives columns by heading."""
    row: list[Any] = [
        str(number), f"村民{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{'一二三四五六七八九十'[number // 10 % 10]}",
        "女" if number % 2 else "男", f"19{60 + number % 30}-05-06", f"{number:03d}", "一组", "村民代表", "在村", "",
    ]  # fmt: skip
    for title, value in more.items():
        row[PLACE[title]] = value
    return row


def sound(count: int = 4) -> list[list[Any]]:
    """A heading and so many sound rows."""
    return [list(HEAD), *(line(number) for number in range(1, count + 1))]


def xlsx(rows: list[list[Any]], change: Callable[[Any, Any], None] | None = None) -> bytes:
    """An Excel file of these rows; `change` may alter book and sheet before it is written."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if change:
        change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv(rows: list[list[Any]], encoding: str = "utf-8") -> bytes:
    """The same as CSV."""
    return "\r\n".join(",".join(str(value) for value in row) for row in rows).encode(encoding)


def with_cell(title: str, value: Any, style: str = "") -> bytes:
    """A sheet whose third row (the second person) says something else in one column."""

    def change(_book: Any, sheet: Any) -> None:
        cell = sheet.cell(3, PLACE[title] + 1)
        cell.value = value
        if isinstance(value, str) and style != "formula":
            cell.data_type = "s"
        if style and style != "formula":
            cell.number_format = style

    return xlsx(sound(), change)


def packed(change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    """A sound workbook with the parts inside it changed, and others added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(sound()))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def in_sheet(old: str, new: str) -> bytes:
    """A sound workbook with a place of its sheet's XML changed."""

    def change(name: str, content: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return content
        assert re.search(old.encode(), content), content[:2000]
        return re.sub(old.encode(), new.encode(), content, count=1)

    return packed(change)


def encrypted() -> bytes:
    """An archive whose parts say that they are encrypted."""
    content = bytearray(xlsx(sound()))
    for start, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(start)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(start, place + 4)
    return bytes(content)


@dataclass(frozen=True)
class Bad:
    """A file, and the fault that must be among those found."""

    id: str
    content: Callable[[], bytes]
    said: str
    row: int = 3
    column: str = ""
    body: str = "villager_reps_meeting"
    alone: bool = field(default=True)


def _cell(id: str, title: str, value: Any, said: str, style: str = "") -> Bad:
    return Bad(id, lambda: with_cell(title, value, style), said, 3, title)


def _rows(
    id: str, rows: Callable[[], list[list[Any]]], said: str, row: int, column: str = "", **more: Any
) -> Bad:
    return Bad(id, lambda: xlsx(rows()), said, row, column, **more)


def _changed(
    id: str, change: Callable[[Any, Any], Any], said: str, row: int = 0, column: str = "", **more: Any
) -> Bad:
    return Bad(
        id, lambda: xlsx(sound(), lambda book, sheet: change(book, sheet) and None), said, row, column, **more
    )


def _replaced(title: str, new: str) -> list[list[Any]]:
    rows = sound()
    rows[0][PLACE[title]] = new
    return rows


def _without(title: str) -> list[list[Any]]:
    return [[value for place, value in enumerate(row) if place != PLACE[title]] for row in sound()]


def _hide(book: Any, _sheet: Any) -> None:
    book.create_sheet("旧名单").sheet_state = "hidden"


def _second(book: Any, _sheet: Any) -> None:
    book.create_sheet("二组")["A1"] = "王军"


def _banner(_book: Any, sheet: Any) -> None:
    sheet.insert_rows(1)
    sheet["A1"] = "大柏村村民代表名册"
    sheet.merge_cells("A1:I1")


def _bomb() -> bytes:
    return packed(lambda name, content: content, {"xl/media/image1.bmp": b"0" * 40_000_000})


def _many_rows() -> bytes:
    return xlsx([list(HEAD), *(line(number % 90 + 1, 编号=str(number)) for number in range(1, 20_002))])


NEVER = "从名册中删去"
CORPUS = (
    # people
    _cell("same number", "编号", "1", "和第2行重复"),
    _cell("same number with zeros", "编号", "001", "和第2行重复"),
    _rows("same person", lambda: [*sound(), line(9, 姓名=line(1)[1], 出生日期=line(1)[3])], "姓名、出生日期都一样", 6, "姓名"),
    _cell("a minor by one day", "出生日期", "2008-09-02", "不满18周岁（2026-09-02才满）"),
    _cell("sixteen on own wages", "出生日期", "2010-01-01", NEVER),
    _cell("not yet born", "出生日期", "2026-09-02", "在名册生效之后"),
    _cell("a hundred and thirty", "出生日期", "1896-01-01", "Excel 由一个很小的数字变来的"),
    _cell("a hundred and twenty-two", "出生日期", "1904-01-01", "已经122岁"),
    _cell("dead", "状态", "已故", "已故的人不能在名册上"),
    _cell("moved", "状态", "迁出", "迁出的人不能在名册上"),
    _cell("no such state", "状态", "坐牢", "不认识“坐牢”：只能填在村、外出"),
    _cell("no state", "状态", "", "没有填：填在村、外出"),
    _cell("no sex", "性别", None, "没有填：填男、女"),
    _cell("no such sex", "性别", "F", "不认识“F”"),
    _cell("no such standing", "身份", "村名代表", "不认识“村名代表”"),
    _cell("probationary", "身份", "预备党员", "预备党员没有表决权"),
    # days
    _cell("an Excel number", "出生日期", 33000, "是数字33000，不是日期"),
    _cell("a fraction of a day", "出生日期", 33000.5, "是数字33000.5，不是日期"),
    _cell("Excel's day that never was", "出生日期", 60, "很小的数字变来的", "yyyy-mm-dd"),
    _cell("the first day of Excel", "出生日期", 1, "很小的数字变来的", "yyyy-mm-dd"),
    _cell("a time", "出生日期", time(8, 30), "是时间，不是日期"),
    _cell("a day with a time", "出生日期", datetime(1990, 5, 6, 8, 30), "是时间，不是日期"),
    _cell("a short year", "出生日期", "90-05-06", "年份只有两位"),
    _cell("a short year in points", "出生日期", "90.5.6", "年份只有两位"),
    _cell("full width", "出生日期", "１９９０-05-06", "用了全角数字"),
    _cell("no such day", "出生日期", "1990-02-30", "没有这一天"),
    _cell("thirteenth month", "出生日期", "19901301", "没有这一天"),
    _cell("only a month", "出生日期", "1990年5月", "没有写到日"),
    _cell("only a year", "出生日期", 1990, "是数字1990，不是日期"),
    _cell("an older notation", "出生日期", "05/06/1990", "看不懂"),
    _cell("Chinese numerals", "出生日期", "一九九〇年五月六日", "看不懂"),
    _cell("no day", "出生日期", None, "没有填：写成 1990-05-06 这样"),
    _cell("truth", "出生日期", True, "是“真”或“假”"),
    # names and numbers
    _cell("no name", "姓名", "  ", "前面或后面有空格"),
    _cell("a gap", "姓名", "王 军", "中间有空格"),
    _cell("a wide gap", "姓名", f"王{WIDE_SPACE}军", "中间有空格"),
    _cell("a space behind", "姓名", "王军 ", "前面或后面有空格"),
    _cell("zero width", "姓名", f"王{ZERO_WIDTH}军", "看不见的字符"),
    _cell("a mark of order", "姓名", "王军\u202e", "看不见的字符"),
    _cell("a made-up character", "姓名", "王\ue000", "看不见的字符"),
    _cell("half a name", "姓名", "王", "不像姓名"),
    _cell("a name with its number", "姓名", "王军2", "不是姓名的字符"),
    _cell("a name with a remark", "姓名", "王军（东组）", "不是姓名的字符"),
    _cell("a formula", "姓名", "=A2&B2", "是公式", "formula"),
    _cell("a formula as text", "姓名", "=HYPERLINK(1)", "是公式"),
    _cell("a wide formula", "备注", "＝1+1", "是公式"),
    _cell("an error of a formula", "备注", "#REF!", "公式出的错"),
    _cell("no number", "编号", None, "每人填一个本村自己的编号"),
    _cell("a fraction for a number", "编号", 1.5, "被 Excel 改过的数字"),
    _cell("a day for a number", "编号", datetime(2026, 1, 2), "被 Excel 变成了日期"),
    _cell("Chinese for a number", "编号", "第二", "不能做编号"),
    _cell("wide digits for a number", "编号", "２", "是全角数字"),
    _cell("an identity number", "编号", "11010519491231002X", "里有身份证号：系统不收"),
    _cell("a telephone", "备注", "电话13912345678", "里有电话号码：系统不收"),
    _cell("a rounded identity number", "备注", 1.1010519491231002e17, "被 Excel 改过的数字"),
    # households
    _rows("no household for one", lambda: [*sound(3), line(4, 户号="")], "这个会要按户数", 5, "户号", body="villagers_meeting"),
    _rows("no household at all", lambda: _without("户号"), "没有这一列：加上", 1, "户号", body="villagers_meeting"),
    _rows("some households", lambda: [*sound(3), line(4, 户号="")], "每人都要填", 5, "户号"),
    _rows("one household, two groups", lambda: [*sound(), line(5, 户号="1", 村民小组="二组")], "一户只在一个组", 6, "村民小组"),
    _cell("no such household", "户号", "12 号", "不能做户号"),
    # columns
    _rows("an unknown column", lambda: _replaced("备注", "文化程度"), "不认识这一列", 1, "文化程度"),
    _rows("identity cards", lambda: _replaced("备注", "身份证号码"), "系统不收证件", 1, "身份证号码"),
    _rows("telephones", lambda: _replaced("备注", "联系电话"), "系统不收证件、电话", 1, "联系电话"),
    _rows("a column twice", lambda: _replaced("备注", "姓名"), "这一列写了两遍", 1, "姓名"),
    _rows("no names", lambda: _without("姓名"), "没有这一列：加上", 1, "姓名", alone=False),
    _rows("no days of birth", lambda: _without("出生日期"), "没有这一列：加上", 1, "出生日期"),
    _rows("no heading", lambda: sound()[1:], "不是列名", 1),
    _rows("only a heading", lambda: [list(HEAD)], "没有一个人", 0),
    _changed("a banner", _banner, "A1:I1合并了单元格", 0, alone=False),
    _changed("a banner is no heading", _banner, "删去上面的标题行", 1, alone=False),
    _changed("merged cells", lambda _book, sheet: sheet.merge_cells("F2:F3"), "F2:F3合并了单元格", 0, alone=False),
    _changed("a hidden sheet", _hide, "“旧名单”是隐藏的"),
    _changed("two sheets", _second, "有2张工作表写了东西"),
    _changed("a hidden row", lambda _book, sheet: setattr(sheet.row_dimensions[3], "hidden", True), "这一行是隐藏的", 3),
    _changed("a column without heading", lambda _book, sheet: sheet.cell(3, 10, "临时"), "第10列没有列名", 1),
    _changed("an empty sheet", lambda _book, sheet: sheet.delete_rows(1, 9), "表里什么也没有"),
    # the file
    Bad("nothing", lambda: b"", "这个文件是空的", 0),
    Bad("no text", lambda: b"\x89PNG\r\n\x1a\n\0\0\xff\xff", "文字编码认不出来", 0),
    Bad("another table", lambda: "菜名,价格\r\n白菜,2".encode(), "不是列名", 1),
    Bad("a page", lambda: b"<html><body>404</body></html>", "不是列名", 1),
    Bad("old Excel", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "旧的 .xls", 0),
    Bad("encrypted", encrypted, "打不开这个 Excel 文件", 0),
    Bad("cut short", lambda: xlsx(sound())[:900], "打不开这个 Excel 文件", 0),
    Bad("any archive", lambda: packed(lambda name, content: b""), "打不开这个 Excel 文件", 0),
    Bad("too large", lambda: b"1," * 2_600_000, "文件太大：5.2 兆，最多 5 兆", 0),
    Bad("a bomb", _bomb, "解开以后太大", 0),
    Bad("too many parts", lambda: packed(lambda name, content: content, {f"x/{n}": b"" for n in range(500)}), "解开以后太大", 0),
    Bad("too many rows", _many_rows, "有第 20002 行，最多 20001 行", 0),
    Bad("the last row of Excel", lambda: in_sheet(r'<row r="5"', '<row r="1048576"'), "有第 1048576 行", 0),
    Bad("the last column of Excel", lambda: in_sheet(r'r="A5"', 'r="XFD5"'), "XFD5 格离表太远", 0),
    Bad("a cell twice", lambda: in_sheet(r'r="B5"', 'r="A5"'), "A5 格写了两遍", 0),
    Bad("a row twice", lambda: in_sheet(r'<row r="5"', '<row r="4"'), "第 4 行写了两遍", 0),
    Bad("macros", lambda: packed(lambda name, content: content, {"xl/vbaProject.bin": b"x"}), "里有宏", 0),
    Bad("other files", lambda: packed(lambda name, content: content, {"xl/externalLinks/externalLink1.xml": b"<x/>"}), "引用了别的文件", 0),
    Bad("entities", lambda: in_sheet(r"<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet'), "不该有的声明", 0),
    Bad("another alphabet", lambda: packed(lambda name, content: content.decode().encode("utf-16") if "sheet1" in name else content), "不该有的声明", 0),
    Bad("quotation marks", lambda: csv(sound()) + b'\r\n"9,x', "引号没有配对", 0),
    Bad("too wide", lambda: csv([[*HEAD], ["1"] * 70]), "第 2 行有 70 列", 0),
)  # fmt: skip


def reopened(content: bytes) -> list[tuple[Any, ...]]:
    """The rows of a workbook's first sheet."""
    return [*load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)]
