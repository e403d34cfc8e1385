"""Cash and bank journals (现金日记账、银行存款日记账) and the vouchers of a month, a page at a time.

A page begins after a key, never at an offset; what it costs grows with its own month alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from mingbai.ledger import queries
from mingbai.ledger.models import LineRow, MonthBalance, Voucher
from mingbai.ledger.queries import VoucherView, voucher_id

A_PAGE = 100
_NEWEST_LINES = 300


@dataclass(frozen=True)
class JournalLine:
    """One line of a journal, in fen; `balance` is what the account held after it."""

    key: int
    number: str
    occurred_on: date
    summary: str
    party: str
    came: int
    went: int
    balance: int


@dataclass(frozen=True)
class JournalPage:
    """A page of a month's journal, in fen. `opening` and `closing` are the month's; `following` is 0 at its end."""

    opening: int
    brought: int
    lines: tuple[JournalLine, ...]
    closing: int
    following: int


def journal_page(village: str, account: str, month: str, after: int = 0, limit: int = A_PAGE) -> JournalPage:
    """The lines of an account in a month after a line's key, each with the balance after it."""
    rows = LineRow.objects.filter(book_id=village, account=account, month=month, voucher__serial__gt=0)
    closing = _closing(village, account, month)
    moved = MonthBalance.objects.filter(book_id=village, account=account, month=month).first()
    opening = closing - (moved.debit_fen - moved.credit_fen if moved else 0)
    brought = opening + _net(rows.filter(pk__lte=after).aggregate(d=Sum("debit_fen"), c=Sum("credit_fen")))
    found = list(rows.filter(pk__gt=after).select_related("voucher").order_by("pk")[: limit + 1])
    lines, balance = [], brought
    for row in found[:limit]:
        balance += row.debit_fen - row.credit_fen
        lines.append(_line(row, balance))
    return JournalPage(opening, brought, tuple(lines), closing, lines[-1].key if len(found) > limit else 0)


def vouchers_page(
    village: str, month: str, after: int = 0, limit: int = A_PAGE
) -> tuple[tuple[VoucherView, ...], int]:
    """The vouchers of a month after a serial number, and the serial after which more follow, or 0."""
    rows = Voucher.objects.filter(book_id=village, month=month, serial__gt=after).order_by("serial")
    found = list(rows.prefetch_related("lines", "papers")[: limit + 1])
    page = tuple(queries.voucher_view(row) for row in found[:limit])
    return page, found[limit - 1].serial if len(found) > limit else 0


def months(village: str) -> tuple[str, ...]:
    """The months in which anything moved, newest first."""
    rows = MonthBalance.objects.filter(book_id=village, month__gt="", month__regex=r"-(0[1-9]|1[0-2])$")
    return tuple(rows.values_list("month", flat=True).distinct().order_by("-month"))


def recent_parties(village: str) -> tuple[str, ...]:
    """Whom the newest lines of a village's book concern, the newest first, each once; at most as many as lines are read."""
    newest = (
        LineRow.objects.filter(book_id=village)
        .order_by("-id")
        .values_list("party", flat=True)[:_NEWEST_LINES]
    )
    return tuple(dict.fromkeys(one for one in newest if one))


def _line(row: LineRow, balance: int) -> JournalLine:
    voucher = row.voucher
    return JournalLine(
        key=row.pk,
        number=voucher.pk.split("/", 1)[1],
        occurred_on=voucher.occurred_on,
        summary=row.summary or voucher.summary,
        party=row.party or voucher.party,
        came=row.debit_fen,
        went=row.credit_fen,
        balance=balance,
    )


def _net(sums: dict[str, int | None]) -> int:
    return (sums["d"] or 0) - (sums["c"] or 0)


def _closing(village: str, account: str, month: str) -> int:
    lines = queries.trial_balance(village, month).lines
    return sum(line.debit.fen - line.credit.fen for line in lines if line.account.code == account)


def contra_of(village: str, number: str) -> str:
    """The number of the contra-voucher that took a voucher back; empty when none did."""
    rows = Voucher.objects.filter(corrects_id=voucher_id(village, number))
    return next((key.split("/", 1)[1] for key in rows.values_list("id", flat=True)), "")
