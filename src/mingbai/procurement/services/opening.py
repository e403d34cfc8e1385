"""Opening: two persons of two offices type their codes at or after the deadline; all prices are published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from mingbai.journal.events import TypedField
from mingbai.journal.queries import entries_of
from mingbai.kernel import FieldKind, Money, Refused, scan_text
from mingbai.organisations.rules import Actor
from mingbai.procurement import events
from mingbai.procurement.models import Call, OpenedQuote, Opener, OpenerSigned, Opening, Quote, SetAside
from mingbai.procurement.queries.calls import CallView, Opened
from mingbai.procurement.queries.calls import call as call_view
from mingbai.procurement.queries.suppliers import declared, firms
from mingbai.procurement.rules.quotes import IN_PUBLIC, OPENERS, Said, faults, refuse_early
from mingbai.procurement.rules.suppliers import Firm
from mingbai.procurement.services.calling import locked, record
from mingbai.procurement.services.moment import acting_office
from mingbai.procurement.services.sealing import Inside, commitment_of, public_of, secret_of, unseal

_CHANGED = "和收到时公布的摘要对不上，被改动过"


@transaction.atomic
def sign_opening(*, call: str, code: str, by: Actor, at: datetime) -> CallView:
    """Type one's code; with the second one's everything is opened and published at once.

    Raises:
        Refused: before the deadline, not one of the two, a wrong code, typed already.
    """
    row = locked(call)
    refuse_early(at, row.deadline)
    mine = row.openers.filter(person=by.person).first()
    if mine is None:
        raise Refused("您不是领了拆封码的两个人之一", basis=IN_PUBLIC, remedy="请领了码的两个人来拆封")
    acting_office(by, row.village, [mine.office], at)
    if public_of(code) != mine.public:
        raise Refused(
            "拆封码不对", basis=IN_PUBLIC, remedy="照着纸上的再输入一遍；丢了的，结束这一次，重新询价"
        )
    if OpenerSigned.objects.filter(opener=mine).exists():
        raise Refused("您已经输入过了，等另一个人", basis=IN_PUBLIC, remedy="请另一个人来输入他的码")
    OpenerSigned.objects.create(opener=mine, secret=secret_of(code), recorded_at=at)
    record(row, events.OPENER_SIGNED, by.person, mine.office, at)
    if OpenerSigned.objects.filter(opener__call=row).count() == OPENERS:
        _open(row, mine, by, at)
    return call_view(call)


def _open(row: Call, last: Opener, by: Actor, at: datetime) -> None:
    private = _secrets(row)
    quotes = list(
        Quote.objects.filter(call=row, withdrawal__isnull=True).select_related("invitation").order_by("order")
    )
    known, fixed = firms([one.invitation.uscc for one in quotes]), _committed(row)
    held = {one.order: unseal(one.sealed, row.number, private) for one in quotes}
    said = [_said(one, held[one.order], known, fixed) for one in quotes]
    void = faults(said, declared(list(known)))
    for one in quotes:
        inside, fault = held[one.order], void.get(one.order, "")
        OpenedQuote.objects.create(
            quote=one, fen=inside.fen if inside else None, note=inside.note if inside else "",
            nonce=inside.nonce if inside else "", fault=fault,
        )  # fmt: skip
    valid = len(quotes) - len(void)
    Opening.objects.create(call=row, received=len(quotes), valid=valid, recorded_at=at)
    opened = call_view(row.number).quotes
    data = {
        "received": len(quotes), "valid": valid, "deadline": row.deadline.isoformat(), "round": row.round,
        "quotes": [_public(one) for one in opened],
    }  # fmt: skip
    record(row, events.OPENED, by.person, last.office, at, _fields(opened), **data)


def _secrets(row: Call) -> tuple[str, str]:
    signed = OpenerSigned.objects.filter(opener__call=row).order_by("opener_id")
    first, second = signed.values_list("secret", flat=True)
    return first, second


def _committed(row: Call) -> dict[int, str]:
    """The commitments as the journal has them: a row changed afterwards does not agree with them."""
    return {
        int(entry.data["order"]): str(entry.data["commitment"])
        for entry in entries_of(f"case:{row.case}")
        if entry.act == events.RECEIVED and entry.data and entry.data.get("call") == row.number
    }


def _said(one: Quote, inside: Inside | None, known: Mapping[str, Firm], fixed: Mapping[int, str]) -> Said:
    firm = known[one.invitation.uscc]
    if inside is None:
        return Said(one.order, firm, None, "打不开：被改动过")
    told = inside.call == one.call_id and inside.uscc == firm.uscc
    kept = commitment_of(inside) == one.commitment == fixed.get(one.order)
    return Said(one.order, firm, inside.fen, "" if told and kept else _CHANGED)


def _public(one: Opened) -> dict[str, object]:
    return {
        "order": one.order, "supplier": one.supplier, "uscc": one.uscc, "fen": one.fen, "note": one.note,
        "nonce": one.nonce, "commitment": one.commitment, "fault": one.fault,
    }  # fmt: skip


def _fields(opened: tuple[Opened, ...]) -> list[TypedField]:
    fields = [TypedField("count", "收到几份", FieldKind.integer.value, str(len(opened)))]
    for one in opened:
        fields.append(
            TypedField(f"supplier.{one.order}", f"{one.order}·供应商", FieldKind.firm.value, one.supplier)
        )
        if one.fen is not None:
            price = Money(one.fen).yuan()
            fields.append(TypedField(f"price.{one.order}", f"{one.order}·报价", FieldKind.money.value, price))
        if one.fault:
            fields.append(
                TypedField(f"fault.{one.order}", f"{one.order}·无效", FieldKind.text.value, one.fault)
            )
    return fields


@transaction.atomic
def set_aside(*, call: str, order: int, reason: str, by: Actor, at: datetime) -> CallView:
    """Say that an opened quote does not meet what was asked for; it counts no longer. One of the two openers, in public.

    Raises:
        Refused: not opened, not one of the two, no such valid quote, no reason.
    """
    row = locked(call, opened=True)
    mine = row.openers.filter(person=by.person).first()
    why = " ".join(reason.split())[:200]
    if mine is None or not hasattr(row, "opening"):
        raise Refused("拆封以后由拆封的人说明", basis=IN_PUBLIC, remedy="请拆封的人办")
    if not why or scan_text(why):
        raise Refused("要写明哪里不符合要求", remedy="写一句话，不写个人号码")
    found = next((one for one in call_view(call).valid if one.order == order), None)
    if found is None:
        raise Refused("没有这一份有效报价", remedy="刷新页面再看")
    quote = Quote.objects.get(call=row, order=order)
    SetAside.objects.create(quote=quote, reason=why, person=by.person, office=mine.office, recorded_at=at)
    fields = [
        TypedField("supplier", "供应商", FieldKind.firm.value, found.supplier),
        TypedField("reason", "哪里不符合要求", FieldKind.text.value, why),
    ]
    record(row, events.SET_ASIDE, by.person, mine.office, at, fields, order=order)
    return call_view(call)
