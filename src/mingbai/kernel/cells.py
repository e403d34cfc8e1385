"""Cells of a table that somebody hands in: each read exactly, or refused in a sentence. Nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from mingbai.kernel.scan import scan_text

SHORTEST_PRIVATE = 11  # the digits of a mobile telephone; no personal number is shorter
SHOWN = 30
_FIRST_SOUND_DAY = date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was
_DATES = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})"),
    re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_SHORT_YEAR = re.compile(r"'?\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?")
_UNFINISHED = re.compile(r"\d{4}(?:\s*[-/.年]\s*(?:\d{1,2}\s*月?)?)?")
_EXCEL_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
_KINDS = {"id_number": "身份证号", "bank_account": "银行卡号", "phone": "电话号码"}


FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""With what a spreadsheet begins a formula (OWASP, CSV injection; security I2)."""


class BadCell(Exception):
    """What is wrong with a cell and what to do, in one sentence."""


def plain(value: object, *, tight: bool = False, private: bool = False) -> str:
    """A cell as text; `tight` for what must have no space before or behind it (a name, a number).

    `private` lets personal numbers in: the ledger holds them, and the public door masks them.

    Raises:
        BadCell: a formula, an error of one, a truth value, a date or time, a number that Excel rounded, an
            invisible character, or a personal number.
    """
    text = _as_text(value)
    if text.lstrip().startswith(("=", "＝")):
        raise BadCell("是公式：选中这一列，复制，选择性粘贴成“数值”")
    if text in _EXCEL_ERRORS:
        raise BadCell(f"是公式出的错（{text}）：改成实际的内容")
    if any(
        unicodedata.category(one) in ("Cc", "Cf", "Cn", "Co", "Cs") for one in text if one not in "\t\n\r"
    ):
        raise BadCell("里有看不见的字符（零宽字符、控制字符或造字）：删掉重新打一遍")
    if tight and text != text.strip():
        raise BadCell(f"“{text.strip()[:SHOWN]}”前面或后面有空格：删去空格")
    for hit in scan_text(text) if len(text) >= SHORTEST_PRIVATE and not private else ():
        raise BadCell(f"里有{_KINDS.get(hit.kind, '个人号码')}：系统不收，删去")
    return unicodedata.normalize("NFC", text.strip())


def no_formula(text: str) -> str:
    """The text as a spreadsheet takes it for text: what would be a formula begins with a quote; a sum stays a sum."""
    is_sum = text.removeprefix("-").replace(".", "", 1).isdigit()
    return f"'{text}" if text.startswith(FORMULA) and not is_sum else text


def _as_text(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            raise BadCell("是“真”或“假”，不是文字：改成实际的内容")
        case datetime() | date() | time() | timedelta():
            raise BadCell("被 Excel 变成了日期：把这一列设成“文本”格式，再重新打")
        case int() if abs(value) < 10**15:
            return str(value)
        case float() if value.is_integer() and abs(value) < 10**15:
            return str(int(value))
    raise BadCell("是被 Excel 改过的数字（小数或者太长）：把这一列设成“文本”格式，再重新打")


def day(value: object, like: str, empty: str = "") -> date:
    """A calendar day, from a date cell or written with four digits of year; `like` is the example in refusals.

    Raises:
        BadCell: nothing (`empty` is what is said then), a time, a number, two digits of year, no such day.
    """
    match value:
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return _sound(value.date(), like)
        case date() if not isinstance(value, datetime):
            return _sound(value, like)
        case datetime() | time() | timedelta():
            raise BadCell(f"是时间，不是日期：写成 {like} 这样")
        case int() | float() if not isinstance(value, bool) and not _eight_digits(value):
            said = str(value) if abs(value) < 10**15 else "（很长）"
            raise BadCell(f"是数字{said}，不是日期：把这一格设成日期格式，或者写成 {like} 这样")
    return _written(plain(value), like, empty)


def _eight_digits(value: float) -> bool:
    return 10**7 <= value < 10**8 and value == int(value)


def _sound(day: date, like: str) -> date:
    if day < _FIRST_SOUND_DAY:
        raise BadCell(f"{day.isoformat()}是 Excel 由一个很小的数字变来的：重新写成 {like} 这样")
    return day


def _written(text: str, like: str, empty: str) -> date:
    if not text:
        raise BadCell(f"没有填：写成 {like} 这样{empty}")
    if any(one.isdecimal() and not one.isascii() for one in text):
        raise BadCell(f"“{text[:20]}”用了全角数字：改成半角，写成 {like} 这样")
    for pattern in _DATES:
        found = pattern.fullmatch(text)
        if found:
            year, month, day = map(int, found.groups())
            return _calendar_day(year, month, day, text, like)
    if _SHORT_YEAR.fullmatch(text):
        raise BadCell(f"“{text[:20]}”的年份只有两位，不知道是哪个世纪：写四位年份")
    if _UNFINISHED.fullmatch(text):
        raise BadCell(f"“{text[:20]}”没有写到日：写成 {like} 这样")
    raise BadCell(f"“{text[:20]}”看不懂：写成 {like} 这样")


def _calendar_day(year: int, month: int, day: int, text: str, like: str) -> date:
    try:
        return _sound(date(year, month, day), like)
    except ValueError:
        raise BadCell(f"“{text[:20]}”没有这一天：核对年月日") from None
