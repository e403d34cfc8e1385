"""An asset or a resource enters the register, alone or with a whole sheet of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mingbai.evidence import queries as evidence
from mingbai.evidence.queries import PaperView
from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold, take_number
from mingbai.kernel import FieldKind, Money, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.registers.events import objects as events
from mingbai.registers.models import ObjectPhoto, ObjectRow, StockTake
from mingbai.registers.queries.access import keeper_office, kinds_on, legal_day
from mingbai.registers.rules.kinds import ASSET, ObjectKinds
from mingbai.registers.rules.objects import (
    ACQUIRED,
    MANAGEMENT,
    OWNERS,
    PREFIXES,
    REGISTER,
    STATES,
    NewObject,
    RowFault,
    RowsRefused,
    area_text,
    check_object,
    check_photo,
)

_DATA = ("number", "family", "kind", "state", "value_fen", "account", "area", "management", "found_in")


def register_object(
    *, village: str, new: NewObject, by: Actor, occurred_on: date, at: datetime
) -> events.Registered:
    """Register one asset or resource under the village's next number of its family (rceo 第43条).

    Raises:
        Refused: not an office that registers, a day in the future, no picture or another village's, and what
            `rules.objects.check_object` refuses.
    """
    try:
        numbers = register_objects([new], village=village, by=by, occurred_on=occurred_on, at=at)
    except RowsRefused as refused:
        raise refused.faults[0].refusal from None
    return events.Registered(numbers[0])


@transaction.atomic
def register_objects(
    rows: Sequence[NewObject], *, village: str, by: Actor, occurred_on: date, at: datetime
) -> tuple[str, ...]:
    """Register a whole sheet or nothing of it; returns the numbers in the order of the rows.

    Raises:
        RowsRefused: rows that may not be registered, each with its own refusal.
        Refused: not an office that registers, no such village, or a day in the future.
    """
    kinds = kinds_on(legal_day(at))
    office = keeping_office(by, village, occurred_on, at, kinds)
    papers = evidence.papers(sorted({id for row in rows for id in row.photos}))
    _check_rows(rows, village, kinds, papers, occurred_on)
    # Every series is locked before the journal is: two sheets at once wait for each other in one order.
    for family in sorted({new.family for new in rows}):
        hold(f"{family}/{village}")
    made = []
    for new in rows:
        row = _row(new, village, kinds, by, office, occurred_on, at)
        row.save(force_insert=True)
        photos = [papers[id] for id in dict.fromkeys(new.photos)]
        keep_photos(row, photos, by, office, occurred_on, at)
        _record(row, photos, kinds)
        made.append(row.number)
    return tuple(made)


def keeping_office(by: Actor, village: str, on: date, at: datetime, kinds: ObjectKinds) -> str:
    """The office in which somebody acts on a village's register. Raises `Refused` without one, or on a later day."""
    if organisations.division(village).level != "village":
        raise Refused("资产、资源按村登记", basis=REGISTER, remedy="选一个村")
    if on > legal_day(at):
        raise Refused("日期在今天之后", basis=REGISTER, remedy="发生以后再登记")
    office = keeper_office(by, village, legal_day(at), kinds)
    if not office:
        raise Refused("您不管这个村的资产台账", basis=REGISTER, remedy="由村里的报账员、文书或者理事会登记")
    return office


def _check_rows(
    rows: Sequence[NewObject],
    village: str,
    kinds: ObjectKinds,
    papers: Mapping[str, PaperView],
    on: date,
) -> None:
    taken = _pictures_of_others(papers)
    faults = []
    for place, new in enumerate(rows):
        try:
            check_object(new, kinds, on)
            for id in new.photos:
                check_picture(papers.get(id), village)
                if taken.setdefault(id, place) != place:
                    raise Refused("这张照片已经用在别的物上", basis=REGISTER, remedy="一物一照，给它另拍一张")
            _check_surplus(new, village)
        except Refused as refusal:
            faults.append(RowFault(place, refusal))
    if faults:
        raise RowsRefused(faults)


def _pictures_of_others(papers: Mapping[str, PaperView]) -> dict[str, int]:
    """Pictures that show another object already; the same file handed in twice counts as the same picture."""
    used = set(
        ObjectPhoto.objects.filter(digest__in={one.digest for one in papers.values()}).values_list(
            "digest", flat=True
        )
    )
    return {id: -1 for id, one in papers.items() if one.digest in used}


