"""What a contract agrees on enters the register with it; no object is let twice for the same day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mingbai.journal.numbering import hold
from mingbai.kernel import Citation, Money, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import PersonView
from mingbai.registers.models import ContractObject, ContractRow, ContractTerms, InstallmentRow, ObjectRow
from mingbai.registers.queries import agreed as standing
from mingbai.registers.queries.access import legal_day
from mingbai.registers.queries.objects import standing_of
from mingbai.registers.rules.contract_kinds import ContractKind, check_years
from mingbai.registers.rules.contract_standing import Terms, carried, occupies, overlap
from mingbai.registers.rules.schedule import Installment, check_schedule, even

NOTHING = Money(0)
FLOOR = Citation("rceo", "第26条")
ONCE = Citation("civil-code", "第708条")
MANAGERS = frozenset(
    {"rce_chair", "rce_council", "rce_supervisors", "village_committee_director", "village_party_secretary"}
)


@dataclass(frozen=True)
class NewTerms:
    """What is agreed beside party, price and term. Sums in fen.

    schedule: the sums due; without it the price is parted by `rhythm` (once, month, quarter, half, year).
    floor_basis: the decision that set the floor; `below_basis` the later one that allowed a price below it.
    party_person: the party's id when it is a person of the village.
    """

    kind: str
    objects: tuple[str, ...] = ()
    floor: Money | None = None
    floor_basis: str = ""
    below_basis: str = ""
    deposit: Money = NOTHING
    rhythm: str = "once"
    schedule: tuple[Installment, ...] = ()
    party_person: str = ""
    existing: bool = False


def agree(row: ContractRow, new: NewTerms) -> dict[str, Any]:
    """Keep what a contract agrees on; returns what the journal says of it.

    Raises:
        Refused: a term longer than its kind may last, no floor or a price below it (R49), an object that is not the
            village's, is gone, or is let to somebody else on one of the days, a schedule that is not the price, a
            loan to one who manages the collective (R46).
    """
    kind = standing.contract_kinds(legal_day(row.recorded_at)).kind(new.kind)
    check_years(kind, row.starts_on, row.ends_on)
    if not new.existing:
        _refuse_below_floor(kind, row, new)
    refuse_managers(kind, row, row.party, new.party_person, row.recorded_at)
    lines = new.schedule or even(row.price_fen, row.starts_on, row.ends_on, new.rhythm)
    check_schedule(lines, row.price_fen)
    for number in sorted(set(new.objects)):
        _refuse_object(kind, row, number)
    _keep(kind, row, new, lines)
    return _told(kind, new, lines)


def _keep(kind: ContractKind, row: ContractRow, new: NewTerms, lines: Sequence[Installment]) -> None:
    ContractTerms.objects.create(
        contract=row, kind=kind.id, way=kind.way, floor_fen=new.floor.fen if new.floor else None,
        floor_basis=new.below_basis or new.floor_basis, deposit_fen=new.deposit.fen,
        rhythm="" if new.schedule else new.rhythm, existing=new.existing,
    )  # fmt: skip
    ContractObject.objects.bulk_create(
        ContractObject(contract=row, object=number) for number in sorted(set(new.objects))
    )
    keep_schedule(row, 0, lines)


def keep_schedule(row: ContractRow, version: int, lines: Sequence[Installment]) -> None:
    """Write a version of the schedule."""
    InstallmentRow.objects.bulk_create(
        InstallmentRow(contract=row, version=version, line=at, due_on=one.due_on, fen=one.fen)
        for at, one in enumerate(lines, start=1)
    )


def _told(kind: ContractKind, new: NewTerms, lines: Sequence[Installment]) -> dict[str, Any]:
    return {
        "kind": kind.id, "kind_title": kind.title, "way": kind.way, "lets": kind.lets, "objects": sorted(set(new.objects)),
        "floor_fen": new.floor.fen if new.floor else None, "deposit_fen": new.deposit.fen, "existing": new.existing,
        "schedule": [{"due_on": one.due_on.isoformat(), "fen": one.fen} for one in lines],
    }  # fmt: skip


def _refuse_below_floor(kind: ContractKind, row: ContractRow, new: NewTerms) -> None:
    if kind.floor and (new.floor is None or not new.floor_basis.strip()):
        raise Refused(
            f"{kind.title}没有写底价和定底价的决定", basis=FLOOR, remedy="先评估、议定底价，再签合同"
        )
    if new.floor is not None and row.price_fen < new.floor.fen and not new.below_basis.strip():
        raise Refused(
            f"合同价款{Money(row.price_fen).yuan()}元低于底价{new.floor.yuan()}元",
            basis=FLOOR,
            remedy="按底价以上成交；确实要低于底价的，重新议决，写上决定的编号",
        )


def refuse_managers(kind: ContractKind, row: ContractRow, party: str, person: str, at: datetime) -> None:
    """Nothing is lent to those who manage the collective, nor guaranteed for them (农村集体经济组织法 第35条第2款).

    Raises:
        Refused: so; by the person's id when it is given, else by the name of the party (R46).
    """
    if kind.managers:
        return
    held = organisations.holders_over(row.village, legal_day(at))
    managing: list[PersonView] = [one for one, office in held if office in MANAGERS]
    named = {one.id for one in managing} if person else {one.name for one in managing}
    if (person or party) in named:
        raise Refused(
            "集体的钱不能借给理事、监事和主要经营管理人员，也不能为他们担保",
            basis=kind.citation.citation(),
            remedy="收回；同名的是别人的，写明他在名册上的编号",
        )


def _refuse_object(kind: ContractKind, row: ContractRow, number: str) -> None:
    hold(f"object/{number}"[:60])
    found = ObjectRow.objects.filter(number=number, village=row.village).first()
    if found is None:
        raise Refused(f"本村的台账里没有“{number[:40]}”", basis=ONCE, remedy="先登记资产、资源，再签合同")
    if standing_of(found).state == "disposed":
        raise Refused(f"{found.name}已经处置了", basis=ONCE, remedy="核对编号")
    if kind.lets:
        _refuse_twice(row, number, found.name, (row.starts_on, row.ends_on))


def refuse_longer_twice(row: ContractRow, starts_on: date, ends_on: date) -> None:
    """Refuse a longer term on a day of which one of the contract's objects is let to somebody else.

    Raises:
        Refused: so; the objects are locked first, as at a signing.
    """
    ends = [(one.kind, one.on) for one in row.ends.all()]
    wanted = occupies(Terms(row.party, row.price_fen, starts_on, ends_on), ends)
    for number in sorted(one.object for one in row.things.all()):
        hold(f"object/{number}"[:60])
        name = ObjectRow.objects.values_list("name", flat=True).get(number=number)
        _refuse_twice(row, number, name, wanted)


def _refuse_twice(row: ContractRow, number: str, name: str, wanted: tuple[date, date]) -> None:
    others = ContractRow.objects.filter(things__object=number, terms__way="in").exclude(pk=row.pk)
    for one in others.prefetch_related("changes", "ends"):
        held = occupied(one)
        if overlap(wanted, held):
            raise Refused(
                f"{name}在{held[0].isoformat()}至{held[1].isoformat()}已经由合同{one.number}租给别人",
                basis=ONCE,
                remedy="改期限，或者先把前一份合同收回、解除",
            )


def occupied(row: ContractRow) -> tuple[date, date]:
    """From when through when a contract holds its objects."""
    first = Terms(row.party, row.price_fen, row.starts_on, row.ends_on)
    terms = carried(first, sorted(row.changes.all(), key=lambda one: one.id))
    return occupies(terms, [(one.kind, one.on) for one in row.ends.all()])
