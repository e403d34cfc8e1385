"""The cells of a roll's sheet: each read exactly, or refused in a sentence. Nothing is guessed."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, datetime, time, timedelta

from mingbai.kernel import scan_text
from mingbai.organisations.rules import is_number, number_key

VOTING_AGE = 18
OLDEST = 120
SHORTEST_PRIVATE = 11  # the digits of a mobile telephone; no personal number is shorter
LONGEST_NAME, LONGEST_WORD, LONGEST_NOTE = 30, 20, 200
SEXES = ("男", "女")
HERE, GONE = ("在村", "外出"), ("已故", "迁出")
STANDINGS = (
    "村民", "户代表", "村民代表", "村委会成员", "村民小组组长", "党员", "支部委员", "成员", "成员代表", "理事", "监事",
    "监督委员会成员", "理财小组成员", "评议小组成员", "居民", "居民代表", "居委会成员", "居民小组组长", "单位代表",
)  # fmt: skip
_FIRST_SOUND_DAY = date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was
_JOINTS = "·•."
_DATES = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})"),
    re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_SHORT_YEAR = re.compile(r"'?\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?")
_UNFINISHED = re.compile(r"\d{4}(?:\s*[-/.年]\s*(?:\d{1,2}\s*月?)?)?")
_HOUSEHOLD = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]+(?:-[0-9A-Za-z\u4e00-\u9fff]+)*")
_EXCEL_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
_KINDS = {"id_number": "身份证号", "bank_account": "银行卡号", "phone": "电话号码"}


class BadCell(Exception):
    """What is wrong with a cell and what to do, in one sentence."""


def plain(value: object, *, tight: bool = False) -> str:
    """A cell as text; `tight` for what must have no space before or behind it (a name, a number).

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
        raise BadCell(f"“{text.strip()[:LONGEST_NAME]}”前面或后面有空格：删去空格")
    for hit in scan_text(text) if len(text) >= SHORTEST_PRIVATE else ():
        raise BadCell(f"里有{_KINDS.get(hit.kind, '个人号码')}：系统不收，删去")
    return unicodedata.normalize("NFC", text.strip())


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


def number(value: object) -> str:
    """The village's own number of a person."""
    text = plain(value, tight=True)
    if not text:
        raise BadCell("没有填：每人填一个本村自己的编号，以后不变")
    if any(one.isdecimal() and not one.isascii() for one in text):
        raise BadCell(f"“{text[:20]}”是全角数字：改成半角数字")
    if not is_number(text):
        raise BadCell(f"“{text[:20]}”不能做编号：只用字母、数字和短横线，最多32个字")
    return text


def name(value: object) -> str:
    """A person's name: two characters or more, joined by a point where it is; one space only between Latin words."""
    text = plain(value, tight=True)
    if not text:
        raise BadCell("没有填：写全名")
    if any(one.isspace() for one in text) and not (text.isascii() and text.split() == text.split(" ")):
        raise BadCell(f"“{text[:LONGEST_NAME]}”中间有空格：删去空格，两个字的名字不用空格凑齐")
    letters = [one for one in text if unicodedata.category(one)[0] == "L"]
    if any(one not in _JOINTS + " -'" and unicodedata.category(one)[0] not in "LM" for one in text):
        raise BadCell(f"“{text[:LONGEST_NAME]}”里有不是姓名的字符（数字或符号）：只写姓名，别的写在备注里")
    if len(letters) < 2 or len(text) > LONGEST_NAME:
        raise BadCell(f"“{text[:LONGEST_NAME]}”不像姓名：写全名，二到{LONGEST_NAME}个字")
    return text


def birth(value: object, on: date) -> date:
    """The day of birth of one who may vote on a day.

    Eighteen is reached with the eighteenth birthday, that day included (民法典 第17条, 第1259条); one born on 29
    February reaches it on the last of February where there is no 29th (第202条). Who is sixteen and lives on his own
    labour is held capable of acts (第18条), yet has no vote (村民委员会组织法 asks for 18周岁).

    Raises:
        BadCell: no day, a day that is not one, to come, too long ago, or less than eighteen years before `on`.
    """
    day = _day(value)
    if day > on:
        raise BadCell(f"{day.isoformat()}在名册生效之后：核对年份")
    if on.year - day.year > OLDEST:
        raise BadCell(f"{day.isoformat()}出生的话已经{on.year - day.year}岁：核对年份")
    full = birthday(day, VOTING_AGE)
    if full > on:
        raise BadCell(
            f"到{on.isoformat()}还不满18周岁（{full.isoformat()}才满）：从名册中删去（民法典 第17条）"
        )
    return day


