"""A meeting as a villager reads it: what it is about, who may decide, what was decided, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import CaseSummary, MeetingSummary, Publication
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView
from mingbai.portal.figures import Bar, ballot_bar
from mingbai.portal.pages import reading
from mingbai.portal.pages.telling import late_sentence
from mingbai.portal.pages.villages import Vote, vote
from mingbai.portal.templatetags.notation import long_day

CALLED, MOVED, CANCELLED, ENDED = "meeting.called", "meeting.moved", "meeting.cancelled", "meeting.ended"


@dataclass(frozen=True)
class Item:
    """One item of the agenda: the vote on it with its drawing, and the matter it belongs to, as it stands now."""

    number: int
    motion: str
    agenda: str
    vote: Vote | None
    bar: Bar | None
    methods: tuple[tuple[str, str], ...]
    case: CaseSummary | None
    doubtful: bool


@dataclass(frozen=True)
class Word:
    """A thing that was published about the meeting, with its permalink and whether it came late."""

    on: date
    title: str
    said: str
    late: str
    publication: str


@dataclass(frozen=True)
class MeetingPage:
    """Everything a meeting's page shows."""

    meeting: MeetingSummary
    village: DivisionView
    town: DivisionView
    standing: str
    basis: str
    urgent: str
    facts: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]
    words: tuple[Word, ...]


def meeting_page(number: str, today: date) -> MeetingPage | None:
    """A meeting by its number, from what was published of it; None when nothing was. Six queries."""
    meeting = disclosure.meeting(number)
    if meeting is None:
        return None
    published = disclosure.of_meeting(number)
    called = published[0]
    village, town = organisations.with_parent(meeting.village)
    return MeetingPage(
        meeting=meeting,
        village=village,
        town=town,
        standing=_standing(meeting, published, today),
        basis=called.citation_text,
        urgent=str(called.data.get("urgent_reason") or ""),
        facts=_facts(meeting, published),
        items=tuple(_item(one, published) for one in called.data.get("items") or ()),
        words=tuple(_word(one) for one in published),
    )


def _standing(meeting: MeetingSummary, published: Sequence[Publication], today: date) -> str:
    decided = sum(1 for one in published if one.kind == reading.MET)
    if meeting.state == "cancelled":
        reason = next((reading.shown(one, "原因") for one in published if one.kind == CANCELLED), "")
        return _("取消了：%(reason)s") % {"reason": reason}
    if meeting.state == "ended":
        return _("开完了，表决了 %(n)s 项。") % {"n": decided}
    if decided:
        return _("正在开，已经表决 %(n)s 项。") % {"n": decided}
    days = (meeting.held_on - today).days
    if days > 0:
        return _("还有 %(n)s 天开。") % {"n": days}
    return _("今天开。") if days == 0 else _("过了开会的日子，还没有登记结果。")


def _facts(meeting: MeetingSummary, published: Sequence[Publication]) -> tuple[tuple[str, str], ...]:
    facts = [(_("时间"), f"{long_day(meeting.held_on)} {meeting.starts_at}"), (_("地点"), meeting.place)]
    called, ended = published[0], next((one for one in published if one.kind == ENDED), None)
    told = reading.shown(called, "通知日期")
    facts.append((_("哪天通知的"), long_day(date.fromisoformat(told)) if told else ""))
    if called.data.get("by_household"):
        facts.append((_("怎样参加"), _("每户派一人")))
    if ended is not None:
        counts = [(label, reading.shown(ended, label)) for label in ("到会", "委托到会", "远程参加")]
        facts += [(label, _("%(n)s 人") % {"n": count}) for label, count in counts if count not in ("", "0")]
    return tuple(facts)


def _item(line: dict[str, Any], published: Sequence[Publication]) -> Item:
    number = int(line["n"])
    met = next((p for p in published if p.kind == reading.MET and p.data.get("item") == number), None)
    case = disclosure.case(str(line.get("case") or "")) if line.get("case") else None
    agenda = str(line.get("text") or _("（已遮盖）"))
    return Item(
        number=number,
        motion=reading.shown(met, "表决事项") if met else agenda,
        agenda=agenda,
        vote=vote(met) if met else None,
        bar=ballot_bar(met.data) if met else None,
        methods=_methods(met),
        case=case,
        doubtful=bool(met and met.data.get("to_be_confirmed")),
    )


def _methods(met: Publication | None) -> tuple[tuple[str, str], ...]:
    """How each way of voting came out, when there was more than one."""
    methods = dict(met.data.get("methods") or {}) if met else {}
    if len(methods) < 2:
        return ()
    words = {
        "agree": _("同意"),
        "against": _("反对"),
        "abstain": _("弃权"),
        "spoilt": _("废票"),
        "not_cast": _("没有投"),
    }
    return tuple(
        (name, "，".join(f"{words[key]} {count}" for key, count in counts.items() if count))
        for name, counts in methods.items()
    )


def _word(one: Publication) -> Word:
    said = reading.shown(one, "原因") or reading.shown(one, "表决事项")
    return Word(one.occurred_on, one.kind_title, said, late_sentence(one), one.id)
