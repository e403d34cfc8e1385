"""Retention money: held back when the works are paid, released after the period and a check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.kernel import FieldKind, Money, Refused
from mingbai.organisations.rules import Actor
from mingbai.procurement import events
from mingbai.procurement.models import Release, Retention
from mingbai.procurement.queries.retentions import RetentionView, retention_of
from mingbai.procurement.rules.retention import BACK, SHARE, held_of, last_day, refuse_not_yet


@dataclass(frozen=True)
class Terms:
    """What the contract agreed on: share in percent and months, and when the works were accepted."""

    contract: str
    party: str
    percent: int
    months: int
    accepted_on: date


@transaction.atomic
def hold_back(
    *, case: str, village: str, terms: Terms, base: Money, by: Actor, office: str, on: date, at: datetime
) -> RetentionView | None:
    """Hold back the agreed share of what was settled; once a case. None when the share is less than a fen."""
    known, fen = retention_of(case), held_of(base.fen, terms.percent)
    if known is not None or fen <= 0:
        return known
    until = last_day(terms.accepted_on, terms.months)
    Retention.objects.create(
        contract=terms.contract, village=village, case=case, party=terms.party, base_fen=base.fen,
        percent=terms.percent, fen=fen, accepted_on=terms.accepted_on, months=terms.months, until=until,
        person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    fields = [
        TypedField("retention", "留下的质保金", FieldKind.money.value, Money(fen).yuan()),
        TypedField("until", "质保期到", FieldKind.date.value, until.isoformat()),
    ]
    data = {
        "case": case,
        "contract": terms.contract,
        "fen": fen,
        "until": until.isoformat(),
        "percent": terms.percent,
    }
    journal.record(
        act=events.HELD_BACK, village=village, subject=f"case:{case}", actor=by.person, office=office,
        occurred_on=on, at=at, fields=fields, data=data, citation=SHARE,
    )  # fmt: skip
    return retention_of(case)


@transaction.atomic
def release_retention(
    *, case: str, note: str, by: Actor, office: str, on: date, at: datetime
) -> RetentionView:
    """Let a retention be paid out: the period is over and the works were found sound.

    Raises:
        Refused: nothing is held back, released already, or the period is not over on that day.
    """
    held = retention_of(case)
    if held is None or held.released_on is not None:
        raise Refused("没有留着的质保金", basis=BACK, remedy="核对合同和付款")
    refuse_not_yet(on, held.until, held.fen)
    row = Retention.objects.get(case=case)
    Release.objects.create(
        retention=row, note=note[:200], released_on=on, person=by.person, office=office, recorded_at=at
    )
    fields = [TypedField("retention", "可以付的质保金", FieldKind.money.value, held.yuan)]
    data = {"case": case, "contract": held.contract, "fen": held.fen}
    journal.record(
        act=events.RELEASED, village=held.village, subject=f"case:{case}", actor=by.person, office=office,
        occurred_on=on, at=at, fields=fields, data=data, citation=BACK,
    )  # fmt: skip
    return RetentionView(**{**held.__dict__, "released_on": on})
