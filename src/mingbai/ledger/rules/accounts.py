"""The chart of accounts and the cash limits of a district, read from `accounts.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, NoReturn

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
class Chart:
    """The accounts, which of them play a fixed part, and the cash limits."""

    accounts: Mapping[str, Account]
    cash: str
    bank: str
    expense: str
    income: str
    equity: str
    cash_limits: tuple[CashLimit, ...]
    citation: Citation

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


class RolesText(_Text):
    """Which account plays which part."""

    cash: Code
    bank: Code
    expense: Code
    income: Code
    equity: Code


class ChartText(_Text):
    """The whole file."""

    since: date
    citation: CitationText
    roles: RolesText
    cash_limits: Annotated[list[LimitText], Field(min_length=1)]
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
    )


def _refuse(text: str, filename: str, path: tuple[str | int, ...], reason: str) -> NoReturn:
    raise BadFile(filename, line_of(load_located(text, filename)[1], path), reason)
