"""What others may ask about contracts."""

from __future__ import annotations

from datetime import date

from mingbai.kernel import Money, Refused
from mingbai.registers.events.contracts import Contract
from mingbai.registers.models.contracts import ContractRow


def contract(number: str) -> Contract:
    """One contract. Raises `Refused` when there is none of that number."""
    row = ContractRow.objects.filter(number=number).first()
    if row is None:
        raise Refused(f"合同台账中没有“{number}”", remedy="请核对合同编号")
    return _view(row)


def contracts_of(case: str) -> tuple[Contract, ...]:
    """The contracts of a case, in the order of signing."""
    rows = ContractRow.objects.filter(case=case).prefetch_related("papers").order_by("recorded_at", "number")
    return tuple(_view(row) for row in rows)


def contracts(village: str, *, running_on: date | None = None) -> tuple[Contract, ...]:
    """The contracts of a village, oldest first; with `running_on` only those whose term includes the day."""
    rows = ContractRow.objects.filter(village=village).prefetch_related("papers")
    if running_on is not None:
        rows = rows.filter(starts_on__lte=running_on, ends_on__gte=running_on)
    return tuple(_view(row) for row in rows.order_by("year", "serial"))


def running(village: str, on: date) -> tuple[tuple[str, str], ...]:
    """The number and the party, as signed, of each contract that had begun on a day, the newest first; one query.

    What is over may still be owed, so it is among them.
    """
    rows = ContractRow.objects.filter(village=village, starts_on__lte=on).order_by("-year", "-serial")
    return tuple(rows.values_list("number", "party"))


def _view(row: ContractRow) -> Contract:
    return Contract(
        number=row.number,
        village=row.village,
        case=row.case,
        party=row.party,
        price=Money(row.price_fen),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        signed_on=row.signed_on,
        papers=tuple(sorted(paper.digest for paper in row.papers.all())),
    )
