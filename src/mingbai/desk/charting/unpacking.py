"""The cells of an Excel workbook that somebody handed in: opened with a bound on what it may unpack to."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from mingbai.kernel import Refused

LARGEST, LARGEST_INSIDE = 1_000_000, 20_000_000
"""Bytes of a workbook, packed and unpacked."""
MOST_LINES = 2_000
Lines = list[tuple[Any, ...]]


def unpacked(content: bytes) -> Mapping[str, Lines]:
    """The rows of every sheet; formulas as they are written, not what they come to.

    Raises:
        Refused: no workbook, too large, or packed so that it would fill the memory.
    """
    bad = Refused("打不开这个 Excel 文件", remedy="用下载的那个表格改，存成 .xlsx 再传")
    if len(content) > LARGEST:
        raise Refused("Excel 文件太大", remedy="只传流程图的表格，不要带图片")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _refuse_hostile(packed)
        book = load_workbook(io.BytesIO(content), read_only=True)
        return {one.title: [*one.iter_rows(values_only=True, max_row=MOST_LINES)] for one in book.worksheets}
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        ParseError,
        KeyError,
        ValueError,
        TypeError,
        OSError,
    ) as error:
        raise bad from error


def _refuse_hostile(packed: zipfile.ZipFile) -> None:
    """Spreadsheets have no document types: where one is declared, somebody wants entities expanded."""
    if sum(one.file_size for one in packed.infolist()) > LARGEST_INSIDE:
        raise Refused("Excel 文件解开以后太大", remedy="用下载的那个表格改")
    for name in packed.namelist():
        if b"<!DOCTYPE" in packed.read(name) or "<!DOCTYPE".encode("utf-16-le") in packed.read(name):
            raise Refused("Excel 文件里有不该有的声明", remedy="用下载的那个表格改")
