"""Rows of assets, resources and contracts, as the registers take them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mingbai.exchange.rules.rows import Row, Rows
from mingbai.kernel import Money, Refused
from mingbai.registers.rules.kinds import ASSET, RESOURCE, ObjectKinds
from mingbai.registers.rules.objects import ACQUIRED, MANAGEMENT, STATES, NewObject, parse_area

LONGEST = 300


@dataclass(frozen=True)
class ObjectRow:
    """An object of the file; `number` is the register's, when the file was written by the platform."""

    row: int
    number: str
    new: NewObject


@dataclass(frozen=True)
class ContractRow:
    """A contract of the file; `text` names its paper."""

    row: int
    number: str
    party: str
    price: Money
    signed_on: date
    starts_on: date
    ends_on: date
    case: str
    text: str


def read_objects(
    rows: Rows, kinds: ObjectKinds, custodians: Mapping[str, str], papers: Mapping[str, str]
) -> list[ObjectRow]:
    """The objects of a file. `custodians` are offices by title; `papers` are the ids of photographs by name."""
    return [
        ObjectRow(row.number, row.text("number", 40), new)
        for row in rows
        if (new := _object(row, kinds, custodians, papers)) is not None
    ]


def _object(
    row: Row, kinds: ObjectKinds, custodians: Mapping[str, str], papers: Mapping[str, str]
) -> NewObject | None:
    before = len(row.of.faults)
    said, known = row.text("kind", 40), {one.title: (ASSET, one.id) for one in kinds.assets}
    known |= {one.title: (RESOURCE, one.id) for one in kinds.resources}
    if said not in known:
        row.wrong("kind", f"没有“{said}”这个种类：写{'、'.join(list(known)[:6])}……里的一个")
        return None
    family, kind = known[said]
    group = row.text("group", 40)
    new = NewObject(
        family=family, kind=kind, name=row.text("name", 80, needed=True), custodian=_one(row, "custodian", custodians),
        photos=(paper_of(row, "photo", papers),), management=_one(row, "management", _codes(MANAGEMENT[family])),
        place=row.text("place", 120), owner="group" if group else "village", group=group,
        state=_one(row, "state", _codes(STATES)) or "in_use", acquired=_one(row, "acquired", _codes(ACQUIRED)),
        acquired_on=row.day("acquired_on") if _said(row, "acquired_on") else None,
        value=Money(row.fen("value")) if family == ASSET and _said(row, "value") else None,
        funded_by=row.text("funded_by", 80), area=_area(row), boundaries=row.text("boundaries", LONGEST),
    )  # fmt: skip
    return new if len(row.of.faults) == before else None


def _said(row: Row, name: str) -> bool:
    return row.raw(name) not in (None, "")


def _codes(titles: Mapping[str, str]) -> dict[str, str]:
    return {title: code for code, title in titles.items()}


def _one(row: Row, name: str, codes: Mapping[str, str]) -> str:
    """The code of a title; nothing for nothing, which the register then judges."""
    said = row.text(name, 40)
    if said and said not in codes:
        row.wrong(name, f"认不出“{said[:20]}”：写{'、'.join(codes)}里的一个")
    return codes.get(said, "")


def _area(row: Row) -> int | None:
    raw = row.raw("area")
    if raw in (None, ""):
        return None
    number = isinstance(raw, int | float) and not isinstance(raw, bool)
    try:
        return parse_area(f"{raw:.4f}".rstrip("0").rstrip(".") if number else row.text("area", 20))
    except Refused as refusal:
        row.wrong("area", f"{refusal.reason}：{refusal.remedy}")
        return None


def paper_of(row: Row, name: str, papers: Mapping[str, str]) -> str:
    """The id of the paper that a row names; empty while it is only looked at."""
    said = row.text(name, 120, needed=True)
    if said and said not in papers:
        row.wrong(name, f"没有叫“{said[:30]}”的文件：和表一起交，名字写得一样")
    return papers.get(said, "")


def read_contracts(rows: Rows, papers: Mapping[str, str]) -> list[ContractRow]:
    """The contracts of a file; a row with a fault is left out of them, its faults are in `rows`."""
    return [found for row in rows if (found := _contract(row, papers)) is not None]


def _contract(row: Row, papers: Mapping[str, str]) -> ContractRow | None:
    before = len(row.of.faults)
    signed, starts, ends = row.day("signed_on"), row.day("starts_on"), row.day("ends_on")
    number, party, case = row.text("number", 40), row.text("party", 120, needed=True), row.text("case", 40)
    price, text = Money(row.fen("price")), paper_of(row, "text", papers) if not number else ""
    if not number and not case:
        row.wrong("case", "没有写是哪件事项：写事项编号；没有经过决定的合同不能登记")
    if signed is None or starts is None or ends is None or len(row.of.faults) > before:
        return None
    return ContractRow(row.number, number, party, price, signed, starts, ends, case, text)
