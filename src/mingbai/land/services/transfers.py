"""A transfer list (统一流转清单): every parcel on its household's mandate, within its contract, let once. And its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.db import transaction

from mingbai.journal.events import TypedField
from mingbai.journal.numbering import take_number
from mingbai.kernel import FieldKind, Money, Refused
from mingbai.land import events
from mingbai.land.models import TransferEnd, TransferLine, TransferList
from mingbai.land.queries.access import settings_on
from mingbai.land.queries.parcels import PlotView, plots
from mingbai.land.rules import transfers as rules
from mingbai.land.services.moment import act_office, field, legal_day, mu, record
from mingbai.organisations.rules import Actor


@dataclass(frozen=True)
class Recipient:
    """Who takes the land: a person or a firm, of this collective or `outside` it."""

    name: str
    kind: Literal["person", "firm"]
    outside: bool


@dataclass(frozen=True)
class Consent:
    """What lets collective land go to outsiders: the resolution, how many of how many agreed, the town's approval."""

    resolution: str = ""
    agreed: int = 0
    entitled: int = 0
    approval: str = ""


@transaction.atomic
def list_transfer(
    *, village: str, case: str, parcels: Sequence[str], since: date, until: date, price: Money,
    recipient: Recipient, by: Actor, at: datetime, consent: Consent | None = None,
) -> events.Listed:  # fmt: skip
    """List parcels (by number) to be let to one recipient; `price` is for a mu and year.

    Parcels of households and of the collective stand on separate lists. A village's lists are made one after
    another, so that a parcel is let once in overlapping days.

    Raises:
        Refused: not an office of the step, no case, no parcel, both kinds of land, and by `rules.transfers` a parcel
            without its household's mandate for the whole term, price and recipient (R50), beyond what is left of its
            contract (R51), let already, or collective land for outsiders without two thirds and approval (R53).
    """
    found = plots(village, [one.strip() for one in parcels])
    own = any(one.plot.collective for one in found)
    office = act_office(by, "transfer.collective" if own else "transfer.list", village, at)
    # Read again: only from here on does nobody else let land of this village.
    found, terms = (
        plots(village, [one.strip() for one in parcels]),
        rules.Terms(since, until, price.fen, recipient.outside),
    )
    _check_whole(case, recipient, found)
    rules.check_terms(terms)
    given = consent or Consent()
    if own:
        rules.check_outside(
            settings_on(legal_day(at)).transfer.consent, recipient.outside, given.agreed, given.entitled,
            given.resolution, given.approval,
        )  # fmt: skip
    for one in found:
        for fault in rules.faults(one.plot, terms, legal_day(at)):
            raise fault.refusal(one.plot)
    row = _keep(village, case, found, terms, recipient, given, by, office, at)
    _record(row, found, by, office, at)
    return events.Listed(row.number, len(found), Money(row.yearly_fen))


def _check_whole(case: str, recipient: Recipient, found: Sequence[PlotView]) -> None:
    if not case.strip() or not recipient.name.strip() or not found:
        raise Refused(
            "没有事项、没有受让方，或者一块地也没有", basis=rules.TERMS, remedy="从办着的事项里列清单"
        )
    if len({one.plot.collective for one in found}) > 1:
        raise Refused("农户的地和集体的地不能列在一张清单上", basis=rules.TERMS, remedy="分开列")


