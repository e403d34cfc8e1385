"""Taking in an objection: from the web, by telephone or on paper; and entering it in the journal."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mingbai.cases.rules import days
from mingbai.cases.rules.values import read_text
from mingbai.cases.services import note_objection
from mingbai.complaints import events, rules
from mingbai.complaints.events import Lodged
from mingbai.complaints.models import Objection, Queued
from mingbai.complaints.queries.targets import Target, due_of, require_target
from mingbai.complaints.rules import Line
from mingbai.complaints.services import attaching, recording
from mingbai.complaints.services.tickets import receipt_of
from mingbai.evidence.masking import WORDED
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold, take_number
from mingbai.journal.services import record
from mingbai.kernel import Citation, FieldKind, Refused
from mingbai.organisations.rules import Actor, may_see

BASIS = Citation("vcol", "第36条")
INTAKE = "objection-intake"
"""The series that is held while one is taken in, so that the same form sent twice at once is taken once."""


def lodge_objection(
    *,
    text: str,
    remedy: str,
    occurred_on: date,
    at: datetime,
    case: str = "",
    step: str = "",
    line: Line | None = None,
    asked: str = "other",
    open_words: bool = False,
    contact: str | None = None,
    files: Sequence[bytes] = (),
    channel: str = "web",
    by: Actor | None = None,
    ticket: str = "",
) -> Lodged:
    """Take in an objection to a step of a case or to a published line, from anyone, and give a receipt.

    The sender is not recorded; `contact` stays in the table and never enters the journal. `by` is who writes it
    down for somebody who telephones or brings a sheet (`channel` phone or paper): that person is recorded. The
    words are published only when the sender asks for it (`open_words`). A form with the same `ticket` sent again
    gets the same receipt and nothing twice.

    Raises:
        Refused: no such case, step or line, nothing said, a personal number in what is said, a file that may not
            be taken (then nothing is kept), no sheet with one on paper, or written down by somebody from elsewhere.
    """
    days.refuse_future(occurred_on, days.legal_day(at))
    target = require_target(case=case, step=step, line=line)
    _require_hand(target, channel, by, files, days.legal_day(at))
    values = said(text, remedy, asked, open_words, contact)
    found = attaching.examined(files)
    receipt = receipt_of(ticket) if ticket else rules.receipt_code(secrets.token_bytes(13))
    with transaction.atomic():
        hold(INTAKE)
        if known := taken_before(receipt):
            return known
        at = recording.in_order(at)
        actor = by.person if by else ""
        papers = attaching.keep(found, village=target.village, actor=actor, at=at)
        values |= {"receipt_digest": rules.receipt_digest(receipt), "channel": channel, "papers": papers}
        values |= placed(target, occurred_on)
        row = enter(target, values, by, at)
    return Lodged(row.number, receipt, row.due)


def taken_before(receipt: str) -> Lodged | None:
    """What was taken in under this receipt already; nothing when it is new."""
    digest = rules.receipt_digest(receipt)
    row = Objection.objects.filter(receipt_digest=digest).first()
    if row is not None:
        return Lodged(row.number, receipt, row.due)
    queued = Queued.objects.select_related("together").filter(receipt_digest=digest).first()
    return as_queued(queued, receipt) if queued else None


def as_queued(row: Queued, receipt: str) -> Lodged:
    """What is told of an objection that waits, or that was joined to the same words."""
    first = row.together
    if first is not None:
        return Lodged(first.number, receipt, first.due, joined=True)
    return Lodged("", receipt, row.due, waits=True)


def said(text: str, remedy: str, asked: str, open_words: bool, contact: str | None) -> dict[str, Any]:
    """What was said, read and checked, as the table keeps it.

    Raises:
        Refused: nothing said, too long, or a personal number in it.
    """
    words = read_text("异议内容", text, let=WORDED)
    if not words:
        raise Refused("还没有写明异议", remedy="写清楚哪里不对")
    wish = read_text("希望怎样处理", remedy, longest=500, let=WORDED)
    return {
        "text": words,
        "remedy": wish,
        "asked": rules.require_remedy(asked),
        "open_words": open_words,
        "contact": (contact or "").strip()[:120],
        "words_digest": rules.same_words(words, wish),
    }


def placed(target: Target, on: date) -> dict[str, Any]:
    """Where an objection belongs and when its answer is due, as the table keeps it."""
    line = target.line
    return {
        "village": target.village,
        "case": target.case.number if target.case else "",
        "step": target.node.id if target.node else "",
        "step_title": target.what[:160],
        "offices": list(target.offices),
        "visit": target.visit,
        "line": line.id if line else "",
        "entry": line.entry if line else 0,
        "line_title": line.title[:160] if line else "",
        "lodged_on": on,
        "due": due_of(target, on),
    }


def enter(target: Target, values: dict[str, Any], by: Actor | None, at: datetime) -> Objection:
    """Give an objection its number, let the notice that hangs feel it, and record the act."""
    on = values["lodged_on"]
    serial = take_number(f"objection/{target.village}/{on.year}")
    row = Objection(
        number=rules.objection_number(target.village, on.year, serial),
        recorder=by.person if by else "",
        **values,
    )
    if target.case and target.node:
        row.noted = note_objection(case=target.case.number, step=target.node.id, at=at)
    row.save(force_insert=True)
    _record(target, row, by, at)
    return row


def _require_hand(
    target: Target, channel: str, by: Actor | None, files: Sequence[bytes], today: date
) -> None:
    if (rules.require_channel(channel) == "web") != (by is None):
        raise Refused("打电话、书面提的异议由工作人员登录登记", remedy="请登录办事台，在“代记异议”里登记")
    if by is not None and not may_see(by, target.village, today):
        raise Refused("这是别的村的事，不能在这里登记", remedy="核对编号；请那个村或者镇（街）的工作人员登记")
    if channel == "paper" and not files:
        raise Refused("书面提的异议没有附上那张纸", remedy="把纸拍成照片附上再登记")


def _record(target: Target, row: Objection, by: Actor | None, at: datetime) -> None:
    text = str(FieldKind.text)
    words = [TypedField("text", "异议内容", text, row.text)]
    words += [TypedField("remedy", "希望怎样处理", text, row.remedy)] if row.remedy else []
    data = recording.data_of(target, row, row.lodged_on, at)
    if row.open_words:
        data |= {"words": row.text, "wish": row.remedy}
        words = []
    record(
        act=events.LODGED,
        village=row.village,
        subject=target.subject,
        actor=row.recorder,
        office=recording.office_of(by, row.village, days.legal_day(at)) if by else "villager",
        occurred_on=row.lodged_on,
        at=at,
        fields=[
            TypedField("objection", "异议编号", text, row.number),
            *words,
            TypedField("asked", "要求", str(FieldKind.choice), rules.REMEDIES[row.asked]),
            TypedField("channel", "怎样提出", str(FieldKind.choice), rules.CHANNELS[row.channel]),
            TypedField("papers", "附件份数", str(FieldKind.integer), str(len(row.papers))),
        ],
        data=data,
        citation=BASIS,
    )
