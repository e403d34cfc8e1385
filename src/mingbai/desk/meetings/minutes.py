"""A first text of the minutes from what was written down: when, where, who came, what each item came to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mingbai.desk.printing import words
from mingbai.meetings.events import Resolution
from mingbai.meetings.queries import Meeting
from mingbai.meetings.rules.entries import Way
from mingbai.meetings.rules.floor import Floor, Item, Stage
from mingbai.meetings.services.freezing import METHODS


def draft_minutes(meeting: Meeting, place: str, decided: Mapping[int, Resolution]) -> str:
    """The text to begin from; what was said in the discussion is for people to write."""
    lines = [_opening(meeting, place), _came(meeting.floor)]
    lines += [line for item in meeting.floor.items for line in _item(meeting.floor, item, decided)]
    return "\n".join(lines)


def _opening(meeting: Meeting, place: str) -> str:
    floor = meeting.floor
    when = f"{words.long_date(floor.held_on)}{words.hour(floor.starts_at)}"
    body = words.of_village(place, meeting.body_title)
    told = f"，{words.long_date(floor.notified_on)}通知" if floor.notified_on else ""
    urgent = f"，临时召开的原因：{floor.urgent_reason}" if floor.urgent_reason else ""
    return f"{when}，在{floor.place}召开{body}。由{floor.rule.convened_by}召集{told}{urgent}。"


def _came(floor: Floor) -> str:
    ways = floor.ways()
    more = [("委托", ways[Way.proxy]), ("远程", ways[Way.remote])]
    inside = "，".join(f"{label}{count}人" for label, count in more if count)
    return (
        f"应到{len(floor.seats)}人，实到{len(floor.came)}人" + (f"（其中{inside}）" if inside else "") + "。"
    )


def _item(floor: Floor, item: Item, decided: Mapping[int, Resolution]) -> Iterator[str]:
    yield f"第{item.number}项：{words.stop(item.motion)}"
    for was, reason in item.revisions:
        yield f"会上改过，原来是“{was}”，改的原因：{words.stop(reason)}"
    aside = [floor.seats[who].name for who in item.recused if who in floor.seats]
    if aside:
        yield f"{'、'.join(aside)}回避。"
    if item.stage is Stage.dropped:
        yield f"这一项不议，原因：{words.stop(item.dropped)}"
    resolution = decided.get(item.number)
    if resolution:
        methods = "、".join(METHODS[method] for method in item.methods)
        yield f"{methods}表决。{resolution.sentence}"
