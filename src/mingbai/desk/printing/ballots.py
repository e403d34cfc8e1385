"""表决票: one motion a paper, several papers a page with lines to cut along; nothing tells one paper from another."""

from __future__ import annotations

from mingbai.desk.printing import words
from mingbai.desk.printing.sources import Content, Source
from mingbai.kernel import Refused
from mingbai.meetings.rules.entries import Method
from mingbai.meetings.rules.floor import Item, Stage, Standing

MOST = 3000
_ROOM = ((45, 8), (110, 6), (220, 4), (500, 2))
"""Up to how many characters of a motion so many papers of legible type find room on a page."""


def content(
    source: Source, item: int | None = None, copies: int | None = None, named: bool = False
) -> Content:
    """The papers of one item, or of every item that can still be voted on; a paper for each who may vote.

    A body that must vote in secret gets no line for a name; another gets one when `named`, or when its vote was
    opened with signed papers.

    Raises:
        Refused: nothing is left to vote on, a secret vote with names, or more papers than are printed at once.
    """
    chosen = _chosen(source, item)
    if named and source.rule.secret:
        raise Refused(f"{source.rule.title}要无记名投票", source.rule.citation, "印无记名的表决票")
    if copies is not None and not 1 <= copies <= MOST:
        raise Refused(f"一次印1到{MOST}张", remedy="分几次印")
    sets = [_papers(source, one, copies, named) for one in chosen]
    if sum(one["copies"] for one in sets) > MOST:
        raise Refused(f"一次最多印{MOST}张", remedy="一项一项地印")
    return {"title": f"{source.body}表决票", "sets": sets}


def _chosen(source: Source, item: int | None) -> list[Item]:
    floor = source.floor
    if floor.standing is Standing.cancelled:
        raise Refused(f"这次会议已经取消：{floor.cancelled}", remedy="要开的，重新召集，再印表决票")
    if item is not None and floor.item(item) is None:
        raise Refused(f"议程里没有第{item}项", remedy="核对议程")
    wanted = [one for one in floor.items if item is None or one.number == item]
    opened = [one for one in wanted if one.stage in (Stage.waiting, Stage.voting)]
    if not opened:
        raise Refused("没有还要表决的事项，不再印表决票", remedy="表决过的，印会议记录和决议")
    return opened


def _papers(source: Source, item: Item, copies: int | None, named: bool) -> Content:
    signed = named or (Method.paper in item.methods and Method.secret not in item.methods)
    return {
        "heading": "表决票" if signed else "无记名表决票",
        "body": source.body,
        "day": words.long_date(source.floor.held_on),
        "item": f"第{words.numeral(item.number)}项",
        "motion": item.motion,
        "signed": signed,
        "copies": _needed(source, item) if copies is None else copies,
        "a_page": next((papers for room, papers in _ROOM if len(item.motion) <= room), 1),
    }


def _needed(source: Source, item: Item) -> int:
    """One for each who may vote: each member not recused, or each household with such a member."""
    may = [seat for person, seat in source.floor.seats.items() if person not in item.recused]
    return max(1, len({seat.household for seat in may}) if source.floor.by_household else len(may))
