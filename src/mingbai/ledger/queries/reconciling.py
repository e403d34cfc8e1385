"""Whether a village's book agrees with itself and with its bank: 银行存款余额调节表, and every break."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Sum

from mingbai.kernel import Money, Refused
from mingbai.ledger import queries
from mingbai.ledger.models import BankLine, BreakRow, LineRow, Voucher
from mingbai.ledger.rules import Span, period_of
from mingbai.ledger.rules.reconciling import Break, Item, Pairing, overdue, pair

NO_SUCH_DAYS = 366
"""Within so many days a line of the same amount is taken for the same, when the district sets no other."""


@dataclass(frozen=True)
class Reconciliation:
    """Bank account of the book against the bank, in fen; `bank_fen` is None without a statement."""

    village: str
    opening_fen: int
    count: int
    lines_fen: int
    closing_fen: int
    bank_fen: int | None
    pairing: Pairing
    breaks: tuple[Break, ...]

    @property
    def ok(self) -> bool:
        return not self.breaks

    @property
    def adjusted(self) -> tuple[int, int | None]:
        """What the book and the bank come to when everything on its way has arrived."""
        book = self.closing_fen + sum(one.fen for one in self.pairing.bank_only)
        ours = sum(one.fen for one in self.pairing.book_only)
        return book, None if self.bank_fen is None else self.bank_fen + ours

    def as_json(self) -> dict[str, Any]:
        """The answer of the command: no party and no bank account number is in it."""
        return {
            "ok": self.ok,
            "village": self.village,
            "opening_fen": self.opening_fen,
            "lines": self.count,
            "lines_fen": self.lines_fen,
            "closing_fen": self.closing_fen,
            "bank_fen": self.bank_fen,
            "in_books_not_in_bank": [_listed(one) for one in self.pairing.book_only],
            "in_bank_not_in_books": [_listed(one) for one in self.pairing.bank_only],
            "breaks": [{"key": one.key, "fen": one.fen, "message": one.words} for one in self.breaks],
        }

    def told(self) -> list[str]:
        """The same in Chinese sentences."""
        bank = "没有对账单" if self.bank_fen is None else f"{Money(self.bank_fen).yuan()}元"
        return [
            f"银行存款：期初{Money(self.opening_fen).yuan()}元，{self.count}笔共{Money(self.lines_fen).yuan()}元，"
            f"期末{Money(self.closing_fen).yuan()}元；银行{bank}。",
            f"账上有、银行没有{len(self.pairing.book_only)}笔，银行有、账上没有{len(self.pairing.bank_only)}笔。",
            *(one.words for one in self.breaks),
            "对得上。" if self.ok else f"有{len(self.breaks)}处对不上。",
        ]


def reconcile(village: str, span: Span | None, today: date) -> Reconciliation:
    """Check opening + lines = closing = bank, through a period or through today.

    Raises `Refused` when the village has no book.
    """
    book = queries.book(village)
    if book is None:
        raise Refused("本村还没有建账", remedy="请先录入期初余额建账")
    chart = queries.newest_chart(village)
    first = span.first if span else period_of(book.opened_on)
    last = span.last if span else period_of(today)
    opening, closing = _before(village, chart.bank, first), _stand(village, chart.bank, last)
    rows = LineRow.objects.filter(book_id=village, account=chart.bank, month__gte=first, month__lte=last)
    rows = rows.exclude(voucher__kind=Voucher.Kind.OPENING)
    sums = rows.aggregate(d=Sum("debit_fen"), c=Sum("credit_fen"))
    moved = (sums["d"] or 0) - (sums["c"] or 0)
    end = min(today, _last_day(last))
    bank = list(BankLine.objects.filter(book_id=village, day__lte=end).order_by("account", "day", "id"))
    pairing = _pairing(village, chart.bank, last, bank, chart.open_days or NO_SUCH_DAYS)
    found = Reconciliation(village, opening, rows.count(), moved, closing, _bank_fen(bank), pairing, ())
    breaks = (*_own_breaks(found), *_chain_breaks(bank), *overdue(pairing, end, chart.open_days))
    return Reconciliation(village, opening, found.count, moved, closing, found.bank_fen, pairing, breaks)


def standing_breaks(village: str) -> dict[str, Break]:
    """The breaks that were said in public and are not mended, by key, as they were said; one short query."""
    told = {row.key: row for row in BreakRow.objects.filter(book_id=village).order_by("id")}
    return {key: Break(key, row.amount_fen, row.words) for key, row in told.items() if row.found}


def _own_breaks(found: Reconciliation) -> tuple[Break, ...]:
    breaks = []
    off = found.opening_fen + found.lines_fen - found.closing_fen
    if off:
        breaks.append(Break("sum", off, f"期初加本期发生和期末差{Money(off).yuan()}元"))
    book, bank = found.adjusted
    if bank is not None and book != bank:
        breaks.append(Break("balance", book - bank, f"调节后账面和银行余额相差{Money(book - bank).yuan()}元"))
    return tuple(breaks)


def _chain_breaks(bank: list[BankLine]) -> tuple[Break, ...]:
    """Where a bank's balances do not follow from its amounts: a line or a statement is missing."""
    return tuple(
        Break(f"chain:{row.pk}", row.amount_fen, f"银行对账单在{row.day.isoformat()}以前缺行")
        for rows in _by_account(bank)
        for row in _starts(rows)[1:]
    )


