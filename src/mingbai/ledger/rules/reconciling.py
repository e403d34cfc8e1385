"""Book and bank side by side: what is in both, what is on its way, and what is a break."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mingbai.kernel import Money, Refused


@dataclass(frozen=True)
class StatementLine:
    """One line of a bank statement: `amount_fen` above zero came in, below zero went out.

    `id` is the bank's own number of the line, empty when its file has none.
    """

    day: date
    amount_fen: int
    balance_fen: int
    party: str = ""
    summary: str = ""
    id: str = ""


@dataclass(frozen=True)
class Item:
    """A movement of the bank account in the book or at the bank; `undoes` names the one it takes back."""

    ref: str
    day: date
    fen: int
    words: str
    undoes: str = ""


@dataclass(frozen=True)
class Break:
    """What does not agree, under a key that stays the same while it lasts."""

    key: str
    fen: int
    words: str


@dataclass(frozen=True)
class Pairing:
    """未达账项: `book_only` is in the book and not at the bank, `bank_only` the other way round."""

    book_only: tuple[Item, ...]
    bank_only: tuple[Item, ...]


def pair(book: Iterable[Item], bank: Iterable[Item], within: int) -> Pairing:
    """Pair movements of the same amount not more than `within` days apart, the earliest first.

    A voucher and the contra-voucher that undoes it need no line of the bank: together they are nothing.
    """
    left, right = _by_amount(book), _by_amount(bank)
    book_only: list[Item] = []
    bank_only: list[Item] = []
    for fen in left.keys() | right.keys():
        lone = _lone(left.get(fen, []), right.get(fen, []), within)
        book_only += lone[0]
        bank_only += lone[1]
    return Pairing(_in_order(_without_undone(book_only)), _in_order(bank_only))


def check_chain(lines: Sequence[StatementLine]) -> None:
    """Raises `Refused` when a statement's own balances do not follow from its amounts."""
    for at, (before, line) in enumerate(itertools.pairwise(lines), start=2):
        if before.balance_fen + line.amount_fen != line.balance_fen:
            raise Refused(
                f"对账单第{at}行的余额{Money(line.balance_fen).yuan()}元，和上一行余额加减本行金额不符",
                remedy="请核对是否漏了行、行的顺序是否按发生先后",
            )


def overdue(pairing: Pairing, today: date, days: int | None) -> tuple[Break, ...]:
    """The lines that have been on their way for more than `days`: breaks, no longer 未达账项."""
    if days is None:
        return ()
    sides = (("book", "账上有、银行没有", pairing.book_only), ("bank", "银行有、账上没有", pairing.bank_only))
    return tuple(
        Break(
            f"{side}:{one.ref}", one.fen, f"{one.day.isoformat()}{_moved(one.fen)}，{words}，已超过{days}天"
        )
        for side, words, items in sides
        for one in items
        if (today - one.day).days > days
    )


def _moved(fen: int) -> str:
    return f"{'收' if fen > 0 else '付'}{Money(abs(fen)).yuan()}元"


def _by_amount(items: Iterable[Item]) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = defaultdict(list)
    for one in items:
        found[one.fen].append(one)
    return found


def _lone(book: list[Item], bank: list[Item], within: int) -> tuple[list[Item], list[Item]]:
    """Those of one amount that find no partner."""
    ours, theirs = list(_in_order(book)), list(_in_order(bank))
    lone: tuple[list[Item], list[Item]] = ([], [])
    while ours and theirs:
        apart = (ours[0].day - theirs[0].day).days
        if abs(apart) <= within:
            ours.pop(0), theirs.pop(0)
        elif apart < 0:
            lone[0].append(ours.pop(0))
        else:
            lone[1].append(theirs.pop(0))
    return lone[0] + ours, lone[1] + theirs


def _without_undone(items: list[Item]) -> list[Item]:
    refs = {one.ref for one in items}
    undone = {ref for one in items if one.undoes in refs for ref in (one.ref, one.undoes)}
    return [one for one in items if one.ref not in undone]


def _in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda one: (one.day, one.ref)))
