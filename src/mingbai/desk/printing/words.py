"""How papers say days, hours, shares and names."""

from __future__ import annotations

import re
from datetime import date

from mingbai.meetings.rules import Base, Majority

_NUMERALS = "零一二三四五六七八九十"
TITLE_LINE = 20
"""How many characters of 2号 fill a line of the type area: 156 mm."""
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def long_date(day: date) -> str:
    """2026年9月3日: Arabic numerals, no leading zeros (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


def weekday(day: date) -> str:
    """星期三."""
    return "星期" + "一二三四五六日"[day.weekday()]


def hour(clock: str) -> str:
    """9时30分 for 09:30, 9时 for 09:00."""
    hours, minutes = (int(one) for one in clock.split(":"))
    return f"{hours}时" + (f"{minutes:02d}分" if minutes else "")


def numeral(number: int) -> str:
    """一 to 九十九."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else ""
    return head + (_NUMERALS[ones] if ones or not tens else "")


def share(majority: Majority) -> str:
    """过半数, 三分之二以上, 超过三分之一."""
    if (majority.numerator, majority.denominator, majority.strict) == (1, 2, True):
        return "过半数"
    part = f"{numeral(majority.denominator)}分之{numeral(majority.numerator)}"
    return f"超过{part}" if majority.strict else f"{part}以上"


def carries(majority: Majority, base: Base) -> str:
    """Of whom how many must agree: 全体应到的人三分之二以上同意."""
    whose = "到会、可以投票的人" if base is Base.present else "全体应到的人"
    return f"{whose}{share(majority)}同意"


def plain(title: str) -> str:
    """A title or kind of person without what stands in brackets."""
    return _BRACKETS.sub("", title)


def of_village(village: str, title: str) -> str:
    """大柏村村民代表会议, 大柏村“两委”会议: the village's name before a body's or an office's title."""
    words = plain(title)
    doubled = village.endswith("村") and words.startswith("村") and not words.startswith(("村民", "村务"))
    return village + (words[1:] if doubled else words)


def stop(text: str) -> str:
    """A text with one full stop at its end."""
    return text if text.endswith(("。", "！", "？")) else f"{text}。"


def title(first: str, second: str) -> list[str]:
    """A title on one line where it fits, else broken between its two parts."""
    return [first + second] if len(first + second) <= TITLE_LINE else [first, second]