def _keep(
    village: str, case: str, found: Sequence[PlotView], terms: rules.Terms, recipient: Recipient, given: Consent,
    by: Actor, office: str, at: datetime,
) -> TransferList:  # fmt: skip
    year, rents = legal_day(at).year, [rules.rent(one.plot.area, terms.fen) for one in found]
    row = TransferList.objects.create(
        number=f"LZ-{village}-{year}-{take_number(f'land-list/{village}/{year}'):03d}", village=village,
        case=case.strip(), collective=found[0].plot.collective, recipient=recipient.name.strip()[:100],
        recipient_kind=recipient.kind, outside=recipient.outside, since=terms.since, until=terms.until,
        fen=terms.fen, yearly_fen=sum(rents), area=sum(one.plot.area for one in found),
        resolution=given.resolution, approval=given.approval, person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    mandates = [rules.chosen(one.plot, terms, legal_day(at)) for one in found]
    TransferLine.objects.bulk_create(
        TransferLine(
            list=row, line=line, parcel_id=one.plot.id, fen=fen,
            mandate_id=None if one.plot.collective or mandate is None else mandate.id,
        )
        for line, (one, fen, mandate) in enumerate(zip(found, rents, mandates, strict=True), 1)
    )  # fmt: skip
    return row


def _record(row: TransferList, found: Sequence[PlotView], by: Actor, office: str, at: datetime) -> None:
    kind = FieldKind.person if row.recipient_kind == "person" else FieldKind.firm
    fields = [
        field("recipient", "受让方", kind, row.recipient),
        field("outside", "是不是本集体的", FieldKind.choice, "本集体以外" if row.outside else "本集体"),
        field("since", "从哪天", FieldKind.date, row.since.isoformat()),
        field("until", "到哪天", FieldKind.date, row.until.isoformat()),
        field("price", "每亩每年", FieldKind.money, Money(row.fen).yuan()),
        field("area", "面积（亩）", FieldKind.text, mu(row.area)),
        field("yearly", "每年一共", FieldKind.money, Money(row.yearly_fen).yuan()),
        *(one for order, line in enumerate(found, 1) for one in _public_line(order, line, row.fen)),
    ]
    record(
        events.LISTED, row.village, f"land:{row.number}", by, office, at, rules.MANDATE, fields,
        list=row.number, case=row.case, collective=row.collective, outside=row.outside,
        since=row.since.isoformat(), until=row.until.isoformat(), fen=row.fen, yearly_fen=row.yearly_fen,
        area=row.area, parcels=len(found), households=len({one.household for one in found}),
    )  # fmt: skip


def _public_line(order: int, one: PlotView, fen: int) -> list[TypedField]:
    """One line by its order; never the parcel's or the contract's number, by which a household could be found."""
    whose = (
        []
        if one.plot.collective
        else [field(f"name.{order}", f"{order}·承包户", FieldKind.person, one.plot.household)]
    )
    return [
        *whose,
        field(f"group.{order}", f"{order}·村民小组", FieldKind.text, one.group or "未分组"),
        field(f"area.{order}", f"{order}·面积（亩）", FieldKind.text, mu(one.plot.area)),
        field(
            f"rent.{order}", f"{order}·每年", FieldKind.money, Money(rules.rent(one.plot.area, fen)).yuan()
        ),
    ]


@transaction.atomic
def end_transfer(*, number: str, on: date, reason: str, by: Actor, at: datetime) -> None:
    """A list ends before its term (land-contract 第42条): `on` is its last day; from the next its parcels are free.

    Raises:
        Refused: no such list, not an office of the step, ended already, no reason, a day outside the term.
    """
    row = TransferList.objects.filter(number=number).first()
    if row is None:
        raise Refused("没有这张流转清单", basis=rules.TERMS, remedy="核对编号")
    office = act_office(by, "transfer.file", row.village, at)
    if TransferEnd.objects.filter(list=row).exists():
        raise Refused("这张清单已经解除", basis=rules.TERMS, remedy="不用再解除")
    if not reason.strip() or not row.since - timedelta(days=1) <= on <= row.until:
        raise Refused("没有写理由，或者日期不在流转期限里", basis=rules.TERMS, remedy="写明理由和最后一天")
    TransferEnd.objects.create(
        list=row, on=on, reason=reason.strip()[:200], person=by.person, office=office, recorded_at=at
    )
    record(
        events.ENDED, row.village, f"land:{row.number}", by, office, at, rules.TERMS,
        [field("on", "最后一天", FieldKind.date, on.isoformat())], min(on, legal_day(at)),
        list=row.number, case=row.case, last_day=on.isoformat(),
    )  # fmt: skip
