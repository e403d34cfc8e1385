"""会议通知: when, where, what is on the agenda, how many must come, who may come for whom."""

from __future__ import annotations

from collections.abc import Iterator

from mingbai.desk.printing import words
from mingbai.desk.printing.sources import Content, Source, head, para
from mingbai.meetings.rules import Unit
from mingbai.meetings.rules.floor import Item, Stage, Standing


def content(source: Source) -> Content:
    """The notice; of a meeting that was called off, the notice of that."""
    off = source.floor.standing is Standing.cancelled
    day = source.today if off else source.floor.notified_on or source.today
    return {
        "title": words.title(f"关于{'取消' if off else '召开'}", f"{source.body}的通知"),
        "number": f"会议编号：{source.meeting.number}",
        "to": f"{words.plain(source.rule.eligible)}：",
        "blocks": list(_called_off(source) if off else _called(source)),
        "sign": [words.of_village(source.village, source.rule.convened_by), words.long_date(day)],
    }


def _when(source: Source) -> str:
    day = source.floor.held_on
    return f"{words.long_date(day)}（{words.weekday(day)}）{words.hour(source.floor.starts_at)}"


def _called_off(source: Source) -> Iterator[Content]:
    yield para(f"原定{_when(source)}在{source.floor.place}召开的{source.body}取消，不再召开。")
    yield para(f"原因：{words.stop(source.floor.cancelled)}")


def _called(source: Source) -> Iterator[Content]:
    for day, reason in source.floor.moved:
        yield para(f"原定{words.long_date(day)}召开的会议改期。原因：{words.stop(reason)}")
    yield para(f"定于{_when(source)}，在{source.floor.place}召开{source.body}，请准时到会。")
    if source.floor.urgent_reason:
        yield para(f"这次会议是临时通知的，原因：{words.stop(source.floor.urgent_reason)}")
    yield head("一、议程")
    for item in source.floor.items:
        yield para(f"（{words.numeral(item.number)}）{item.motion}{_beside(item)}")
    yield head("二、到会和通过")
    yield para(_who_comes(source) + _carries(source))
    yield head("三、不能到会的")
    yield para(_away(source))
    yield head("四、依据")
    yield para(f"{source.cite(source.rule.citation)}。")


def _beside(item: Item) -> str:
    """What stands after a motion: that it is dropped, or that the law asks another majority for it."""
    if item.stage is Stage.dropped:
        return f"（不再议：{item.dropped}）"
    asked = item.passing
    return f"（这一项要{words.carries(asked.majority, asked.base)}才算通过）" if asked else ""


def _carries(source: Source) -> str:
    rule = source.rule
    return f"{words.carries(rule.passing, rule.passing_base)}，才算通过。" if rule.passing else ""


def _who_comes(source: Source) -> str:
    if source.floor.by_household:
        homes = len({seat.household for seat in source.floor.seats.values()})
        return f"这次会议按户召开，每户派一人，共{homes}户。" + _quorum(source, homes, Unit.households)
    return f"应到{len(source.floor.seats)}人。" + _quorum(source, len(source.floor.seats), Unit.persons)


def _quorum(source: Source, entitled: int, unit: Unit) -> str:
    ways = [way for way in source.rule.quorum if way.unit is unit]
    measure = "户" if unit is Unit.households else "人"
    if not ways:
        return ""
    needed = ways[0].majority.needed(entitled)
    return f"{words.share(ways[0].majority)}（不少于{needed}{measure}）到会才能表决；有人回避的，按议事规则另算。"


def _away(source: Source) -> str:
    rule = source.rule
    said = [
        f"可以委托：{rule.proxy}。" if rule.proxy else "议事规则没有规定可以委托别人参加，请本人到会。",
        f"可以用{rule.remote}参加。" if rule.remote else "",
        "会前可以交书面意见，计入票数。" if rule.written_opinions else "",
        "表决用无记名投票。" if rule.secret else "",
    ]
    return "".join(said)
