"""What others may ask of a book: balances, vouchers, trial balance, closings. Every figure is derived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import F, Sum

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.kernel import Money, Refused
from mingbai.ledger.events import PeriodClosed
from mingbai.ledger.models import Balance, Book, Closing, LineRow, MonthBalance, SubAccount, Voucher
from mingbai.ledger.rules import (
    ACCOUNTS_FILE,
    AT_OPENING,
    Chart,
    Line,
    TrialLine,
    closing_month,
    read_chart,
    trial_line,
)


@dataclass(frozen=True)
class BookView:
    """One village's book; `closed_through` is the last closed month or empty."""

    village: str
    opened_on: date
    closed_through: str


@dataclass(frozen=True)
class VoucherView:
    """One voucher with its lines and the digests of its papers; no bank account number leaves the ledger."""

    number: str
    kind: str
    month: str
    occurred_on: date
    summary: str
    case: str
    decision: str
    party: str
    method: str
    amount: Money
    income: Money
    expense: Money
    balance: Money
    corrects: str | None
    lines: tuple[Line, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True)
class TrialBalance:
    """All accounts that moved, and the two sums, which are equal."""

    lines: tuple[TrialLine, ...]
    debit: Money
    credit: Money

    @property
    def balanced(self) -> bool:
        return self.debit == self.credit


@lru_cache(maxsize=16)
def _read(text: str) -> Chart:
    """Keyed by the text itself, so that no edition can be answered with another's accounts."""
    return read_chart(text)


def chart(on: date) -> Chart:
    """The chart of accounts in force on a day. Raises `Refused` when the district has none."""
    return chart_of(catalogue.current(on))


def chart_of(edition: Edition) -> Chart:
    """The chart of accounts of an edition. Raises `Refused` when it has none."""
    text = edition.files.get(ACCOUNTS_FILE)
    if text is None:
        raise Refused("本版清单没有会计科目文件", remedy="请由区级补充会计科目后再记账")
    return _read(text)


def book(village: str) -> BookView | None:
    """A village's book, or None before it is opened."""
    row = Book.objects.filter(village=village).first()
    return BookView(row.village, row.opened_on, row.closed_through) if row else None


def money_left(village: str) -> Money:
    """All cash and bank money of a village now."""
    return liquid_sum(Balance.objects.filter(book_id=village, liquid=True))


def liquid_sum(rows: Sequence[Balance]) -> Money:
    """Cash and bank money of balance rows already read."""
    return Money(sum(row.debit_fen - row.credit_fen for row in rows if row.liquid))


def vouchers(village: str, month: str) -> tuple[VoucherView, ...]:
    """The vouchers of a month in the order of their numbers, at three queries whatever their count."""
    rows = Voucher.objects.filter(book_id=village, month=month).prefetch_related("lines", "papers")
    return tuple(voucher_view(row) for row in rows.order_by("serial"))


def voucher(village: str, number: str) -> VoucherView:
    """One voucher. Raises `Refused` when the book has none of that number."""
    row = Voucher.objects.filter(id=voucher_id(village, number)).first()
    if row is None:
        raise Refused(f"账簿中没有凭证“{number}”", remedy="请核对凭证号")
    return voucher_view(row)


def is_corrected(village: str, number: str) -> bool:
    """Whether a later voucher reverses this one."""
    return Voucher.objects.filter(corrects=voucher_id(village, number)).exists()


def vouchers_of(case: str) -> tuple[VoucherView, ...]:
    """The vouchers of a case, oldest first."""
    rows = Voucher.objects.filter(case=case).order_by("recorded_at", "id")
    return tuple(voucher_view(row) for row in rows)


def trial_balance(village: str, through: str | None = None) -> TrialBalance:
    """Debits and credits by account through a month (default: all), the closing of its year not yet counted.

    All that moved since is taken off what stands now: earlier months, however many, are never read again.
    """
    moved = {row.account: (row.debit_fen, row.credit_fen) for row in Balance.objects.filter(book_id=village)}
    if through is not None:
        later = MonthBalance.objects.filter(book_id=village, month__gt=through)
        for row in (
            later.values("account").order_by("account").annotate(d=Sum("debit_fen"), c=Sum("credit_fen"))
        ):
            debit, credit = moved[row["account"]]
            moved[row["account"]] = (debit - row["d"], credit - row["c"])
    found = {code: pair for code, pair in sorted(moved.items()) if pair != (0, 0)}
    if not found:
        return TrialBalance((), Money(0), Money(0))
    accounts = chart(newest_day(village))
    lines = tuple(trial_line(accounts.account(code), Money(d), Money(c)) for code, (d, c) in found.items())
    return TrialBalance(
        lines, Money(sum(line.debit.fen for line in lines)), Money(sum(line.credit.fen for line in lines))
    )


@dataclass(frozen=True)
class SubAccountView:
    """A village's own account below one of the chart, from a day on."""

    code: str
    name: str
    since: date


def subaccounts(village: str, account: str = "") -> tuple[SubAccountView, ...]:
    """A village's sub-accounts, of one account or all, each by its latest name."""
    rows = SubAccount.objects.filter(book_id=village, code__startswith=account).order_by("code", "since")
    return tuple({row.code: SubAccountView(row.code, row.name, row.since) for row in rows}.values())


def opening_balances(village: str) -> dict[str, int]:
    """Debits less credits in fen by account, as the book was opened; accounts that stood at nothing are left out."""
    rows = MonthBalance.objects.filter(book_id=village, month=AT_OPENING).order_by("account")
    return {row.account: fen for row in rows if (fen := row.debit_fen - row.credit_fen)}


