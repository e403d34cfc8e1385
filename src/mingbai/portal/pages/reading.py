"""Small readings of publications that several pages share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mingbai.disclosure.queries import Publication
from mingbai.kernel import Money, Refused

PAID, SIGNED, MET = "ledger.voucher_posted", "register.contract_signed", "meeting.resolved"
ADDED = "ledger.paper_attached"
_PRICES = ("合同价款", "合同价", "中标价", "成交价", "金额", "预算")
_SERIAL = re.compile(r"(.*?)(\d+)\Z")


def shown(publication: Publication, label: str) -> str:
    """The value of a published field by its label; empty when absent or withheld."""
    return next((f.value or "" for f in publication.fields if f.label == label), "")


def money_of(publication: Publication, label: str) -> Money | None:
    """A published sum by its label."""
    text = shown(publication, label).removesuffix("元").strip()
    try:
        return Money.parse(text) if text else None
    except Refused:
        return None


def price(publications: Sequence[Publication]) -> tuple[str, Money] | None:
    """What a case is about in money: the contract's price, else the winning one, else the budget; with its name."""
    for label in _PRICES:
        for publication in reversed(publications):
            found = money_of(publication, label)
            if found is not None and found.fen:
                return label, found
    return None


def contractor(publications: Sequence[Publication]) -> str:
    """Who does the work, the newest word of it first."""
    return _newest(publications, ("合同对方", "承做方", "中标方", "成交方", "供货方"))


def payee(publications: Sequence[Publication]) -> str:
    """To whom money goes or went."""
    return _newest(publications, ("收款方", "付给谁"))


def _newest(publications: Sequence[Publication], labels: Sequence[str]) -> str:
    values = (shown(one, label) for one in reversed(publications) for label in labels)
    return next((value for value in values if value), "")


def paid(publications: Iterable[Publication]) -> Money:
    """What was paid out by the vouchers among these, a reversal taken off again."""
    total = 0
    for publication in publications:
        amount = int(publication.data.get("amount_fen") or 0) if publication.kind == PAID else 0
        if publication.data.get("direction") == "out":
            total += amount
        elif publication.data.get("corrects"):
            total -= amount
    return Money(total)


def numbering(numbers: Sequence[str]) -> tuple[str, str, tuple[str, ...]] | None:
    """First, last and missing numbers of a gap-free run such as 2026-09-记-1 …; None without any."""
    found = [match for match in map(_SERIAL.match, numbers) if match]
    if not found:
        return None
    prefix = found[0][1]
    serials = {int(match[2]) for match in found}
    missing = tuple(short(f"{prefix}{n}") for n in range(1, max(serials) + 1) if n not in serials)
    return short(f"{prefix}1"), short(f"{prefix}{max(serials)}"), missing


def short(number: str) -> str:
    """A voucher's number without its month: 记-5."""
    return re.sub(r"\A\d{4}-\d{2}-", "", number)
