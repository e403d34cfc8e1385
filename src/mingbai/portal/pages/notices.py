"""A notice on its case's page: what it is, how long at least and by which article, how it is proved to hang."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from mingbai.disclosure.queries import CaseSummary, Publication
from mingbai.portal.figures import Period, period
from mingbai.portal.templatetags.notation import long_day

_POSTINGS = ("case.notice_started", "case.notice_reposted")


@dataclass(frozen=True)
class Hanging:
    """A notice that hangs, or should: its word (公示 or 公布), its boxes, and what is said of it.

    `down` is the sentence when it was found not to hang; `proof_href` the publication that proves a web posting.
    """

    word: str
    period: Period
    least: str
    asks: str
    proof: str
    proof_href: str
    lines: tuple[str, ...]
    down: str


def hanging(case: CaseSummary, published: Sequence[Publication], today: date) -> Hanging | None:
    """The notice of a case that hangs today, or was torn down and not hung again; None when there is none."""
    newest = next((one for one in reversed(published) if one.kind.startswith("case.")), None)
    told = newest.data.get("notice") if newest else None
    if case.notice is None or case.ended or not told:
        return None
    down = _day(told.get("down_since"))
    if down is None and not case.notice.since <= today <= case.notice.until:
        return None
    posting = next((one for one in reversed(published) if one.kind in _POSTINGS), None)
    idle = _idle(told) | (_between(down, today) if down else frozenset())
    word = word_of(told)
    return Hanging(
        word=word,
        period=period(case.notice.since, case.notice.until, today, idle),
        least=_least(told, posting.citation_text if posting else ""),
        asks=_("决定以前，征求大家的意见") if told.get("kind") != "after" else _("决定以后，告诉大家结果"),
        proof=_proof(told),
        proof_href=f"/p/{told['reference']}/" if told.get("proof") == "web" else "",
        lines=tuple(line for line in (_again(told), _late(told), _missed(idle, down)) if line),
        down=_("%(day)s发现没有贴着，天数停着；重新贴上以后补足。") % {"day": long_day(down)} if down else "",
    )


def word_of(notice: Mapping[str, Any]) -> str:
    """公示 before a decision, 公布 after it."""
    return _("公布") if notice.get("kind") == "after" else _("公示")


def idle_of(notice: Mapping[str, Any]) -> frozenset[date]:
    """The days of a published notice that do not count."""
    return _idle(notice)


def _idle(notice: Mapping[str, Any]) -> frozenset[date]:
    found: frozenset[date] = frozenset()
    for start, end in notice.get("idle") or ():
        found |= _between(date.fromisoformat(start), date.fromisoformat(end))
    return found


def _between(start: date, end: date) -> frozenset[date]:
    return frozenset(start + timedelta(days=n) for n in range((end - start).days + 1))


def _day(text: Any) -> date | None:
    return date.fromisoformat(str(text)) if text else None


def _least(notice: Mapping[str, Any], article: str) -> str:
    count = int(notice.get("days") or 0)
    if not count:
        return ""
    days = _("%(n)s 个工作日") if notice.get("unit") == "working_day" else _("%(n)s 天")
    said = days % {"n": count}
    return _("最少贴 %(days)s（%(article)s）") % {"days": said, "article": article} if article else said


def _proof(notice: Mapping[str, Any]) -> str:
    match notice.get("proof"):
        case "board":
            return _("有公开栏的照片，照片上这张纸的编号是 %(code)s") % {"code": notice.get("reference")}
        case "web":
            return _("网上公布的那一条")
        case _:
            return _("有公开栏的照片")


def _again(notice: Mapping[str, Any]) -> str:
    if not notice.get("reason"):
        return ""
    text = _("重新公示（第 %(n)s 次张贴），从 %(day)s起算。原因：%(why)s")
    return text % {
        "n": notice.get("posting"), "day": long_day(date.fromisoformat(notice["from"])), "why": notice["reason"],
    }  # fmt: skip


def _late(notice: Mapping[str, Any]) -> str:
    posted, begins = _day(notice.get("posted_on")), date.fromisoformat(notice["from"])
    if posted is None or posted >= begins:
        return ""
    text = _("登记的张贴日期是 %(posted)s，%(begins)s才交张贴的证明，从交证明的那天起算。")
    return text % {"posted": long_day(posted), "begins": long_day(begins)}


def _missed(idle: frozenset[date], down: date | None) -> str:
    return _("有 %(n)s 天不算在内，往后补足。") % {"n": len(idle)} if idle and not down else ""
