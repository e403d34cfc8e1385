"""签到册: who is on the roll that day, a large row for each, to sign by hand."""

from __future__ import annotations

import re

from mingbai.desk.printing import words
from mingbai.desk.printing.sources import Content, Source
from mingbai.kernel import Refused
from mingbai.meetings.rules.floor import Standing

_PARTS = re.compile(r"[0-9]+|[^0-9]+")


def content(source: Source) -> Content:
    """The roll in its own order; by household the members of each beside each other.

    Raises:
        Refused: the meeting was called off.
    """
    floor = source.floor
    if floor.standing is Standing.cancelled:
        raise Refused(f"这次会议已经取消：{floor.cancelled}", remedy="要开的，重新召集，再印签到册")
    seats = list(floor.seats.values())
    if floor.by_household:
        seats.sort(key=lambda seat: _by_number(seat.household))
    return {
        "title": f"{source.body}签到册",
        "number": source.meeting.number,
        "when": f"{words.long_date(floor.held_on)}（{words.weekday(floor.held_on)}）{words.hour(floor.starts_at)}",
        "place": floor.place,
        "due": _due(source),
        "by_household": floor.by_household,
        "rows": [{"name": seat.name, "household": seat.household} for seat in seats],
        "proxy": bool(source.rule.proxy),
        "remote": bool(source.rule.remote),
        "notes": _notes(source),
    }


def _by_number(household: str) -> tuple[tuple[int, str], ...]:
    """9 before 10, A9 before A10."""
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in _PARTS.findall(household))


def _due(source: Source) -> str:
    homes = len({seat.household for seat in source.floor.seats.values()})
    by_household = f"，按户召开，共{homes}户，每户一人" if source.floor.by_household else ""
    return f"应到{len(source.floor.seats)}人{by_household}"


def _notes(source: Source) -> list[str]:
    rule = source.rule
    proxy = f"委托的，写上受委托人的姓名，由受委托人签名，附书面委托。可以受委托的是：{rule.proxy}。"
    return [
        "本人到会的，在“本人”一格打√，再签名。",
        proxy if rule.proxy else "“委托”一格印着“／”的：议事规则没有规定可以委托，请本人到会。",
        *([f"用{rule.remote}参加的，在签名一格写“远程”，由记录的人写上时间。"] if rule.remote else []),
        "列席的人不签在这里，不计入到会。",
    ]
