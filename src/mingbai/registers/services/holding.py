"""Who holds an object on which days: nothing let, sold or pledged is let or sold again on one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingbai.journal.numbering import hold
from mingbai.kernel import Citation, Refused
from mingbai.registers.models import ContractRow, ObjectRow
from mingbai.registers.queries.objects import standing_of
from mingbai.registers.rules.contract_kinds import ContractKind, ContractKinds
from mingbai.registers.rules.contract_standing import OUT, Terms, carried, occupies, overlap

USE, SALE, PLEDGE = "use", "sale", "pledge"
ONCE = Citation("civil-code", "第708条")
_STOPPED_BY = {USE: {USE, SALE, PLEDGE}, SALE: {SALE, PLEDGE}, PLEDGE: {SALE}}
"""What an earlier contract may be that stops a new one: a thing that is let may be sold (民法典 第725条)."""
_BASIS = {USE: ONCE, SALE: Citation("civil-code", "第597条"), PLEDGE: Citation("civil-code", "第406条")}
_REMEDY = {
    USE: "改期限，或者先把前一份合同收回、解除",
    SALE: "核对编号；前一份没有成的，先登记解除",
    PLEDGE: "先还清、解除抵押，把前一份合同登记了结",
}


@dataclass(frozen=True)
class Hold:
    """How a contract takes its objects, and from when through when."""

    taking: str
    days: tuple[date, date]


def taking(kind: ContractKind) -> str:
    """How a kind of contract takes what it is about: by use, sale or pledge; empty when it leaves it alone."""
    return USE if kind.lets else SALE if kind.transfers else PLEDGE if kind.pledges else ""


def locked_object(row: ContractRow, number: str) -> ObjectRow:
    """An object of the contract's village, locked: of two contracts at once one is seen by the other.

    Raises:
        Refused: there is none of that number.
    """
    hold(f"object/{number}"[:60])
    found = ObjectRow.objects.filter(number=number, village=row.village).first()
    if found is None:
        raise Refused(f"本村的台账里没有“{number[:40]}”", basis=ONCE, remedy="先登记资产、资源，再签合同")
    return found


def refuse_gone(thing: ObjectRow) -> None:
    """Refuse an object that was disposed of."""
    if standing_of(thing).state == "disposed":
        raise Refused(f"{thing.name}已经处置了", basis=ONCE, remedy="核对编号")


def refuse_taken(
    kind: ContractKind, row: ContractRow, thing: ObjectRow, terms: Terms, kinds: ContractKinds
) -> None:
    """Refuse a locked object on days on which another contract has let, sold or pledged it.

    Raises:
        Refused: so, naming the earlier contract (民法典 第708条、第597条、第406条).
    """
    wanted = _held(taking(kind), terms, _ends(row))
    others = ContractRow.objects.filter(things__object=thing.number, terms__isnull=False).exclude(pk=row.pk)
    for one in others.select_related("terms").prefetch_related("changes", "ends"):
        held = _held(_taking_of(one, kinds), terms_of(one), _ends(one))
        if held.taking in _STOPPED_BY.get(wanted.taking, ()) and overlap(wanted.days, held.days):
            raise Refused(
                _words(thing.name, one.number, held), basis=_BASIS[held.taking], remedy=_REMEDY[held.taking]
            )


def terms_of(row: ContractRow) -> Terms:
    """The terms of a contract after every change that was entered."""
    first = Terms(row.party, row.price_fen, row.starts_on, row.ends_on)
    return carried(first, sorted(row.changes.all(), key=lambda one: one.id))


def occupied(row: ContractRow) -> tuple[date, date]:
    """From when through when a contract holds its objects."""
    return occupies(terms_of(row), _ends(row))


def _ends(row: ContractRow) -> list[tuple[str, date]]:
    return [(one.kind, one.on) for one in row.ends.all()] if row.pk else []


def _taking_of(row: ContractRow, kinds: ContractKinds) -> str:
    """As its kind says; one of a kind that is listed no more takes the use of what brought money in."""
    listed = next((one for one in kinds.kinds if one.id == row.terms.kind), None)
    return taking(listed) if listed else USE if row.terms.way == "in" else ""


def _held(taking: str, terms: Terms, ends: list[tuple[str, date]]) -> Hold:
    """What is sold does not come back when the contract's last day has passed, only when it is undone."""
    back = [day for kind, day in ends if kind in OUT]
    if taking == SALE:
        return Hold(SALE, (terms.starts_on, min(back, default=date.max)))
    return Hold(taking, occupies(terms, ends))


def _words(name: str, number: str, held: Hold) -> str:
    since, until = held.days[0].isoformat(), held.days[1].isoformat()
    if held.taking == SALE:
        return f"{name}从{since}起已经由合同{number}卖给别人"
    what = "租给别人" if held.taking == USE else "抵押出去"
    return f"{name}在{since}至{until}已经由合同{number}{what}"
