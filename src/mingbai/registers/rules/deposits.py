"""A deposit (押金、保证金) of a contract: received, held, given back or kept by a decision. Sums are whole fen. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from mingbai.kernel import Citation, Confidence, Money, Refused

RECEIVED, RETURNED, KEPT = "deposit-in", "deposit-back", "deposit-kept"
PARTS = {RECEIVED: "收到押金、保证金", RETURNED: "退还押金、保证金", KEPT: "押金、保证金不退"}
DEPOSIT = Citation("civil-code", "第586条、第587条", Confidence.likely)
"""定金 has its rules there; what is called 押金 or 保证金 follows what the two agreed on (第509条)."""
PARTY = Citation("civil-code", "第522条、第523条", Confidence.likely)
"""Performance to or by a third person needs the parties' agreement."""


@dataclass(frozen=True)
class Deposit:
    """What became of a deposit, in fen; the village owes `held` to the party (or the party to the village)."""

    agreed: int
    received: int
    returned: int
    kept: int

    @property
    def held(self) -> int:
        """What is still held, in fen."""
        return self.received - self.returned - self.kept

    @property
    def missing(self) -> int:
        """What of the agreed deposit was not handed over yet, in fen."""
        return max(self.agreed - self.received, 0)


NO_DEPOSIT = Deposit(0, 0, 0, 0)


def deposit_of(agreed: int, moves: Iterable[tuple[str, int]]) -> Deposit:
    """The deposit after its moves, each a part and fen."""
    sums = dict.fromkeys(PARTS, 0)
    for part, fen in moves:
        sums[part] += fen
    return Deposit(agreed, sums[RECEIVED], sums[RETURNED], sums[KEPT])


def check_move(found: Deposit, part: str, amount: Money, basis: str) -> None:
    """Refuse a deposit above what was agreed, more given back or kept than is held, or kept without a decision.

    Raises:
        Refused: 民法典 第586条、第587条 (likely), and what the contract agrees on.
    """
    if part not in PARTS:
        raise Refused(
            "没有写押金是收、退还是不退", basis=DEPOSIT, remedy=f"从{'、'.join(PARTS.values())}里选"
        )
    left = found.missing if part == RECEIVED else found.held
    if amount.fen > left:
        words = "约定还没有交的押金" if part == RECEIVED else "还押着的"
        raise Refused(
            f"{amount.yuan()}元超过{words}{Money(left).yuan()}元",
            basis=DEPOSIT,
            remedy="核对合同和已经收退的押金",
        )
    if part == KEPT and not basis.strip():
        raise Refused("押金不退，没有写决定", basis=DEPOSIT, remedy="先按合同约定议决不退，写决定的编号")


def same_party(one: str, other: str) -> bool:
    """Whether two names are the same, full and half width and spaces apart."""
    return _plain(one) == _plain(other)


def check_party(name: str, party: str, letters: Iterable[str]) -> None:
    """Refuse a payer or payee who is neither the contract's party nor authorised by a paper on file.

    Raises:
        Refused: R11; 民法典 第522条、第523条 (likely).
    """
    if not any(same_party(name, one) for one in (party, *letters)):
        raise Refused(
            f"“{name[:40]}”不是合同的对方，合同上也没有登记过委托书",
            basis=PARTY,
            remedy="核对收付款方；确实由别人代收代付的，先把合同对方签字的委托书登记到合同上",
        )


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())
