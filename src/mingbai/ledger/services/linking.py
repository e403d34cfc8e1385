"""A voucher that is for a contract: whoever keeps the contracts hears of it in the same transaction, or it is not posted.

The register of contracts stands beside this package and is not known here; the package above both says who hears.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from mingbai.kernel import Money
from mingbai.ledger.models import Book, Voucher
from mingbai.organisations.rules import Actor

if TYPE_CHECKING:
    from mingbai.ledger.services.writing import Draft

PRICE = ""


@dataclass(frozen=True)
class ContractLink:
    """What a voucher is paid on: the contract's number, its price or what of its deposit (`part`), which installment.

    `basis`: the decision by which a deposit is kept. `most`: what may be paid in all where a case agreed on more.
    """

    number: str
    part: str = PRICE
    due_on: date | None = None
    basis: str = ""
    most: Money | None = None


@dataclass(frozen=True)
class Linked:
    """A voucher that is being posted. `change` is what it does to the village's money, in fen; `corrects` the voucher
    that it takes back."""

    village: str
    number: str
    link: ContractLink | None
    corrects: str | None
    amount: Money
    change: int
    party: str
    on: date
    by: Actor
    office: str
    at: datetime


_hearers: list[Callable[[Linked], None]] = []


def hear_vouchers(hearer: Callable[[Linked], None]) -> None:
    """Let `hearer` hear of every voucher that is for a contract or takes another back; what it refuses is not posted."""
    if hearer not in _hearers:
        _hearers.append(hearer)


def tell(book: Book, draft: Draft, row: Voucher, number: str, by: Actor, office: str, at: datetime) -> None:
    """Tell who listens, before the voucher is recorded, under the lock of the book.

    Raises:
        Refused: what the register of contracts refuses.
        RuntimeError: a voucher for a contract that nobody would hear of.
    """
    if draft.link is None and draft.corrects is None:
        return
    if draft.link is not None and not _hearers:
        raise RuntimeError("nobody keeps the contracts that this voucher is for")
    said = Linked(
        village=book.village, number=number, link=draft.link, corrects=draft.corrects, amount=draft.amount,
        change=row.income_fen - row.expense_fen, party=draft.party, on=draft.occurred_on, by=by, office=office, at=at,
    )  # fmt: skip
    for hearer in _hearers:
        hearer(said)
