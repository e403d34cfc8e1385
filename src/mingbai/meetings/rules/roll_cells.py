"""The cells of a roll's sheet: each read exactly, or refused in a sentence. Nothing is guessed."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date

from mingbai.kernel import cells
from mingbai.kernel.cells import BadCell, plain
from mingbai.organisations.rules import is_number, number_key

VOTING_AGE = 18
OLDEST = 120
LONGEST_NAME, LONGEST_WORD, LONGEST_NOTE = 30, 20, 200
SEXES = ("男", "女")
HERE, GONE = ("在村", "外出"), ("已故", "迁出")
STANDINGS = (
    "村民", "户代表", "村民代表", "村委会成员", "村民小组组长", "党员", "支部委员", "成员", "成员代表", "理事", "监事",
    "监督委员会成员", "理财小组成员", "评议小组成员", "居民", "居民代表", "居委会成员", "居民小组组长", "单位代表",
)  # fmt: skip
_JOINTS = "·•."
_HOUSEHOLD = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]+(?:-[0-9A-Za-z\u4e00-\u9fff]+)*")
LIKE = "1990-05-06"


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
    day = cells.day(value, LIKE, "（只用来核对满没满18周岁，不保存）")
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
