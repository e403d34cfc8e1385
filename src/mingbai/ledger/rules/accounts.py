"""The chart of accounts and the cash limits of a district, read from `accounts.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, NoReturn

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mingbai.kernel import BadFile, Citation, Confidence, Money, Refused, line_of, load_located, validate

ACCOUNTS_FILE = "accounts.yaml"
Code = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{2,7}$")]


class Side(StrEnum):
    """On which side an account's balance stands."""

    debit = "debit"
    credit = "credit"


class Kind(StrEnum):
    """The class of an account."""

    asset = "asset"
    liability = "liability"
    equity = "equity"
    cost = "cost"
    income = "income"
    expense = "expense"


@dataclass(frozen=True)
class Account:
    """One account of the first level."""

    code: str
    name: str
    kind: Kind
    normal: Side


@dataclass(frozen=True)
class CashLimit:
    """From `since` on, no single payment above `limit` in cash."""

    since: date
    limit: Money
    citation: Citation


@dataclass(frozen=True)
class BankCharge:
    """From `since` on, the bank may take up to `limit` at a time for `account` without a decision."""

    since: date
    account: str
    words: str
    limit: Money
    citation: Citation


@dataclass(frozen=True)
class Template:
    """A plain-word entry of the desk: what happened, and which accounts it debits and credits."""

    id: str
    words: str
    group: str
    debit: str
    credit: str


@dataclass(frozen=True)
class Chart:
    """The accounts, which of them play a fixed part, the cash limits, and what may go without a decision.

    `open_days`: after so many days a difference between book and bank is a break, no longer a line on its way.
    """

    accounts: Mapping[str, Account]
    cash: str
    bank: str
    expense: str
    income: str
    equity: str
    cash_limits: tuple[CashLimit, ...]
    citation: Citation
    year_result: str
    deposit: str
    appropriation: str
    bank_charges: tuple[BankCharge, ...]
    open_days: int | None
    templates: tuple[Template, ...]

    @property
    def liquid(self) -> tuple[str, str]:
        """The accounts that hold money."""
        return self.cash, self.bank

    def charge(self, account: str, on: date) -> BankCharge | None:
        """What the bank may take for an account on a day without a decision; None when it may not."""
        dated = [one for one in self.bank_charges if one.account == account and one.since <= on]
        return max(dated, key=lambda one: one.since, default=None)

    def account(self, code: str) -> Account:
        """The account of a code. Raises `Refused` for a code that the chart does not have."""
        if code not in self.accounts:
            raise Refused(f"会计科目表中没有“{code}”", basis=self.citation, remedy="请从科目表中选择科目")
        return self.accounts[code]

    def money_account(self, method: str) -> str:
        """Where money of a method lies: `bank` or `cash`. Raises `Refused` for another method."""
        if method not in ("bank", "cash"):
            raise Refused(f"没有“{method}”这种支付方式", remedy="请选择银行转账或者现金")
        return self.bank if method == "bank" else self.cash

    def cash_limit(self, on: date) -> CashLimit:
        """The limit in force on a day. Raises `Refused` for a day without one: never a guess."""
        dated = [limit for limit in self.cash_limits if limit.since <= on]
        if not dated:
            raise Refused(f"{on.isoformat()}没有现金限额数据", remedy="请补充该日期适用的现金限额")
        return max(dated, key=lambda limit: limit.since)


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CitationText(_Text):
    """Law id of laws.yaml, article, and how sure we are."""

    law: str
    article: str
    confidence: Confidence

    def citation(self) -> Citation:
        return Citation(self.law, self.article, self.confidence)


class AccountText(_Text):
    """One line of the chart."""

    code: Code
    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    kind: Kind
    normal: Side


class LimitText(_Text):
    """A cash limit in fen from a date on."""

    since: date
    fen: Annotated[int, Field(gt=0)]
    citation: CitationText


class ChargeText(_Text):
    """What the bank may take by itself."""

    since: date
    account: Code
    words: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    fen: Annotated[int, Field(gt=0)]
    citation: CitationText


class OpenDaysText(_Text):
    """How long a line may be on its way between book and bank."""

    days: Annotated[int, Field(gt=0, le=366)]
    citation: CitationText


class TemplateText(_Text):
    """One entry in plain words."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z_]{2,40}$")]
    words: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    group: Literal["receipt", "transfer"]
    debit: Code
    credit: Code


class RolesText(_Text):
    """Which account plays which part."""

    cash: Code
    bank: Code
    expense: Code
    income: Code
    equity: Code
    year_result: Code = "321"
    deposit: Code = "211"
    appropriation: Code = "322"


class ChartText(_Text):
    """The whole file."""

    since: date
    citation: CitationText
    roles: RolesText
    cash_limits: Annotated[list[LimitText], Field(min_length=1)]
    bank_charges: list[ChargeText] = []
    open_days: OpenDaysText | None = None
    templates: list[TemplateText] = []
    accounts: Annotated[list[AccountText], Field(min_length=1)]


def read_chart(text: str, filename: str = ACCOUNTS_FILE) -> Chart:
    """The chart of a district. Raises `BadFile` for a code twice or a role without its account."""
    raw = validate(ChartText, text, filename)
    accounts = {a.code: Account(a.code, a.name, a.kind, a.normal) for a in raw.accounts}
    if len(accounts) != len(raw.accounts):
        _refuse(text, filename, ("accounts",), "有会计科目编码重复")
    for role, code in raw.roles.model_dump().items():
        if code not in accounts:
            _refuse(text, filename, ("roles", role), f"科目 {code} 不在科目表中")
    _refuse_unknown(raw, set(accounts), text, filename)
    limits = tuple(CashLimit(lim.since, Money(lim.fen), lim.citation.citation()) for lim in raw.cash_limits)
    roles = raw.roles
    return Chart(
        accounts=accounts,
        cash=roles.cash,
        bank=roles.bank,
        expense=roles.expense,
        income=roles.income,
        equity=roles.equity,
        cash_limits=limits,
        citation=raw.citation.citation(),
        year_result=roles.year_result,
        deposit=roles.deposit,
        appropriation=roles.appropriation,
        bank_charges=tuple(
            BankCharge(one.since, one.account, one.words, Money(one.fen), one.citation.citation())
            for one in raw.bank_charges
        ),
        open_days=raw.open_days.days if raw.open_days else None,
        templates=tuple(
            Template(one.id, one.words, one.group, one.debit, one.credit) for one in raw.templates
        ),
    )


def _refuse_unknown(raw: ChartText, known: set[str], text: str, filename: str) -> None:
    """Every account that a charge or a template names is one of the chart."""
    named = [(("bank_charges", at, "account"), one.account) for at, one in enumerate(raw.bank_charges)]
    for at, one in enumerate(raw.templates):
        named += [(("templates", at, "debit"), one.debit), (("templates", at, "credit"), one.credit)]
    for path, code in named:
        if code not in known:
            _refuse(text, filename, path, f"科目 {code} 不在科目表中")


def _refuse(text: str, filename: str, path: tuple[str | int, ...], reason: str) -> NoReturn:
    raise BadFile(filename, line_of(load_located(text, filename)[1], path), reason)
