"""会议记录: who was there and how, what was put and counted, the minutes as written, and who approved them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mingbai.desk.printing import words
from mingbai.desk.printing.resolution import COLUMNS, FIGURES
from mingbai.desk.printing.sources import Content, Source, head, para
from mingbai.kernel import Refused
from mingbai.meetings import queries
from mingbai.meetings.events import Resolution
from mingbai.meetings.rules.entries import Way
from mingbai.meetings.rules.floor import Item, Stage
from mingbai.meetings.services.freezing import METHODS


def content(source: Source) -> Content:
    """The minutes with a line for each who has to sign.

    Raises:
        Refused: nobody was written down as here yet.
    """
    if not source.floor.came:
        raise Refused("还没有登记谁到会，没有会议记录可以印", remedy="先登记到会的人")
    body = source.body
    return {
        "title": [f"{body}记录" if body.endswith("会议") else f"{body}会议记录"],
        "number": f"会议编号：{source.meeting.number}",
        "to": "",
        "blocks": list(_blocks(source)),
        "sign": [],
    }


def _blocks(source: Source) -> Iterator[Content]:
    yield {"kind": "facts", "rows": list(_facts(source))}
    yield head("一、到会的人")
    yield from _present(source)
    yield head("二、议题和表决")
    decided = {one.item: one for one in queries.resolutions_at(source.meeting.number)}
    for item in source.floor.items:
        yield from _item(source, item, decided)
    yield head("三、记录")
    lines = [line.strip() for line in source.floor.minutes.splitlines() if line.strip()]
    yield from map(para, lines or ["（还没有写记录。）"])
    yield head("四、核对和签名")
    yield from _approvals(source)


def _facts(source: Source) -> Iterator[list[str]]:
    floor, ways = source.floor, source.floor.ways()
    day = floor.held_on
    yield ["时间", f"{words.long_date(day)}（{words.weekday(day)}）{words.hour(floor.starts_at)}"]
    yield ["地点", floor.place]
    yield ["召集", words.of_village(source.village, source.rule.convened_by)]
    if floor.notified_on:
        yield ["通知", words.long_date(floor.notified_on)]
    if floor.urgent_reason:
        yield ["临时通知", floor.urgent_reason]
    for was, reason in floor.moved:
        yield ["改期", f"原定{words.long_date(was)}；{reason}"]
    yield ["应到", f"{len(floor.seats)}人" + ("（按户召开）" if floor.by_household else "")]
    shown = "，".join(f"{_WAYS[way]}{count}人" for way, count in ways.items())
    yield ["实到", f"{len(floor.came)}人（{shown}）"]


_WAYS = {Way.in_person: "本人", Way.proxy: "委托", Way.remote: "远程"}


def _present(source: Source) -> Iterator[Content]:
    floor = source.floor
    for way, label in _WAYS.items():
        names = [_named(source, person) for person in floor.seats if _way(source, person) is way]
        if names:
            yield para(f"{label}（{len(names)}人）：{'、'.join(names)}。")
    away = [seat.name for person, seat in floor.seats.items() if person not in floor.came]
    if away:
        yield para(f"没有到会（{len(away)}人）：{'、'.join(away)}。")


def _way(source: Source, person: str) -> Way | None:
    came = source.floor.came.get(person)
    return came.way if came else None


def _named(source: Source, person: str) -> str:
    seat, proxy = source.floor.seats[person], source.floor.came[person].proxy
    return f"{seat.name}（委托{source.floor.seats[proxy].name}）" if proxy else seat.name


def _item(source: Source, item: Item, decided: Mapping[int, Resolution]) -> Iterator[Content]:
    yield para(f"（{words.numeral(item.number)}）{item.motion}")
    for text, reason in item.revisions:
        yield para(f"会上改过：原来是“{text}”；改的原因：{words.stop(reason)}")
    aside = [
        f"{source.floor.seats[who].name}（{why}）"
        for who, why in item.recused.items()
        if who in source.floor.seats
    ]
    if aside:
        yield para(f"回避（{len(aside)}人）：{'、'.join(aside)}。")
    if item.counts:
        rows = [
            [METHODS[one], *(str(getattr(count, name)) for name in FIGURES)]
            for one, count in item.counts.items()
        ]
        yield {"kind": "counts", "columns": ["方式", *COLUMNS], "rows": rows}
    resolution = decided.get(item.number)
    yield para(resolution.sentence if resolution else _open(item))
    if resolution:
        yield para(f"编号：{resolution.number}")


def _open(item: Item) -> str:
    """What is said of an item that nothing was decided on."""
    if item.stage is Stage.dropped:
        return f"没有议：{words.stop(item.dropped)}"
    return "正在表决。" if item.stage is Stage.voting else "还没有表决。"


def _approvals(source: Source) -> Iterator[Content]:
    floor = source.floor
    here = [person for person, came in floor.came.items() if came.way is not Way.proxy]
    agreed = [person for person in here if person in floor.approved]
    yield para(f"由到会的{len(here)}人核对：已经核对{len(agreed)}人，不同意{len(floor.declined)}人。")
    for person, reason in floor.declined.items():
        yield para(f"{floor.seats[person].name}不同意：{words.stop(reason)}")
    if floor.papers:
        labels = "、".join(label for _paper, label in floor.papers)
        yield para(f"附照片和签名页{len(floor.papers)}份：{labels}。")
    yield {
        "kind": "signatures",
        "officers": ["主持人", "记录人"],
        "rows": [_signer(source, one) for one in here],
    }


def _signer(source: Source, person: str) -> list[str]:
    floor = source.floor
    state = "已核对" if person in floor.approved else "不同意" if person in floor.declined else ""
    return [floor.seats[person].name, state]