def birthday(born: date, age: int) -> date:
    """The day on which that age is reached."""
    year = born.year + age
    return date(year, born.month, min(born.day, calendar.monthrange(year, born.month)[1]))


def _day(value: object) -> date:
    match value:
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return _sound(value.date())
        case date() if not isinstance(value, datetime):
            return _sound(value)
        case datetime() | time() | timedelta():
            raise BadCell("是时间，不是日期：写成 1990-05-06 这样")
        case int() | float() if not isinstance(value, bool) and not _eight_digits(value):
            said = str(value) if abs(value) < 10**15 else "（很长）"
            raise BadCell(f"是数字{said}，不是日期：把这一格设成日期格式，或者写成 1990-05-06 这样")
    return _written(plain(value))


def _eight_digits(value: float) -> bool:
    return 10**7 <= value < 10**8 and value == int(value)


def _sound(day: date) -> date:
    if day < _FIRST_SOUND_DAY:
        raise BadCell(f"{day.isoformat()}是 Excel 由一个很小的数字变来的：重新写成 1990-05-06 这样")
    return day


def _written(text: str) -> date:
    if not text:
        raise BadCell("没有填：写成 1990-05-06 这样（只用来核对满没满18周岁，不保存）")
    if any(one.isdecimal() and not one.isascii() for one in text):
        raise BadCell(f"“{text[:20]}”用了全角数字：改成半角，写成 1990-05-06 这样")
    for pattern in _DATES:
        found = pattern.fullmatch(text)
        if found:
            year, month, day = map(int, found.groups())
            return _calendar_day(year, month, day, text)
    if _SHORT_YEAR.fullmatch(text):
        raise BadCell(f"“{text[:20]}”的年份只有两位，不知道是哪个世纪：写四位年份")
    if _UNFINISHED.fullmatch(text):
        raise BadCell(f"“{text[:20]}”没有写到日：写成 1990-05-06 这样")
    raise BadCell(f"“{text[:20]}”看不懂：写成 1990-05-06 这样")


def _calendar_day(year: int, month: int, day: int, text: str) -> date:
    try:
        return _sound(date(year, month, day))
    except ValueError:
        raise BadCell(f"“{text[:20]}”没有这一天：核对年月日") from None


def sex(value: object) -> str:
    """男 or 女."""
    return _one_of(plain(value), SEXES)


def household(value: object) -> str:
    """The household's number; 012 and 12 are one household."""
    text = plain(value)
    if any(one.isdecimal() and not one.isascii() for one in text):
        raise BadCell(f"“{text[:20]}”是全角数字：改成半角数字")
    if text and (len(text) > LONGEST_WORD or not _HOUSEHOLD.fullmatch(text)):
        raise BadCell(
            f"“{text[:LONGEST_WORD]}”不能做户号：只用字、字母、数字和短横线，最多{LONGEST_WORD}个字"
        )
    return number_key(text)


def group(value: object) -> str:
    """The villagers' group."""
    text = "".join(plain(value).split())
    if len(text) > LONGEST_WORD:
        raise BadCell(f"太长，最多{LONGEST_WORD}个字：只写组名")
    return text


def standing(value: object) -> str:
    """In what capacities a person stands on the roll; several are parted by 、."""
    said = [one.strip() for one in re.split("[、，,；;/]", plain(value))]
    for one in said:
        if one.startswith("预备"):
            raise BadCell("预备党员没有表决权：从名册中删去")
        _one_of(one, STANDINGS)
    return "、".join(said)


def here(value: object) -> str:
    """在村 or 外出; who died or moved away is on no roll."""
    text = plain(value)
    if text in GONE:
        raise BadCell(f"{text}的人不能在名册上：从表里删去，并在名册页登记")
    return _one_of(text, HERE)


def note(value: object) -> str:
    """A remark."""
    text = plain(value)
    if len(text) > LONGEST_NOTE:
        raise BadCell(f"太长：最多{LONGEST_NOTE}个字")
    return text


def _one_of(text: str, known: tuple[str, ...]) -> str:
    if not text:
        raise BadCell("没有填：填" + "、".join(known))
    if text not in known:
        raise BadCell(f"不认识“{text[:LONGEST_WORD]}”：只能填" + "、".join(known))
    return text
