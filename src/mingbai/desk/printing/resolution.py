"""决议: each motion decided, as it was frozen; one that was not carried is a 表决结果 and no resolution."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingbai.desk.printing import words
from mingbai.desk.printing.sources import Content, Source, head, para
from mingbai.kernel import Refused
from mingbai.meetings import queries
from mingbai.meetings.events import Resolution
from mingbai.meetings.rules.entries import Method
from mingbai.meetings.services.freezing import METHODS

_SENTENCE = re.compile(r"[。；！？\n]")
LONGEST_IN_TITLE = 26
COLUMNS = ("同意", "反对", "弃权", "废票", "没有投")
FIGURES = ("agree", "against", "abstain", "spoilt", "not_cast")


def content(source: Source, item: int | None = None) -> list[Content]:
    """The papers of what the meeting decided, in the order of its agenda.

    Raises:
        Refused: nothing was decided yet, or not this item.
    """
    decided = [one for one in queries.resolutions_at(source.meeting.number) if item in (None, one.item)]
    if not decided:
        raise Refused("这次会议还没有表决出结果，没有决议可以印", remedy="先登记表决结果，再印决议")
    return [_paper(source, one) for one in decided]


def _paper(source: Source, one: Resolution) -> Content:
    return {
        "title": _title(source.body, one),
        "number": f"编号：{one.number}",
        "to": "",
        "blocks": list(_text(source, one)),
        "sign": [source.body, words.long_date(one.held_on)],
    }


def _title(body: str, one: Resolution) -> list[str]:
    kind = "决议" if one.result == "passed" else "表决结果"
    if len(one.motion) > LONGEST_IN_TITLE or _SENTENCE.search(one.motion):
        return [f"{body}{kind}"]
    about = f"{'' if one.motion.startswith('关于') else '关于'}{one.motion}的{kind}"
    return words.title(body, about)


def _text(source: Source, one: Resolution) -> Iterator[Content]:
    place = source.floor.place
    yield para(f"{words.long_date(one.held_on)}，{source.body}在{place}召开，表决了下面的事项：")
    yield para(one.motion)
    yield head("一、到会")
    yield para(_came(one))
    yield head("二、票数")
    yield {"kind": "counts", **_counts(one)}
    yield head("三、结果")
    yield para(one.sentence)
    yield para(f"{_said(one)}依据：{source.cite(source.rule.citation)}。")
    if one.case:
        yield para(f"办理编号：{one.case}。")


def _came(one: Resolution) -> str:
    more = [("委托到会", one.proxies), ("远程参加", one.remote)]
    inside = "，".join(f"{label}{count}人" for label, count in more if count)
    return (
        f"名册上{one.roll}人"
        + (f"，回避{one.recused}人" if one.recused else "")
        + f"；按议事规则应到{one.entitled}人，到会并可以投票{one.present}人"
        + (f"（其中{inside}）" if inside else "")
        + "。"
    )


def _counts(one: Resolution) -> Content:
    rows = [
        [METHODS[Method(method)], *(str(counts[name]) for name in FIGURES)]
        for method, counts in one.methods.items()
    ]
    total = ["合计", *(str(getattr(one, name)) for name in FIGURES)]
    return {"columns": ["方式", *COLUMNS], "rows": [*rows, total] if len(rows) > 1 else rows}


def _said(one: Resolution) -> str:
    """What this comes to."""
    said = {
        "passed": "以上事项获得通过。法律规定要公示、报批或者备案的，照规定办理以后再执行。",
        "not_passed": "以上事项没有通过。",
        "no_quorum": "到会人数不足，以上事项没有形成决定。",
    }
    return said[one.result]
