"""Calling for quotes: the call, the two who will open, the suppliers that may quote, and its end without award."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold, take_number
from mingbai.kernel import FieldKind, Refused, plain_code, printed_code, scan_text
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.procurement import events
from mingbai.procurement.models import Abandoned, Call, Invitation, Opener
from mingbai.procurement.queries.suppliers import declared, firm, firms
from mingbai.procurement.rules.quotes import IN_PUBLIC, LATE, OPENERS, refuse_late
from mingbai.procurement.rules.suppliers import RELATED, Firm, related_to
from mingbai.procurement.services.moment import LEGAL_TIME, acting_office, legal_day
from mingbai.procurement.services.sealing import new_code, public_of


@transaction.atomic
def call_quotes(
    *, case: str, step: str, turn: int, village: str, title: str, deadline: datetime, offices: Sequence[str],
    barred: Sequence[str], by: Actor, at: datetime,
) -> str:  # fmt: skip
    """Call for quotes for a step of a case; returns the number. Only `cases` calls this: it knows who may.

    Raises:
        Refused: a deadline that is over, an earlier call of the step that still runs or was opened well.
    """
    office = acting_office(by, village, offices, at)
    if deadline <= at:
        raise Refused("截止时间要在以后", basis=LATE, remedy="给供应商留出做报价的时间")
    hold(f"quotes/{case}"[:60])
    earlier = Call.objects.filter(case=case, step=step).order_by("round")
    if earlier.filter(turn=turn, abandoned__isnull=True).exists():
        raise Refused(
            "这一步已经有一次询价了", basis=LATE, remedy="先拆封；不足三家或者有差错的，结束那一次再重来"
        )
    serial = take_number(f"quotes/{village}/{legal_day(at).year}")
    row = Call.objects.create(
        number=f"XJ-{village}-{legal_day(at).year}-{serial:03d}", village=village, case=case, step=step, turn=turn,
        round=earlier.count() + 1, title=title[:120], deadline=deadline, offices=list(offices), barred=list(barred),
        person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    until = f"{deadline.astimezone(LEGAL_TIME):%Y-%m-%d %H:%M}"
    fields = [TypedField("deadline", "报价截止、拆封时间", FieldKind.text.value, until)]
    record(row, events.CALLED, by.person, office, at, fields, deadline=deadline.isoformat(), round=row.round)
    return row.number


@transaction.atomic
def take_key(*, call: str, by: Actor, at: datetime) -> str:
    """Become one of the two who open; returns the code, which is shown this once and kept nowhere.

    Raises:
        Refused: not an office of the call, barred, kin of an invited supplier's people, the same person or office
            twice, two hold codes already, or the call is over.
    """
    row = locked(call)
    office = _other_office(row, by, at)
    if by.person in row.barred:
        raise Refused("提出这次采购的人不能拆封", basis=IN_PUBLIC, remedy="请另一个人领")
    taken = list(row.openers.values_list("person", "office"))
    if len(taken) >= OPENERS:
        raise Refused("两份拆封码都有人领了", basis=IN_PUBLIC, remedy="丢了的，结束这一次，重新询价")
    if any(by.person == person for person, _ in taken):
        raise Refused("两份拆封码要由两个职务的两个人领", basis=IN_PUBLIC, remedy="请另一个职务的人领")
    refuse_kin(by, [firm(code) for code in row.invitations.values_list("uscc", flat=True)])
    code = new_code()
    Opener.objects.create(call=row, public=public_of(code), person=by.person, office=office, recorded_at=at)
    record(row, events.KEY_TAKEN, by.person, office, at)
    return code


def _other_office(row: Call, by: Actor, at: datetime) -> str:
    taken = set(row.openers.values_list("office", flat=True))
    return acting_office(by, row.village, [one for one in row.offices if one not in taken], at)


@transaction.atomic
def invite(*, call: str, uscc: str, by: Actor, at: datetime) -> str:
    """Let a supplier quote; returns its code, to be handed over. Whoever holds it quotes in the supplier's name.

    Raises:
        Refused: not an office of the call, nobody can open yet, invited already, too late, related to a supplier
            that is invited, or somebody who opens or invites stands behind the supplier or is kin of who does.
    """
    row = locked(call)
    office = acting_office(by, row.village, row.offices, at)
    refuse_late(at, row.deadline)
    if row.openers.count() < OPENERS:
        raise Refused(
            "还没有两个人领拆封码，报价没法封", basis=IN_PUBLIC, remedy="先由两个职务的两个人领拆封码"
        )
    asked = firm(uscc)
    _refuse_related(row, asked)
    opening = organisations.people(list(row.openers.values_list("person", flat=True)))
    for one in (by, *(Actor(person.id, person.name) for person in opening)):
        refuse_kin(one, [asked])
    code = printed_code(secrets.token_bytes(10))
    Invitation.objects.create(
        call=row, uscc=asked.uscc, code=digest_of(code), person=by.person, office=office, recorded_at=at
    )
    record(row, events.INVITED, by.person, office, at, uscc=asked.uscc)
    return code


def _refuse_related(row: Call, asked: Firm) -> None:
    there = firms(list(row.invitations.values_list("uscc", flat=True)))
    if asked.uscc in there:
        raise Refused(f"{asked.name}已经邀请过了", remedy="码丢了的，结束这一次，重新询价")
    found = related_to(asked, there.values(), declared([asked.uscc, *there]))
    if found:
        raise Refused(
            f"{asked.name}与已经邀请的{found[0].name}是关联供应商（{found[1]}），只能算一家", basis=RELATED,
            remedy="另请一家；同名而不是一个人的，由镇（街）核对证件后登记",
        )  # fmt: skip


def refuse_kin(by: Actor, asked: Sequence[Firm]) -> None:
    """Refuse somebody who stands behind a supplier, or is a declared near relative of who does (R12).

    Raises:
        Refused: naming the supplier.
    """
    kin = {one.name for one in organisations.relatives([by.person]).get(by.person, ())}
    for one in asked:
        if one.people & (kin | {by.name}):
            raise Refused(
                f"{by.name}或者其近亲属是{one.name}的法定代表人或者股东，应当回避", basis=RELATED,
                remedy="换一个人办；已经领了拆封码的，结束这一次，重新询价",
            )  # fmt: skip


@transaction.atomic
def abandon_call(*, call: str, reason: str, by: Actor, at: datetime) -> None:
    """End a call without award: too few quotes, lost codes, a mistake. What was sealed stays sealed.

    Raises:
        Refused: not an office of the call, over already, no reason; or enough valid quotes were opened.
    """
    row = locked(call, opened=True)
    office = acting_office(by, row.village, row.offices, at)
    why = " ".join(reason.split())[:200]
    if not why or scan_text(why):
        raise Refused("要写明为什么结束", remedy="写一句话，不写个人号码")
    Abandoned.objects.create(call=row, reason=why, person=by.person, office=office, recorded_at=at)
    fields = [TypedField("reason", "为什么结束", FieldKind.text.value, why)]
    record(row, events.ABANDONED, by.person, office, at, fields)


def locked(number: str, *, opened: bool = False) -> Call:
    """The call, locked until the transaction ends, while it is not over (`opened`: may have been opened).

    Raises:
        Refused: no such call, ended, or opened already.
    """
    row = Call.objects.filter(number=number).first()
    if row is None:
        raise Refused("没有这次询价", remedy="核对编号")
    hold(f"quotes/{row.case}"[:60])
    row = Call.objects.select_related("opening", "abandoned").get(number=number)
    if hasattr(row, "abandoned") or (hasattr(row, "opening") and not opened):
        raise Refused("这次询价已经结束了", basis=LATE, remedy="等下一次询价")
    return row


def digest_of(code: str) -> str:
    """The digest by which a supplier's code is known; the code itself is kept nowhere."""
    return hashlib.sha256(b"mingbai quote code " + plain_code(code).encode()).hexdigest()


def record(
    row: Call,
    act: str,
    actor: str,
    office: str,
    at: datetime,
    fields: Sequence[TypedField] = (),
    **more: object,
) -> None:
    """Append an act on a call to the journal, under its case."""
    journal.record(
        act=act, village=row.village, subject=f"case:{row.case}", actor=actor, office=office,
        occurred_on=legal_day(at), at=at, fields=fields,
        data={"case": row.case, "step": row.step, "call": row.number, **more}, citation=IN_PUBLIC,
    )  # fmt: skip
