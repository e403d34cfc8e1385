"""Cash today and what is undeposited, advances with ageing, accounts, instruction files. Every figure is derived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import F, Q, Sum

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.kernel import Money
from mingbai.ledger import queries
from mingbai.ledger.models import (
    Advance,
    Balance,
    BankAccount,
    Book,
    CashIncome,
    LineRow,
    PayeeAccount,
    Voucher,
)
from mingbai.ledger.rules.handling import CASH_FILE, NO_RULES, Handling, looks_private, read_handling
from mingbai.organisations import queries as organisations

A_PAGE = 100


@lru_cache(maxsize=16)
def _read(text: str) -> Handling:
    return read_handling(text)


def handling(on: date) -> Handling:
    """The rules of handling money in force on a day; an edition without them binds nothing."""
    return _of(catalogue.current(on))


def _of(edition: Edition) -> Handling:
    text = edition.files.get(CASH_FILE)
    return _read(text) if text else NO_RULES


def petty_limit(on: date) -> Money | None:
    """What one petty cash fund may hold on a day; None when the district has set nothing."""
    found = catalogue.parameter_values(catalogue.current(on), on).get(handling(on).petty_parameter)
    return None if found is None else Money(found)


@dataclass(frozen=True)
class Income:
    """Cash that came in and still lies there: by which voucher, since when, how much of it, and whether too long."""

    number: str
    day: date
    summary: str
    left: Money
    late_days: int


@dataclass(frozen=True)
class CashToday:
    """The cash of a village now, beside the limit of the day; `assumed` when the limit is not confirmed law.

    `rules` are the day's, so that a page reads them once.
    """

    cash: Money
    limit: Money | None
    assumed: bool
    unbanked: Money
    incomes: tuple[Income, ...]
    rules: Handling

    @property
    def over(self) -> Money:
        """How much lies above the limit (R39)."""
        return Money(max(0, self.cash.fen - self.limit.fen)) if self.limit else Money(0)


def cash_in_hand(village: str, cash: str) -> Money:
    """What an account of cash holds now."""
    row = Balance.objects.filter(book_id=village, account=cash).first()
    return Money(row.debit_fen - row.credit_fen if row else 0)


def unbanked(village: str) -> Money:
    """The cash income that was not taken to the bank."""
    rows = CashIncome.objects.filter(book_id=village, left_fen__gt=0)
    return Money(rows.aggregate(left=Sum("left_fen"))["left"] or 0)


def cash_today(village: str, today: date) -> CashToday | None:
    """Cash in hand against the limit, and the income that lies undeposited, the oldest first (R39, R41).

    None when the village has no book.
    """
    edition = catalogue.current(today)
    chart, rules = queries.chart_of(edition), _of(edition)
    held = Sum(
        F("balances__debit_fen") - F("balances__credit_fen"),
        filter=Q(balances__account=chart.cash),
        default=0,
    )
    book = Book.objects.filter(village=village).annotate(cash=held).first()
    if book is None:
        return None
    limit, rule = rules.cash_limit(village, today), rules.deposit_rule(today)
    rows = CashIncome.objects.filter(book_id=village, left_fen__gt=0).select_related("voucher")
    late = rule.days if rule else 3650
    incomes = tuple(_income(row, (today - row.day).days - late) for row in rows.order_by("day", "id"))
    return CashToday(
        cash=Money(book.cash),
        limit=limit.limit if limit else None,
        assumed=limit is not None and limit.citation.confidence == "assumed",
        unbanked=Money.total(one.left for one in incomes),
        incomes=incomes[:A_PAGE],
        rules=rules,
    )


def _income(row: CashIncome, late: int) -> Income:
    number = row.voucher_id.split("/", 1)[1]
    return Income(number, row.day, row.voucher.summary, Money(row.left_fen), max(0, late))


@dataclass(frozen=True)
class AdvanceView:
    """An advance or a petty cash fund that is not settled."""

    number: str
    kind: str
    title: str
    purpose: str
    who: str
    name: str
    issued_on: date
    due_on: date
    amount: Money
    left: Money
    age: int
    late_days: int
    case: str
    voucher: str


def advances(
    village: str, today: date, kind: str = "", after: str = "", rules: Handling | None = None
) -> tuple[AdvanceView, ...]:
    """What is not settled, the longest due first, a page after a number; `kind` advance or petty, or both."""
    rows = Advance.objects.filter(book_id=village, left_fen__gt=0)
    if kind:
        rows = rows.filter(kind=kind)
    if after:
        last = Advance.objects.filter(number=after, book_id=village).first()
        if last:
            rows = rows.filter(due_on__gt=last.due_on) | rows.filter(due_on=last.due_on, number__gt=after)
    rules = rules or handling(today)
    return tuple(as_advance(row, today, rules) for row in rows.order_by("due_on", "number")[:A_PAGE])


def advance(village: str, number: str, today: date) -> AdvanceView | None:
    """One advance of a village, settled or not."""
    row = Advance.objects.filter(book_id=village, number=number).first()
    return as_advance(row, today, handling(today)) if row else None


def as_advance(row: Advance, today: date, rules: Handling) -> AdvanceView:
    """The frozen face of an advance."""
    titles = {one.id: one.title for one in rules.advances}
    return AdvanceView(
        number=row.number, kind=row.kind, title=titles.get(row.use, "备用金"), purpose=row.purpose, who=row.who,
        name=row.name, issued_on=row.issued_on, due_on=row.due_on, amount=Money(row.fen),
        left=Money(row.left_fen), age=(today - row.issued_on).days,
        late_days=max(0, (today - row.due_on).days) if row.left_fen else 0, case=row.case,
        voucher=row.voucher_id.split("/", 1)[1],
    )  # fmt: skip


def is_manager(village: str, who: str, on: date) -> bool:
    """Whether a person holds an office that may not borrow from the collective (R46)."""
    held = organisations.holders_over(village, on)
    return any(one.id == who and office in handling(on).managers for one, office in held)


@dataclass(frozen=True)
class ManagerDebt:
    """A manager's name on the village's receivables, and what stands there (R46)."""

    name: str
    account: str
    left: Money


def manager_debts(village: str, today: date) -> tuple[ManagerDebt, ...]:
    """What managers owe the collective by its receivables, advances of official business apart (R46, to look at).

    Names on the lines decide; a namesake is told apart by who looks.
    """
    rules = handling(today)
    held = organisations.holders_over(village, today)
    names = {one.name for one, office in held if office in rules.managers}
    rows = LineRow.objects.filter(book_id=village, account__in=("112", rules.account), party__in=names)
    sums = rows.values("party", "account").annotate(d=Sum("debit_fen"), c=Sum("credit_fen"))
    found = [ManagerDebt(x["party"], x["account"], Money(x["d"] - x["c"])) for x in sums if x["d"] > x["c"]]
    return tuple(sorted(found, key=lambda one: (one.name, one.account)))


@dataclass(frozen=True)
class PrivatePayee:
    """A payment to somebody whose name reads like a person's (R42, to look at)."""

    number: str
    day: date
    payee: str
    amount: Money
    case: str


