"""A supplier's own acts, by the code it was given: quote, take back. No account, and nobody of the village between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from mingbai.kernel import Money, Refused, scan_text
from mingbai.procurement import events
from mingbai.procurement.models import Call, Invitation, Quote, Withdrawal
from mingbai.procurement.queries.suppliers import firm
from mingbai.procurement.rules.quotes import BACK, refuse_late
from mingbai.procurement.services.calling import digest_of, locked, record
from mingbai.procurement.services.sealing import Inside, commitment_of, new_nonce, seal

MOST_FEN = 10**12


def invitation_of(code: str) -> Invitation:
    """The invitation a code belongs to.

    Raises:
        Refused: no such code.
    """
    found = Invitation.objects.filter(code=digest_of(code)).select_related("call").first()
    if found is None:
        raise Refused("没有这个报价码", remedy="照着邀请上的码再输入一遍")
    return found


@dataclass(frozen=True)
class Invited:
    """What the holder of a code may know: who asks, for what, until when, and whether its own quote stands."""

    supplier: str
    village: str
    title: str
    call: str
    deadline: datetime
    quoted: bool


def invited(code: str) -> Invited:
    """What a code is for.

    Raises:
        Refused: no such code.
    """
    found = invitation_of(code)
    row = found.call
    standing = Quote.objects.filter(invitation=found, withdrawal__isnull=True).exists()
    return Invited(firm(found.uscc).name, row.village, row.title, row.number, row.deadline, standing)


@transaction.atomic
def give_quote(*, code: str, amount: Money, note: str, at: datetime) -> events.Receipt:
    """Seal a quote until the opening; what comes back is the supplier's receipt.

    Raises:
        Refused: no such code, after the deadline, the call is over, a quote of this supplier stands, no sum.
    """
    found = invitation_of(code)
    row = locked(found.call.number)
    refuse_late(at, row.deadline)
    words = " ".join(note.split())[:200]
    if not 0 < amount.fen < MOST_FEN or scan_text(words):
        raise Refused("报价要大于零，说明里不能有个人号码", remedy="重新填写")
    if Quote.objects.filter(invitation=found, withdrawal__isnull=True).exists():
        raise Refused("您已经报过价了", basis=BACK, remedy="截止以前可以撤回，再报一次")
    order = (Quote.objects.filter(call=row).aggregate(last=Max("order"))["last"] or 0) + 1
    inside = Inside(row.number, found.uscc, amount.fen, words, new_nonce())
    fixed = commitment_of(inside)
    Quote.objects.create(
        call=row, invitation=found, order=order, sealed=seal(inside, _publics(row)), commitment=fixed, received_at=at
    )  # fmt: skip
    record(row, events.RECEIVED, "", "", at, order=order, commitment=fixed)
    return events.Receipt(row.number, order, fixed, inside.nonce, at)


def _publics(row: Call) -> tuple[str, str]:
    first, second = row.openers.order_by("id").values_list("public", flat=True)
    return first, second


@transaction.atomic
def withdraw_quote(*, code: str, at: datetime) -> None:
    """Take a quote back before the deadline (招标投标法 第29条); another may be given.

    Raises:
        Refused: no such code, none stands, or the deadline is over.
    """
    found = invitation_of(code)
    row = locked(found.call.number)
    refuse_late(at, row.deadline)
    standing = Quote.objects.filter(invitation=found, withdrawal__isnull=True).first()
    if standing is None:
        raise Refused(f"{firm(found.uscc).name}没有报价可以撤回", basis=BACK, remedy="不用撤回")
    Withdrawal.objects.create(quote=standing, recorded_at=at)
    record(row, events.WITHDRAWN, "", "", at, order=standing.order, commitment=standing.commitment)
