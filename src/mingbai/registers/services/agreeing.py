"""What a contract agrees on enters the register with it; no object is let twice for the same day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from mingbai.kernel import Citation, Money, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import PersonView
from mingbai.registers.models import ContractObject, ContractRow, ContractTerms, InstallmentRow
from mingbai.registers.queries import agreed as standing
from mingbai.registers.queries.access import legal_day
from mingbai.registers.rules.contract_kinds import ContractKind, check_years
from mingbai.registers.rules.contract_standing import Terms
from mingbai.registers.rules.schedule import BY_STEPS, Installment, check_schedule, even
from mingbai.registers.services.holding import locked_object, refuse_gone, refuse_taken, terms_of
from mingbai.registers.services.judging import judge_of, over_term

NOTHING = Money(0)
FLOOR = Citation("rceo", "第26条")
MANAGERS = frozenset(
    {"rce_chair", "rce_council", "rce_supervisors", "village_committee_director", "village_party_secretary"}
)


@dataclass(frozen=True)
class NewTerms:
    """What is agreed beside party, price and term. Sums in fen.

    schedule: the sums due; without it the price is parted by `rhythm` (once, end, month, quarter, half, year), or, when
    the village pays, it follows the steps of its case (`steps`).
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
    """Keep what a contract agrees on, by its terms as they stand; returns what the journal says of it.

    Raises:
        Refused: a term longer than its kind may last, no floor or a price below it (R49), an object that is not the
            village's, is gone, or is let, sold or pledged to somebody else on one of the days, a schedule that is not
            the price, a loan to one who manages the collective (R46). Of a contract signed before the village used
            the platform only a schedule is refused; the rest is kept as findings and said in public.
    """
    kinds, terms = standing.contract_kinds(legal_day(row.recorded_at)), terms_of(row)
    kind, judge = kinds.kind(new.kind), judge_of(row, existing=new.existing)
    over = over_term(kind, terms.starts_on)
    judge.hear("term", lambda: check_years(kind, terms.starts_on, terms.ends_on), over)
    judge.hear("floor", lambda: _refuse_below_floor(kind, terms.price_fen, new))
    judge.hear(
        "managers",
        lambda: refuse_managers(kind, row, terms.party, new.party_person, row.recorded_at),
        "集体的钱借给了管理集体的人，或者为他们作了担保",
    )
    lines = _schedule(kind, terms, new)
    for number in sorted(set(new.objects)):
        thing = locked_object(row, number)
        judge.hear("object", partial(refuse_gone, thing))
        judge.hear("object", partial(refuse_taken, kind, row, thing, terms, kinds))
    _keep(kind, row, new, lines)
    judge.keep(row)
    return _told(kind, new, lines) | {"findings": judge.told()}


def _schedule(kind: ContractKind, terms: Terms, new: NewTerms) -> tuple[Installment, ...]:
    """What is due when: as written, parted evenly, or for what the village pays by a case, as its steps say."""
    if not new.schedule and new.rhythm == BY_STEPS and kind.way == "out":
        return ()
    lines = new.schedule or even(terms.price_fen, terms.starts_on, terms.ends_on, new.rhythm)
    check_schedule(lines, terms.price_fen)
    return tuple(lines)


def _keep(kind: ContractKind, row: ContractRow, new: NewTerms, lines: Sequence[Installment]) -> None:
    ContractTerms.objects.create(
        contract=row, kind=kind.id, way=kind.way, floor_fen=new.floor.fen if new.floor else None,
        floor_basis=new.below_basis or new.floor_basis, deposit_fen=new.deposit.fen,
        rhythm="" if new.schedule else new.rhythm, existing=new.existing,
    )  # fmt: skip
    ContractObject.objects.bulk_create(
        ContractObject(contract=row, object=number) for number in sorted(set(new.objects))
    )
    keep_schedule(row, row.changes.count(), lines)


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


def _refuse_below_floor(kind: ContractKind, price: int, new: NewTerms) -> None:
    if not new.existing and kind.floor and (new.floor is None or not new.floor_basis.strip()):
        raise Refused(
            f"{kind.title}没有写底价和定底价的决定", basis=FLOOR, remedy="先评估、议定底价，再签合同"
        )
    if new.floor is not None and price < new.floor.fen and not new.below_basis.strip():
        raise Refused(
            f"合同价款{Money(price).yuan()}元低于底价{new.floor.yuan()}元",
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


def refuse_longer_twice(row: ContractRow, starts_on: date, ends_on: date) -> None:
    """Refuse a longer term on a day of which one of the contract's objects is held by another contract.

    Raises:
        Refused: so; the objects are locked first, as at a signing.
    """
    kinds = standing.contract_kinds(legal_day(row.recorded_at))
    kind, wanted = kinds.kind(row.terms.kind), Terms(row.party, row.price_fen, starts_on, ends_on)
    for number in sorted(one.object for one in row.things.all()):
        refuse_taken(kind, row, locked_object(row, number), wanted, kinds)