def private_payees(village: str, months: tuple[str, ...]) -> tuple[PrivatePayee, ...]:
    """Payments of these months to names that read like a person's, advances and corrected ones apart (R42)."""
    rows = Voucher.objects.filter(
        book_id=village,
        month__in=months,
        kind=Voucher.Kind.PAYMENT,
        corrected_by__isnull=True,
        advance__isnull=True,
    ).order_by("-month", "-serial")
    found = [
        PrivatePayee(row.id.split("/", 1)[1], row.occurred_on, row.party, Money(row.amount_fen), row.case)
        for row in rows.iterator()
        if looks_private(row.party)
    ]
    return tuple(found[:A_PAGE])


@dataclass(frozen=True)
class AccountView:
    """An account at a bank: of the village (`name` its holder) or of a payee."""

    name: str
    number: str
    bank: str
    since: date

    @property
    def ending(self) -> str:
        """The last four digits, as pages show it."""
        return f"…{self.number[-4:]}"


def bank_accounts(village: str) -> tuple[AccountView, ...]:
    """The village's own accounts, the oldest first."""
    rows = BankAccount.objects.filter(book_id=village).order_by("since", "id")
    return tuple(AccountView(row.holder, row.number, row.bank, row.since) for row in rows)


def payee_account(village: str, payee: str, on: date) -> AccountView | None:
    """The account registered for a payee on a day; None when there is none."""
    rows = PayeeAccount.objects.filter(book_id=village, payee=payee, since__lte=on)
    row = rows.order_by("-since", "-id").first()
    return AccountView(row.payee, row.number, row.bank, row.since) if row else None


def payee_accounts(village: str, payees: tuple[str, ...], on: date) -> dict[str, AccountView]:
    """The accounts registered for these payees on a day, by payee. One query."""
    rows = PayeeAccount.objects.filter(book_id=village, payee__in=payees, since__lte=on).order_by(
        "since", "id"
    )
    return {row.payee: AccountView(row.payee, row.number, row.bank, row.since) for row in rows}
