"""Quotes: when one comes too late, which of them count, who wins. Pure.

Source: 招标投标法 第28条 (late ones are refused; fewer than three: again), 第29条 (taken back before the deadline),
第34条、第36条 (opened at the deadline, in public), 政府采购法 第40条 (of equal ones the lowest price), by reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mingbai.kernel import Citation, Confidence, Refused
from mingbai.procurement.rules.suppliers import Firm, related_to

LATE = Citation("bidding", "第28条", Confidence.likely)
BACK = Citation("bidding", "第29条", Confidence.likely)
IN_PUBLIC = Citation("bidding", "第36条", Confidence.likely)
LOWEST = Citation("gov-procurement", "第40条", Confidence.likely)
ENOUGH = 3
OPENERS = 2


@dataclass(frozen=True)
class Said:
    """What was in one quote: its order, the supplier, the price in fen (None: unreadable) and a fault found before."""

    order: int
    firm: Firm
    fen: int | None
    fault: str = ""


def refuse_late(at: datetime, deadline: datetime) -> None:
    """Refuse what comes after the deadline; the instant itself is still in time (招标投标法 第28条)."""
    if at > deadline:
        raise Refused("报价截止时间已经过了，不收", basis=LATE, remedy="等下一次询价")


def refuse_early(at: datetime, deadline: datetime) -> None:
    """Refuse an opening before the deadline (招标投标法 第34条)."""
    if at < deadline:
        raise Refused("还没有到截止时间，不能拆封", basis=IN_PUBLIC, remedy="到截止时间两个人一起拆封")


def faults(said: Iterable[Said], declared: Mapping[frozenset[str], str]) -> dict[int, str]:
    """Why each quote that does not count does not, by order. All quotes of related suppliers are void.

    Source: 招标投标法实施条例 第34条第3款.
    """
    quotes = list(said)
    found: dict[int, str] = {}
    for one in quotes:
        if one.fault or one.fen is None:
            found[one.order] = one.fault or "打不开"
            continue
        with_whom = related_to(
            one.firm, (other.firm for other in quotes if other.order != one.order), declared
        )
        if with_whom:
            found[one.order] = f"与{with_whom[0].name}是关联供应商（{with_whom[1]}），两份只能算一家，都无效"
    return found


def winner(valid: Iterable[tuple[int, int]]) -> int | None:
    """The order of the quote that wins, of (order, fen): the lowest price; of equal ones the earlier."""
    found = sorted((fen, order) for order, fen in valid)
    return found[0][1] if found else None


def refuse_few(valid: int) -> None:
    """R04: refuse an award on fewer than three valid quotes.

    Raises:
        Refused: ask again, 招标投标法 第28条.
    """
    if valid < ENOUGH:
        raise Refused(
            f"有效报价只有{valid}家，不足{ENOUGH}家，不能成交", basis=LATE, remedy="结束这一次，重新询价"
        )
