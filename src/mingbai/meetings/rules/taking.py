"""Taking one entry into a meeting: what may happen when, and by what article it may not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from mingbai.kernel import Refused
from mingbai.meetings.rules import attending, entries
from mingbai.meetings.rules.entries import SECRET, Method, Way
from mingbai.meetings.rules.floor import Floor, Item, Stage, Standing
from mingbai.meetings.rules.voting import check_notice


def fold(floor: Floor, taken: Iterable[Any]) -> Floor:
    """The meeting after all these entries, which were each taken once already."""
    for entry in taken:
        _apply(floor, entry)
    return floor


def take(floor: Floor, entry: Any, today: date) -> None:
    """Take in one more entry on the day `today`.

    Raises:
        Refused: it may not happen now, or not at all in this body.
    """
    _refuse_over(floor, entry)
    if not isinstance(entry, entries.Moved | entries.Cancelled | entries.Shown) and today < floor.held_on:
        raise Refused(
            f"会议定在{floor.held_on}，还没有到日子",
            floor.rule.citation,
            "到那一天再登记；改日子的，先登记改期",
        )
    _CHECKS[type(entry)](floor, entry)
    _apply(floor, entry)


def take_tally(floor: Floor, entry: entries.Counted) -> None:
    """Take in what the electronic box holds; only the system may say it.

    Raises:
        Refused: more votes than voters.
    """
    _check_sum(floor, entry)
    _apply(floor, entry)


def _refuse_over(floor: Floor, entry: Any) -> None:
    if floor.standing is Standing.cancelled:
        raise Refused(f"这次会议已经取消：{floor.cancelled}", remedy="要开的，重新召集")
    after = (entries.Minuted, entries.Approved, entries.Declined, entries.Shown)
    if floor.standing is Standing.ended and not isinstance(entry, after):
        raise Refused("这次会议已经结束，不能再登记", remedy="记录有错的，改会议记录，请到会的人重新核对")


def _item(floor: Floor, number: int) -> Item:
    item = floor.item(number)
    if item is None:
        raise Refused(
            f"议程里没有第{number}项", floor.rule.citation, "没有通知过的事不能临时表决；要议的，另行召集"
        )
    return item


def _before_vote(floor: Floor, number: int) -> Item:
    item = _item(floor, number)
    if item.stage is Stage.waiting:
        return item
    words = {Stage.voting: "正在表决", Stage.decided: "已经表决完", Stage.dropped: "已经不议了"}
    raise Refused(f"第{number}项{words[item.stage]}，不能再改", floor.rule.citation, "要改的，下次会议重新议")


def _stood_aside(floor: Floor, entry: entries.StoodAside) -> None:
    attending.strangers(floor, [entry.person])
    _before_vote(floor, entry.item)


def _amended(floor: Floor, entry: entries.Amended) -> None:
    item = _before_vote(floor, entry.item)
    if entry.text == item.motion:
        raise Refused(f"第{entry.item}项的文字没有变", remedy="写上改过的文字")


def _opened(floor: Floor, entry: entries.Opened) -> None:
    item = _before_vote(floor, entry.item)
    attending.refuse_during_vote(floor)
    if len(set(entry.methods)) != len(entry.methods):
        raise Refused("同一种表决方式选了两次", remedy="每种只选一次")
    if floor.rule.secret and not set(entry.methods) <= SECRET | {Method.written}:
        raise Refused(f"{floor.rule.title}要无记名投票", floor.rule.citation, "选无记名票或者电子票")
    if Method.electronic in entry.methods and not floor.rule.remote:
        raise attending.no_way(floor, "没有规定可以远程表决，不能用电子票")
    if Method.written in entry.methods and not floor.rule.written_opinions:
        raise attending.no_way(floor, "不计会前书面意见")
    if not floor.voters(item):
        raise Refused("还没有登记谁到会，不能开始表决", floor.rule.citation, "先登记到会的人")


def _voting(floor: Floor, number: int) -> Item:
    item = _item(floor, number)
    if item.stage is Stage.voting:
        return item
    words = {Stage.waiting: "还没有开始表决", Stage.decided: "已经表决完", Stage.dropped: "已经不议了"}
    raise Refused(f"第{number}项{words[item.stage]}，不能计票", floor.rule.citation, "先宣布开始表决，再计票")


def _counted(floor: Floor, entry: entries.Counted) -> None:
    item = _voting(floor, entry.item)
    if entry.method not in item.methods:
        raise Refused("这一项没有用这种表决方式", floor.rule.citation, "照宣布的表决方式计票")
    if entry.method is Method.electronic:
        raise Refused("电子票由系统计，不能手工填", floor.rule.citation, "关闭表决时自动计入")
    if entry.method is Method.written:
        away = set(floor.seats) - set(floor.came) - set(item.recused)
        _refuse_too_many(len(away), entry.total, "没有到会、不用回避的")
        return
    _check_sum(floor, entry)


def _check_sum(floor: Floor, entry: entries.Counted) -> None:
    item = _voting(floor, entry.item)
    apart = (entry.method, Method.written)
    others = sum(one.total for method, one in item.counts.items() if method not in apart)
    _refuse_too_many(len(item.voters), others + entry.total, "参加表决的")


def _refuse_too_many(most: int, votes: int, whose: str) -> None:
    if votes > most:
        raise Refused(f"票数{votes}多于{whose}{most}人", remedy="重新清点，一人一票")


def _closed(floor: Floor, entry: entries.Closed) -> None:
    item = _voting(floor, entry.item)
    uncounted = [one for one in item.methods if one not in item.counts and one is not Method.electronic]
    if uncounted and item.counts:
        raise Refused(f"还有一种表决没有计票：{_METHODS[uncounted[0]]}", remedy="没有人投的，也要填 0")
    floor.decision(item)


_METHODS = {
    Method.hands: "举手", Method.paper: "记名票", Method.secret: "无记名票", Method.electronic: "电子票",
    Method.written: "会前书面意见",
}  # fmt: skip


def _dropped(floor: Floor, entry: entries.Dropped) -> None:
    _before_vote(floor, entry.item)


def _moved(floor: Floor, entry: entries.Moved) -> None:
    if floor.standing is not Standing.called or floor.came:
        raise Refused("会议已经开始，不能改期", remedy="开不下去的，把没议的事项登记为不议，另行召集")
    check_notice(
        floor.rule,
        notified_on=entry.notified_on,
        held_on=entry.held_on,
        urgent_reason=floor.urgent_reason,
    )


def _cancelled(floor: Floor, entry: entries.Cancelled) -> None:
    if any(one.stage in (Stage.voting, Stage.decided) for one in floor.items):
        raise Refused("已经开始表决的会议不能取消", remedy="把没议的事项登记为不议，再结束会议")


def _minuted(floor: Floor, entry: entries.Minuted) -> None:
    if not floor.came:
        raise Refused("还没有登记谁到会，写不了会议记录", remedy="先登记到会的人")


def _approved(floor: Floor, entry: entries.Approved) -> None:
    _checkers(floor, entry.people)


def _declined(floor: Floor, entry: entries.Declined) -> None:
    _checkers(floor, [entry.person])


def _checkers(floor: Floor, people: Iterable[str]) -> None:
    if not floor.minutes:
        raise Refused("还没有会议记录可以核对", remedy="先写会议记录")
    present = {person for person, one in floor.came.items() if one.way is not Way.proxy}
    absent = [person for person in people if person not in present]
    if absent:
        raise Refused("会议记录由到会的人核对，这里有人没有到会", remedy="只选到会的人")


def _ended(floor: Floor, entry: entries.Ended) -> None:
    waiting = [one for one in floor.items if one.stage in (Stage.waiting, Stage.voting)]
    if waiting:
        raise Refused(f"第{waiting[0].number}项还没有结果", remedy="表决完，或者登记这一项为什么不议")


def _shown(floor: Floor, entry: entries.Shown) -> None:
    if any(paper == entry.paper for paper, _label in floor.papers):
        raise Refused("这张照片已经登记过", remedy="不必再传")


_CHECKS: dict[type, Any] = {
    entries.Came: attending.came, entries.Left: attending.left, entries.StoodAside: _stood_aside, entries.Amended: _amended,
    entries.Opened: _opened, entries.Counted: _counted, entries.Closed: _closed, entries.Dropped: _dropped,
    entries.Moved: _moved, entries.Cancelled: _cancelled, entries.Minuted: _minuted,
    entries.Approved: _approved, entries.Declined: _declined, entries.Shown: _shown, entries.Ended: _ended,
}  # fmt: skip


def _apply(floor: Floor, entry: Any) -> None:
    match entry:
        case entries.Came():
            floor.standing = Standing.sitting
            floor.came.update(dict.fromkeys(entry.people, entry))
        case entries.Left():
            for person in entry.people:
                floor.came.pop(person, None)
        case entries.Moved():
            floor.moved.append((floor.held_on, entry.reason))
            floor.held_on, floor.starts_at, floor.place = entry.held_on, entry.starts_at, entry.place
            floor.notified_on = entry.notified_on
        case entries.Cancelled():
            floor.standing, floor.cancelled = Standing.cancelled, entry.reason
        case entries.Ended():
            floor.standing = Standing.ended
        case entries.Minuted():
            floor.minutes = entry.text
            floor.approved, floor.declined = set(), {}
        case entries.Approved():
            floor.approved |= set(entry.people)
            for person in entry.people:
                floor.declined.pop(person, None)
        case entries.Declined():
            floor.declined[entry.person] = entry.reason
            floor.approved.discard(entry.person)
        case entries.Shown():
            floor.papers.append((entry.paper, entry.label))
        case _:
            _apply_to_item(floor, entry)


def _apply_to_item(floor: Floor, entry: Any) -> None:
    item = _item(floor, entry.item)
    match entry:
        case entries.StoodAside():
            item.recused[entry.person] = entry.reason
        case entries.Amended():
            item.revisions.append((item.motion, entry.reason))
            item.motion = entry.text
        case entries.Opened():
            item.stage, item.methods = Stage.voting, entry.methods
            item.voters = floor.voters(item)
        case entries.Counted():
            item.counts[entry.method] = entry
        case entries.Closed():
            item.stage = Stage.decided
        case entries.Dropped():
            item.stage, item.dropped = Stage.dropped, entry.reason
