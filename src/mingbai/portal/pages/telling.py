"""One act told as one event: the step with its vote, payment or contract, its papers, and whether it came late."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from mingbai.disclosure.queries import Publication, PublicField, PublicObjection, PublicPaper
from mingbai.kernel import Money
from mingbai.portal.figures import Period, period
from mingbai.portal.pages import reading
from mingbai.portal.pages.notices import idle_of
from mingbai.portal.pages.villages import Vote, vote

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENED, DONE, NOTICE, RETURNED = (
    "case.opened",
    "case.step_completed",
    "case.notice_started",
    "case.step_returned",
)
_HUNG = (NOTICE, "case.notice_reposted", "case.notice_rehung")
_RULE_ID = re.compile(r"\AR\d+ ")
_TOLD_WITH = (reading.MET, reading.PAID, reading.SIGNED, "register.contract_performed")
"""What is told with the step that brought it about: a payment on a contract is its performance."""
REPEATED = {"表决结果"}
TOLD_IN_WORDS = {"finding.raised", "objection.lodged"}


@dataclass(frozen=True)
class Payment:
    """A voucher: sum in figures and capitals, to whom, how."""

    publication: Publication
    number: str
    sum: Money
    daxie: str
    party: str
    method: str


@dataclass(frozen=True)
class Paper:
    """A paper of an act: with `href` when its public copy may be seen, else sealed."""

    paper: PublicPaper
    href: str
    image: bool


@dataclass(frozen=True)
class Event:
    """One act on the timeline; `state` is done, now, later or breach."""

    state: str
    sign: str
    on: date | None
    title: str
    who: str
    late: str
    fields: tuple[PublicField, ...]
    papers: tuple[Paper, ...]
    vote: Vote | None
    payment: Payment | None
    period: Period | None
    said: str
    red: bool
    publication: str
    citation: str
    objections: tuple[PublicObjection, ...] = ()


def events_of(act: Sequence[Publication], today: date) -> list[Event]:
    """The publications of one act told as one event: the step, with its vote, voucher or contract."""
    by_kind = {one.kind: one for one in act}
    main = next((by_kind[kind] for kind in (DONE, NOTICE, OPENED, RETURNED) if kind in by_kind), None)
    if main is None:
        return [_event(one, today) for one in act]
    rest = [one for one in act if one is not main and one.kind not in _TOLD_WITH]
    event = _event(
        main,
        today,
        met=by_kind.get(reading.MET),
        paid=by_kind.get(reading.PAID),
        signed=by_kind.get(reading.SIGNED),
    )
    return [event, *(_event(one, today) for one in rest)]


def _event(
    main: Publication,
    today: date,
    *,
    met: Publication | None = None,
    paid: Publication | None = None,
    signed: Publication | None = None,
) -> Event:
    breach = main.kind == "finding.raised"
    met = main if main.kind == reading.MET else met
    paid = main if main.kind == reading.PAID else paid
    return Event(
        state="breach" if breach else "done",
        sign="!" if breach else "✓",
        on=main.occurred_on,
        title=_title(main),
        who=" ".join(part for part in (main.office_title, main.actor) if part),
        late=late_sentence(main),
        fields=() if main.kind in TOLD_IN_WORDS else _fields(main, met, paid, signed),
        papers=papers_of(main),
        vote=vote(met) if met else None,
        payment=payment_of(paid) if paid else None,
        period=_period(main, today),
        said=_said(main),
        red=main.kind.startswith(("finding.", "objection.lodged", "objection.overdue")),
        publication=main.id,
        citation=main.citation_text,
    )


def _title(publication: Publication) -> str:
    step = str(publication.data.get("step_title") or "")
    match publication.kind:
        case "case.opened":
            return _("立项")
        case "case.notice_started":
            return _("%(step)s：贴出来了") % {"step": step}
        case "case.notice_reposted":
            return _("%(step)s：重新公示") % {"step": step}
        case "case.notice_interrupted":
            return _("%(step)s：发现没有贴着") % {"step": step}
        case "case.notice_rehung":
            return _("%(step)s：重新贴上了") % {"step": step}
        case "case.step_returned":
            return _("%(step)s：退回重办") % {"step": step}
        case "finding.raised":
            return _RULE_ID.sub("", reading.shown(publication, "规则")) or publication.kind_title
        case "case.step_completed":
            return step
        case _:
            return publication.kind_title


def _fields(
    main: Publication, met: Publication | None, paid: Publication | None, signed: Publication | None
) -> tuple[PublicField, ...]:
    """The step's own fields, without what its vote, voucher or contract says already."""
    if main is met or main is paid:
        return ()
    hidden = REPEATED if met else set()
    if paid:
        hidden = hidden | {"金额", "方式", "收款方", "付款方式", "付款金额"}
    return tuple(field for field in main.fields if field.label not in hidden)


def _said(publication: Publication) -> str:
    match publication.kind:
        case "finding.raised":
            return reading.shown(publication, "看到的情况")
        case "objection.lodged":
            due = publication.data.get("due")
            answer = (
                _("有人提了异议。最晚 %(due)s 答复。") % {"due": _long(due)} if due else _("有人提了异议。")
            )
            withheld = next((f.masked_rule for f in publication.fields if f.masked_rule), "")
            words = str(publication.data.get("words") or "")
            return f"{answer}{f'“{words}”' if words else withheld}"
        case _:
            return ""


def _long(day: Any) -> str:
    try:
        found = date.fromisoformat(str(day))
    except ValueError:
        return str(day)
    return _("%(y)s年%(m)s月%(d)s日") % {"y": found.year, "m": found.month, "d": found.day}


def late_sentence(publication: Publication) -> str:
    """10 月 3 日的事，10 月 19 日才登记，晚了 16 天; empty when it was entered the same day."""
    if not publication.late_days:
        return ""
    on, at = publication.occurred_on, _legal_day(publication.recorded_at)
    return _("%(m)s月%(d)s日的事，%(rm)s月%(rd)s日才登记，晚了 %(days)s 天") % {
        "m": on.month, "d": on.day, "rm": at.month, "rd": at.day, "days": publication.late_days,
    }  # fmt: skip


def _legal_day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def papers_of(publication: Publication) -> tuple[Paper, ...]:
    """The papers of an act with the address of each public copy."""
    return tuple(
        Paper(
            paper,
            f"/p/{paper.opened_by or publication.id}/papers/{paper.digest}" if paper.digest else "",
            bool(paper.digest) and paper.media_type.startswith("image/"),
        )
        for paper in publication.papers
    )


def payment_of(publication: Publication) -> Payment:
    """A published voucher with its sum in figures and capitals."""
    amount = Money(int(publication.data.get("amount_fen") or 0))
    return Payment(
        publication=publication,
        number=reading.short(str(publication.data.get("number") or "")),
        sum=amount,
        daxie=amount.daxie(),
        party=reading.shown(publication, "收款方") or reading.shown(publication, "付款方"),
        method=reading.shown(publication, "方式"),
    )


def _period(publication: Publication, today: date) -> Period | None:
    notice = publication.data.get("notice")
    if publication.kind not in _HUNG or not notice:
        return None
    since, until = date.fromisoformat(notice["from"]), date.fromisoformat(notice["until"])
    return period(since, until, today, idle_of(notice))