def check_picture(paper: PaperView | None, village: str) -> None:
    """Refuse a paper that is not there, another village's, or no picture."""
    if paper is None or paper.village != village:
        raise Refused("照片没有上传，或者不是本村的", basis=REGISTER, remedy="重新拍照上传")
    check_photo(paper.media_type)


def _check_surplus(new: NewObject, village: str) -> None:
    """What is said to be a surplus names the stock-take that found it."""
    named = StockTake.objects.filter(number=new.found_in, village=village).exists() if new.found_in else False
    if (new.acquired == "surplus" or bool(new.found_in)) and not named:
        raise Refused("盘盈的没有写是哪一次盘点发现的", basis=REGISTER, remedy="写上本村那次盘点的编号")


def _row(
    new: NewObject, village: str, kinds: ObjectKinds, by: Actor, office: str, on: date, at: datetime
) -> ObjectRow:
    serial = take_number(f"{new.family}/{village}")
    account = new.account or kinds.kind(new.family, new.kind).account
    return ObjectRow(
        number=f"{PREFIXES[new.family]}-{village}-{serial:04d}", village=village, family=new.family, serial=serial,
        kind=new.kind, name=new.name.strip(), place=new.place.strip(), owner=new.owner, group=new.group.strip(),
        custodian=new.custodian, state=new.state, acquired=new.acquired, acquired_on=new.acquired_on,
        value_fen=new.value.fen if new.value else None, funded_by=new.funded_by.strip(), account=account,
        area=new.area, boundaries=new.boundaries.strip(), management=new.management, found_in=new.found_in,
        on=on, person=by.person, office=office, recorded_at=at,
    )  # fmt: skip


def keep_photos(
    row: ObjectRow, photos: Sequence[PaperView], by: Actor, office: str, on: date, at: datetime
) -> None:
    """Keep pictures of an object, each once."""
    entered = {"on": on, "person": by.person, "office": office, "recorded_at": at}
    ObjectPhoto.objects.bulk_create(
        ObjectPhoto(object=row, paper=one.id, digest=one.digest, **entered) for one in photos
    )


def listed(photos: Sequence[PaperView]) -> list[dict[str, Any]]:
    """Pictures as the journal lists papers."""
    return [{"id": one.id, "label": one.label, "digest": one.digest} for one in photos]


def _record(row: ObjectRow, photos: Sequence[PaperView], kinds: ObjectKinds) -> None:
    data = {key: value for key in _DATA if (value := getattr(row, key)) not in ("", None)}
    journal.record(
        act=events.ASSET if row.family == ASSET else events.RESOURCE,
        village=row.village,
        subject=f"object:{row.number}",
        actor=row.person,
        office=row.office,
        occurred_on=row.on,
        at=row.recorded_at,
        fields=_fields(row, kinds.title(row.family, row.kind)),
        data={**data, "title": row.name, "papers": listed(photos)},
        citation=REGISTER,
    )


def _fields(row: ObjectRow, kind: str) -> list[TypedField]:
    """What stands in the register; a giver may be a private person, and wears that mask."""
    text, day = FieldKind.text.value, FieldKind.date.value
    giver = FieldKind.person.value if row.acquired == "donated" else FieldKind.firm.value
    said = [
        ("number", "编号", text, row.number),
        ("kind", "种类", text, kind),
        ("place", "位置", text, row.place),
        ("owner", "归谁所有", text, row.group or OWNERS[row.owner]),
        ("area", "面积（亩）", text, area_text(row.area) if row.area else ""),
        ("boundaries", "四至", text, row.boundaries),
        ("management", "怎样经营", text, MANAGEMENT[row.family][row.management]),
        ("state", "现在", text, STATES[row.state]),
        ("custodian", "由谁保管", text, organisations.office_title(row.custodian)),
        ("acquired", "怎样取得", text, ACQUIRED.get(row.acquired, "")),
        ("acquired_on", "取得日期", day, row.acquired_on.isoformat() if row.acquired_on else ""),
        ("value", "原值", FieldKind.money.value, money(row.value_fen)),
        ("funded_by", "资金来源", giver, row.funded_by),
    ]
    return [TypedField(*one) for one in said if one[3]]


def money(fen: int | None) -> str:
    """A sum as a typed field carries it; empty when there is none."""
    return Money(fen).yuan() if fen is not None else ""
