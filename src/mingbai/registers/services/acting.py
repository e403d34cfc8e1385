"""What every act on a contract after its signing shares: the lock, who may, its paper, its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from mingbai.evidence import queries as evidence
from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold
from mingbai.kernel import Citation, FieldKind, Money, Refused
from mingbai.organisations.rules import Actor
from mingbai.registers.models import ContractRow
from mingbai.registers.queries import agreed as standing
from mingbai.registers.queries.access import keeper_office, kinds_on, legal_day
from mingbai.registers.queries.agreed import EXISTING, Agreed
from mingbai.registers.rules.schedule import PERFORMED


def locked(number: str, by: Actor, at: datetime, office: str = "") -> tuple[ContractRow, Agreed, str]:
    """A contract under its lock, how it stands today, and the office in which the person acts.

    `office`: named where another register has checked it already.

    Raises:
        Refused: no such contract, or nobody who keeps the register.
    """
    hold(f"contract/{number}"[:60])
    row = ContractRow.objects.filter(number=number).first()
    if row is None:
        raise Refused(f"合同台账中没有“{number[:40]}”", remedy="请核对合同编号")
    today = legal_day(at)
    office = office or keeper_office(by, row.village, today, kinds_on(today))
    if not office:
        raise Refused(
            "您的职务不登记这个村的合同", basis=PERFORMED, remedy="请报账员、村文书或者镇代理中心登记"
        )
    return row, standing.agreed(number, today), office


def ahead(row: ContractRow, view: Agreed, at: datetime) -> Agreed:
    """The contract with every change that was entered, those of a day to come too."""
    last = max((one.on for one in row.changes.all()), default=view.signed_on)
    return standing.agreed(row.number, last) if last > legal_day(at) else view


def refuse_foreign_paper(row: ContractRow, paper: str) -> None:
    """Refuse a paper that is not there or is another village's."""
    found = evidence.originals([paper])
    if paper not in found or found[paper].village != row.village:
        raise Refused("所附材料没有上传，或者不是本村的", basis=PERFORMED, remedy="请附本村的材料")


def text(id: str, label: str, value: str) -> TypedField:
    """A field of words."""
    return TypedField(id, label, FieldKind.text.value, value)


def money(id: str, label: str, fen: int) -> TypedField:
    """A field of a sum in fen."""
    return TypedField(id, label, FieldKind.money.value, Money(fen).yuan())


def record(
    act: str, row: ContractRow, by: Actor, office: str, on: date, at: datetime, fields: Sequence[TypedField],
    data: Mapping[str, Any], citation: Citation,
) -> None:  # fmt: skip
    """Record an act on a contract in the journal; empty fields are left out."""
    case = "" if row.case == EXISTING else row.case
    journal.record(
        act=act, village=row.village, subject=f"case:{case}" if case else f"village:{row.village}", actor=by.person,
        office=office, occurred_on=on, at=at,
        fields=[text("number", "合同编号", row.number), *(one for one in fields if one.value)],
        data={"number": row.number, **data}, citation=citation,
    )  # fmt: skip
