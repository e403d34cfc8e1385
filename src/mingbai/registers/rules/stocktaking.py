"""When a count may be entered, and when a stock-take may be closed: everything counted, two hands of two offices."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from mingbai.kernel import Citation, Refused, scan_text

TAKE = Citation("rceo", "第43条")
RESULTS = {"found": "账实相符", "missing": "盘亏", "damaged": "毁损", "surplus": "盘盈"}


@dataclass(frozen=True)
class Count:
    """What was found: of the object `number`, or, with an empty number, a surplus with its `name` and picture."""

    number: str
    result: str
    note: str = ""
    name: str = ""
    paper: str = ""


@dataclass(frozen=True)
class Hand:
    """Somebody in an office."""

    person: str
    office: str


def check_count(count: Count, listed: Collection[str]) -> None:
    """Refuse a count of what is not on the list, without a result, or of a difference nobody explains.

    Raises:
        Refused: names the object.
    """
    called = count.number or count.name.strip()
    if any(scan_text(text) for text in (count.name, count.note)):
        raise Refused("盘点的文字里有个人号码", basis=TAKE, remedy="盘点结果要公开，把号码去掉")
    if len(count.note) > 200 or len(count.name) > 80:
        raise Refused("名称最多80个字，说明最多200个字", basis=TAKE, remedy="写短一点")
    if count.number:
        _check_listed(count, called, listed)
    elif count.result != "surplus" or not count.name.strip() or not count.paper:
        raise Refused("盘盈的没有写是什么，或者没有照片", basis=TAKE, remedy="写上名称，拍一张照片")


def _check_listed(count: Count, called: str, listed: Collection[str]) -> None:
    if count.number not in listed:
        raise Refused(f"{called}不在这次要盘的清单里", basis=TAKE, remedy="清单上没有的登记成盘盈")
    if count.result not in ("found", "missing", "damaged"):
        raise Refused(f"{called}没有写盘点结果", basis=TAKE, remedy="选账实相符、盘亏或者毁损")
    if count.result != "found" and not count.note.strip():
        raise Refused(
            f"{called}{RESULTS[count.result]}，没有写原因", basis=TAKE, remedy="写上哪里不对、什么原因"
        )


def waits_for(counters: Collection[Hand], signed: Collection[Hand]) -> str:
    """What a stock-take still waits for before it is closed; empty when it may be.

    Everybody whose counts stand signs, and at least two persons in two offices do.
    """
    persons = {one.person for one in signed}
    if any(one.person not in persons for one in counters):
        return "参加盘点的人还没有都签字"
    if len(persons) < 2 or len({one.office for one in signed}) < 2:
        return "还差另一个职务的一个人签字"
    return ""
