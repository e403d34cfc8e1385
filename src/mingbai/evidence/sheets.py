"""Tables that somebody hands in, as Excel or CSV: opened with a bound on what they may become in memory.

What is asked of the packed file is asked before anything parses it: sizes in its directory, numbers of rows and
cells, the furthest row and column, declarations that would expand. A formula stays the text that it is.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from mingbai.kernel import Refused

Line = tuple[Any, ...]
MOST_PARTS = 500
_PLAIN = (str, int, float, bool, date, datetime, time, timedelta)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ROW_NUMBER = re.compile(rb"""\br\s*=\s*["']([0-9]{1,7})["']""")
_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*["']([A-Z0-9:]{1,20})["']""")


@dataclass(frozen=True)
class Bounds:
    """The most that a file may be: bytes as handed in, bytes unpacked, rows and columns of a sheet."""

    packed: int
    unpacked: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Sheet:
    """One sheet: its lines from the first row on, and what a person looking at it does not see or sees joined."""

    title: str
    lines: tuple[Line, ...]
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()


def open_workbook(content: bytes, bounds: Bounds) -> tuple[Sheet, ...]:
    """Every sheet of an .xlsx file.

    Raises:
        Refused: no workbook, larger than the bounds, or something in it that no table needs.
    """
    _refuse_size(content, bounds)
    if content.startswith(_OLD_EXCEL):
        raise Refused("这是旧的 .xls 文件，或者设了打开密码", remedy="用 Excel 另存为 .xlsx，不设密码，再传")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _refuse_hostile(packed, bounds)
            return tuple(_sheets(packed, content, bounds))
    except Refused:
        raise
    except Exception as error:  # whatever a parser of other people's files may raise means one thing here
        raise Refused("打不开这个 Excel 文件", remedy="用 Excel 或 WPS 打开，另存为 .xlsx 再传") from error


def _sheets(packed: zipfile.ZipFile, content: bytes, bounds: Bounds) -> Iterator[Sheet]:
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    if not book.worksheets:
        raise Refused("这个 Excel 文件里没有工作表", remedy="用 Excel 或 WPS 打开，另存为 .xlsx 再传")
    for one in book.worksheets:
        text = packed.read(one._worksheet_path)
        _refuse_far(one.title, text, bounds)
        lines = one.iter_rows(values_only=True, max_row=bounds.rows, max_col=bounds.columns)
        hidden = tuple(number for number, said in _rows(text) if _HIDDEN.search(said))
        merged = tuple(found.decode() for found in _MERGED.findall(text))
        yield Sheet(one.title, _trimmed(lines), one.sheet_state != "visible", hidden, merged)


def _trimmed(lines: Any) -> tuple[Line, ...]:
    """The lines up to the last that says something."""
    kept = [tuple(_plain(value) for value in line) for line in lines]
    while kept and all(value is None or value == "" for value in kept[-1]):
        kept.pop()
    return tuple(kept)


def _plain(value: Any) -> Any:
    """A value as it stands; what is neither text, number nor date (a formula over several cells) as a formula."""
    return value if value is None or isinstance(value, _PLAIN) else "="


def _refuse_size(content: bytes, bounds: Bounds) -> None:
    if not content.strip():
        raise Refused("这个文件是空的", remedy="核对选的是不是这个文件")
    if len(content) > bounds.packed:
        raise Refused(
            f"文件太大：{len(content) / 1e6:.1f} 兆，最多 {bounds.packed / 1e6:g} 兆",
            remedy="去掉图片和别的表，只留这一张表",
        )


def _refuse_hostile(packed: zipfile.ZipFile, bounds: Bounds) -> None:
    """Spreadsheets have no document types: where one is declared, somebody wants entities expanded."""
    parts = packed.infolist()
    if sum(one.file_size for one in parts) > bounds.unpacked or len(parts) > MOST_PARTS:
        raise Refused("Excel 文件解开以后太大", remedy="新建一个表格，只把这张表的内容粘贴进去")
    names = [one.filename for one in parts]
    if len(set(names)) != len(names):
        raise Refused("打不开这个 Excel 文件：里面有重名的部分", remedy="用 Excel 另存为 .xlsx 再传")
    for name in names:
        _refuse_part(name, packed)


def _refuse_part(name: str, packed: zipfile.ZipFile) -> None:
    lower = name.lower()
    if "vbaproject" in lower:
        raise Refused("Excel 文件里有宏", remedy="另存为“Excel 工作簿 (.xlsx)”，不带宏，再传")
    if "/externallinks/" in f"/{lower}":
        raise Refused("Excel 文件引用了别的文件", remedy="把公式粘贴成数值，断开链接，再传")
    if lower.endswith((".xml", ".rels", ".vml")):
        text = packed.read(name)
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\0" in text:
            raise Refused("Excel 文件里有不该有的声明", remedy="用 Excel 另存为 .xlsx 再传")


def _rows(text: bytes) -> Iterator[tuple[int, bytes]]:
    """Each row's number and attributes; one without a number follows the one before."""
    number = 0
    for found in _ROW.finditer(text):
        said = _ROW_NUMBER.search(found[1])
        number = int(said[1]) if said else number + 1
        yield number, found[1]


def _refuse_far(title: str, text: bytes, bounds: Bounds) -> None:
    """A cell far away makes everything before it; a cell twice has two values, and one of them is not seen."""
    before = 0
    for number, _said in _rows(text):
        if number > bounds.rows:
            raise Refused(
                f"“{title}”有第 {number} 行，最多 {bounds.rows} 行",
                remedy="删去最后一行下面的空行，或者分开传",
            )
        if number <= before:
            raise Refused(f"“{title}”第 {number} 行写了两遍", remedy="用 Excel 另存为 .xlsx 再传")
        before = number
    seen: set[tuple[bytes, bytes]] = set()
    for column, row in _CELL.findall(text):
        if column_index_from_string(column.decode()) > bounds.columns:
            raise Refused(
                f"“{title}”的 {column.decode()}{row.decode()} 格离表太远，最多 {bounds.columns} 列",
                remedy="删去右边用不到的列再传",
            )
        if (column, row) in seen:
            raise Refused(
                f"“{title}”的 {column.decode()}{row.decode()} 格写了两遍", remedy="用 Excel 另存为 .xlsx 再传"
            )
        seen.add((column, row))


def open_csv(content: bytes, bounds: Bounds) -> Sheet:
    """A CSV file in UTF-8 (with or without its mark), GB18030 or marked UTF-16; fields parted by comma or tab.

    Raises:
        Refused: larger than the bounds, no text, or quotation marks that do not match.
    """
    _refuse_size(content, bounds)
    text = _decoded(content)
    parted = "\t" if "\t" in text.partition("\n")[0] else ","
    lines: list[Line] = []
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=parted, strict=True):
            if len(lines) >= bounds.rows:
                raise Refused(f"超过 {bounds.rows} 行", remedy="分开传")
            if len(line) > bounds.columns:
                raise Refused(f"第 {len(lines) + 1} 行有 {len(line)} 列，最多 {bounds.columns} 列",
                              remedy="核对逗号和引号")  # fmt: skip
            lines.append(tuple(line))
    except csv.Error as error:
        raise Refused(
            f"第 {len(lines) + 1} 行读不通：引号没有配对，或者一格太长", remedy="核对引号"
        ) from error
    return Sheet("CSV", _trimmed(lines))


def _decoded(content: bytes) -> str:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise Refused("文件的文字编码认不出来", remedy="用 Excel 另存为 .xlsx，或者“CSV UTF-8（逗号分隔）”")