def closings(village: str) -> tuple[PeriodClosed, ...]:
    """The closed months of a village, oldest first."""
    return tuple(as_closing(row) for row in Closing.objects.filter(book_id=village).order_by("month"))


def check_book(village: str) -> tuple[str, ...]:
    """What is wrong with a book, in Chinese sentences; empty when it is sound.

    Looks at numbers (gap-free from 1 each month), each voucher's lines, the running balances against the
    lines, and every closing against its vouchers.
    """
    found: list[str] = []
    serials: dict[str, list[int]] = {}
    numbered = Voucher.objects.filter(book_id=village, serial__gt=0).order_by("month", "serial")
    for month, serial in numbered.values_list("month", "serial"):
        serials.setdefault(month, []).append(serial)
    found += [f"{m}凭证号不连续" for m, taken in serials.items() if taken != list(range(1, len(taken) + 1))]
    rows = LineRow.objects.filter(book_id=village).order_by("voucher")
    sums = rows.values("voucher").annotate(d=Sum("debit_fen"), c=Sum("credit_fen"))
    found += [f"凭证{row['voucher']}借贷不平" for row in sums if row["d"] != row["c"]]
    kept = {b.account: (b.debit_fen, b.credit_fen) for b in Balance.objects.filter(book_id=village)}
    derived = {
        row["account"]: (row["d"], row["c"])
        for row in LineRow.objects.filter(book_id=village)
        .values("account")
        .annotate(d=Sum("debit_fen"), c=Sum("credit_fen"))
    }
    for account in sorted(kept.keys() | derived.keys()):
        if kept.get(account, (0, 0)) != derived.get(account, (0, 0)):
            found.append(f"科目{account}的余额与分录合计不符")
    return tuple(found) + _check_months(village) + _check_closings(village)


def _check_months(village: str) -> tuple[str, ...]:
    """The balances by month against the lines themselves."""
    rows = LineRow.objects.filter(book_id=village).order_by("month", "account")
    sums = rows.values("month", "account", kind=F("voucher__kind")).annotate(
        d=Sum("debit_fen"), c=Sum("credit_fen")
    )
    derived: dict[tuple[str, str], tuple[int, int]] = {}
    for row in sums:
        key = (_counted(row["kind"], row["month"]), row["account"])
        debit, credit = derived.get(key, (0, 0))
        derived[key] = (debit + row["d"], credit + row["c"])
    kept = {
        (row.month, row.account): (row.debit_fen, row.credit_fen)
        for row in MonthBalance.objects.filter(book_id=village)
    }
    wrong = sorted(key for key in derived.keys() | kept.keys() if derived.get(key) != kept.get(key))
    return tuple(f"{month or '期初'}科目{account}的月度发生额与分录合计不符" for month, account in wrong)


def _counted(kind: str, month: str) -> str:
    if kind == Voucher.Kind.OPENING:
        return AT_OPENING
    return closing_month(int(month[:4])) if kind == Voucher.Kind.YEAREND else month


def _check_closings(village: str) -> tuple[str, ...]:
    found = []
    for row in Closing.objects.filter(book_id=village).order_by("month"):
        rows = Voucher.objects.filter(book_id=village, month=row.month, serial__gt=0)
        sums = rows.aggregate(i=Sum("income_fen"), e=Sum("expense_fen"))
        got = (rows.count(), sums["i"] or 0, sums["e"] or 0)
        if got != (row.count, row.income_fen, row.expense_fen):
            found.append(f"{row.month}结账数与凭证不符")
    return tuple(found)


def as_closing(row: Closing) -> PeriodClosed:
    """The frozen face of a closing."""
    return PeriodClosed(
        village=row.book_id,
        month=row.month,
        count=row.count,
        opening=Money(row.opening_fen),
        income=Money(row.income_fen),
        expense=Money(row.expense_fen),
        closing=Money(row.closing_fen),
    )


def voucher_id(village: str, number: str) -> str:
    """The key of a voucher: its village and its number."""
    return f"{village}/{number}"


def as_line(row: LineRow) -> Line:
    """The pure face of a line."""
    return Line(row.account, Money(row.debit_fen), Money(row.credit_fen), row.sub, row.summary, row.party)


def newest_chart(village: str) -> Chart:
    """The chart of accounts in force on the day of a village's newest voucher."""
    return chart(newest_day(village))


def newest_day(village: str) -> date:
    """The day of a village's newest voucher; the last of all days before there is one."""
    newest = Voucher.objects.filter(book_id=village).order_by("-month", "-serial").first()
    return newest.occurred_on if newest else date.max


def voucher_view(row: Voucher) -> VoucherView:
    """The frozen face of a voucher."""
    return VoucherView(
        number=row.id.split("/", 1)[1],
        kind=row.kind,
        month=row.month,
        occurred_on=row.occurred_on,
        summary=row.summary,
        case=row.case,
        decision=row.decision,
        party=row.party,
        method=row.method,
        amount=Money(row.amount_fen),
        income=Money(row.income_fen),
        expense=Money(row.expense_fen),
        balance=Money(row.balance_fen),
        corrects=row.corrects_id.split("/", 1)[1] if row.corrects_id else None,
        lines=tuple(as_line(x) for x in sorted(row.lines.all(), key=lambda x: x.pk)),
        papers=tuple(sorted(p.digest for p in row.papers.all())),
    )