def _starts(rows: list[BankLine]) -> list[BankLine]:
    """The lines whose balance before is no other line's balance after: one, the first, when none is missing.

    The order within a day does not matter: a statement handed in later may fill it up.
    """
    open_ = Counter(row.balance_fen - row.amount_fen for row in rows)
    open_ -= Counter(row.balance_fen for row in rows)
    starts = []
    for row in rows:
        before = row.balance_fen - row.amount_fen
        if open_[before] > 0:
            open_[before] -= 1
            starts.append(row)
    return starts


def _bank_fen(bank: list[BankLine]) -> int | None:
    """What the bank says there is, all accounts of the village together."""
    return sum(_end(rows) for rows in _by_account(bank)) if bank else None


def _end(rows: list[BankLine]) -> int:
    """An account's last balance: what it began with and all that moved, when no line is missing."""
    starts = _starts(rows)
    if len(starts) != 1:
        return rows[-1].balance_fen
    return starts[0].balance_fen - starts[0].amount_fen + sum(row.amount_fen for row in rows)


def _by_account(bank: list[BankLine]) -> list[list[BankLine]]:
    return [list(rows) for _, rows in groupby(bank, key=lambda row: row.account)]


def _pairing(village: str, account: str, last: str, bank: list[BankLine], within: int) -> Pairing:
    """Book against bank from the month of the first statement on.

    What the bank did in that month may belong to vouchers of just before it; those that nothing at the bank
    answers had arrived before, and are in the opening of both.
    """
    if not bank:
        return Pairing((), ())
    start = min(row.day for row in bank).replace(day=1)
    ours = _book_items(village, account, last, start - timedelta(days=within))
    theirs = [Item(str(row.pk), row.day, row.amount_fen, row.summary) for row in bank]
    found = pair((one for one in ours if one.day >= start), theirs, within)
    earlier = pair((one for one in ours if one.day < start), found.bank_only, within)
    return Pairing(found.book_only, earlier.bank_only)


def _book_items(village: str, account: str, last: str, since: date) -> list[Item]:
    """What each voucher did to the account, from a day on; the opening balance did nothing."""
    rows = LineRow.objects.filter(
        book_id=village, account=account, month__lte=last, voucher__occurred_on__gte=since
    ).exclude(voucher__kind=Voucher.Kind.OPENING)
    sums: dict[str, Item] = {}
    for row in rows.select_related("voucher").order_by("id"):
        one = row.voucher
        fen = (sums[one.pk].fen if one.pk in sums else 0) + row.debit_fen - row.credit_fen
        sums[one.pk] = Item(one.pk, one.occurred_on, fen, one.summary, one.corrects_id or "")
    return [one for one in sums.values() if one.fen]


def _stand(village: str, account: str, through: str) -> int:
    lines = queries.trial_balance(village, through).lines
    return sum(line.debit.fen - line.credit.fen for line in lines if line.account.code == account)


def _before(village: str, account: str, first: str) -> int:
    """What an account stood at before a month: the month's own sums taken off what stood after it."""
    year, month = (int(part) for part in first.split("-"))
    return _stand(village, account, f"{year}-{month - 1:02d}" if month > 1 else f"{year - 1}-13")


def _last_day(month: str) -> date:
    year, number = (int(part) for part in month.split("-"))
    return date(year, number, monthrange(year, number)[1])


def _listed(one: Item) -> dict[str, Any]:
    return {"day": one.day.isoformat(), "fen": one.fen, "summary": one.words}
