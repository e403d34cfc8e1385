"""The standard statements, derived from balances by a layout that is data: each figure ties to the books.

Every balance is debits less credits in whole fen. Source: 农村集体经济组织会计制度(财会〔2023〕14号);
the lines are our reading of it (`assumed`), for the ministry's forms are not at hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mingbai.kernel import BadFile, Citation, line_of, load_located, validate
from mingbai.ledger.rules.accounts import Account, Chart, CitationText, Code, Kind

STATEMENTS_FILE = "statements.yaml"
ASSET_PARTS = ("current_assets", "fixed_assets")
LIABILITY_PARTS = ("current_liabilities", "long_liabilities")
Fen = int
Sums = Mapping[str, Fen]
"""Debits less credits in fen, by account."""
Moves = Mapping[str, tuple[Fen, Fen]]
"""Debits and credits in fen, by account."""


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Name = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Part = Literal["current_assets", "fixed_assets", "current_liabilities", "long_liabilities", "equity"]


class SheetLine(_Text):
    """A line of the balance sheet; `result` adds the year's income and expenses not yet carried over."""

    id: Name
    title: Name
    part: Part
    accounts: Annotated[list[Code], Field(min_length=1)]
    result: bool = False


class IncomeLine(_Text):
    """A line of income (`sign` 1) or of expenses (`sign` -1)."""

    id: Name
    title: Name
    sign: Literal[1, -1]
    accounts: Annotated[list[Code], Field(min_length=1)]


class LayoutText(_Text):
    """The whole file."""

    since: date
    citation: CitationText
    balance_sheet: Annotated[list[SheetLine], Field(min_length=1)]
    income: Annotated[list[IncomeLine], Field(min_length=1)]
    appropriation: Code


@dataclass(frozen=True)
class Layout:
    """Which accounts make up which line."""

    sheet: tuple[SheetLine, ...]
    income: tuple[IncomeLine, ...]
    appropriation: str
    citation: Citation


@dataclass(frozen=True)
class SheetRow:
    """One line of the balance sheet, in fen: at the end of the period and at the year's beginning."""

    title: str
    part: str
    now: Fen
    before: Fen


@dataclass(frozen=True)
class BalanceSheet:
    """资产负债表. `assets` and `claims` (负债和所有者权益) are pairs: now, and at the year's beginning."""

    rows: tuple[SheetRow, ...]

    def total(self, *parts: str) -> tuple[Fen, Fen]:
        """What the lines of some parts come to: now, and at the year's beginning."""
        chosen = [row for row in self.rows if row.part in parts]
        return sum(row.now for row in chosen), sum(row.before for row in chosen)

    @property
    def assets(self) -> tuple[Fen, Fen]:
        return self.total(*ASSET_PARTS)

    @property
    def liabilities(self) -> tuple[Fen, Fen]:
        return self.total(*LIABILITY_PARTS)

    @property
    def claims(self) -> tuple[Fen, Fen]:
        return self.total(*LIABILITY_PARTS, "equity")


@dataclass(frozen=True)
class FlowRow:
    """An amount of the period and of the year so far, in fen; `sign` says whether it adds or takes away."""

    code: str
    title: str
    sign: int
    period: Fen
    year: Fen


@dataclass(frozen=True)
class IncomeStatement:
    """收益及收益分配表, in fen: period and year so far.

    `carried` is what stood undistributed at the year's beginning; result + carried − used = undistributed,
    which is the balance sheet's own line.
    """

    rows: tuple[FlowRow, ...]
    carried: Fen
    used: Fen
    undistributed: Fen

    @property
    def result(self) -> tuple[Fen, Fen]:
        """净收益 of the period and of the year so far."""
        rows = self.rows
        return sum(row.sign * row.period for row in rows), sum(row.sign * row.year for row in rows)


def read_layout(text: str, filename: str = STATEMENTS_FILE) -> Layout:
    """The layout of a district. Raises `BadFile` for an account on two lines or no line with the result."""
    raw = validate(LayoutText, text, filename)
    taken: set[str] = set()
    named = [(("balance_sheet", at), line.accounts) for at, line in enumerate(raw.balance_sheet)]
    named += [(("income", at), line.accounts) for at, line in enumerate(raw.income)]
    for path, codes in named:
        if taken & set(codes) or len(set(codes)) != len(codes):
            raise BadFile(filename, line_of(load_located(text, filename)[1], path), "同一科目出现在两行")
        taken |= set(codes)
    if [line.part for line in raw.balance_sheet if line.result] != ["equity"]:
        raise BadFile(filename, 1, "要有恰好一行权益接收本年收益（result: true）")
    return Layout(tuple(raw.balance_sheet), tuple(raw.income), raw.appropriation, raw.citation.citation())


def uncovered(layout: Layout, chart: Chart) -> tuple[str, ...]:
    """Accounts of the chart that no line takes up, or a line of the wrong statement: a sheet could not tie."""
    flows = {code for line in layout.income for code in line.accounts}
    stands = {code for line in layout.sheet for code in line.accounts}
    wanted_flows = {one.code for one in chart.accounts.values() if _is_flow(one)}
    return tuple(sorted((wanted_flows ^ flows) | ((chart.accounts.keys() - wanted_flows) ^ stands)))


def check_layout(layout: Layout, chart: Chart, filename: str = STATEMENTS_FILE) -> None:
    """Raises `BadFile` naming the accounts that are on no line, or on a line of the wrong statement."""
    missing = uncovered(layout, chart)
    if missing:
        raise BadFile(filename, 1, f"科目{'、'.join(missing)}没有列在报表的一行上，或者列错了表")


def balance_sheet(layout: Layout, chart: Chart, now: Sums, before: Sums) -> BalanceSheet:
    """The balance sheet from the balances at the end of a period and at the year's beginning.

    Raises:
        ValueError: it does not tie; the books or the layout are unsound, and no statement is better than this.
    """
    rows = tuple(
        SheetRow(line.title, line.part, _stand(line, chart, now), _stand(line, chart, before))
        for line in layout.sheet
    )
    sheet = BalanceSheet(rows)
    if sheet.assets != sheet.claims:
        raise ValueError(f"assets {sheet.assets} are not liabilities and equity {sheet.claims}")
    return sheet


def income_statement(
    layout: Layout, chart: Chart, period: Moves, year: Moves, now: Sums, before: Sums
) -> IncomeStatement:
    """The income of a period and of its year so far, and what became of it.

    `period` and `year` are without the year's closing; `now` and `before` are as for the balance sheet.
    """
    rows = tuple(
        FlowRow(line.accounts[0], line.title, line.sign, _flow(line, period), _flow(line, year))
        for line in layout.income
    )
    result = next(line for line in layout.sheet if line.result)
    carried, left = _stand(result, chart, before), _stand(result, chart, now)
    earned = sum(row.sign * row.year for row in rows)
    return IncomeStatement(rows, carried, carried + earned - left, left)


def flow_details(chart: Chart, period: Moves, year: Moves) -> tuple[FlowRow, ...]:
    """收支明细表: every account of income and expense that moved, period and year so far."""
    codes = sorted(code for code in period.keys() | year.keys() if _is_flow(chart.account(code)))
    return tuple(
        FlowRow(
            code,
            chart.account(code).name,
            _sign(chart.account(code)),
            _one(_sign(chart.account(code)), period, code),
            _one(_sign(chart.account(code)), year, code),
        )
        for code in codes
    )


def _stand(line: SheetLine, chart: Chart, sums: Sums) -> Fen:
    total = sum(sums.get(code, 0) for code in line.accounts)
    if line.result:
        total += sum(fen for code, fen in sums.items() if _is_flow(chart.account(code)))
    return total if line.part in ASSET_PARTS else -total


def _flow(line: IncomeLine, moves: Moves) -> Fen:
    return sum(_one(line.sign, moves, code) for code in line.accounts)


def _one(sign: int, moves: Moves, code: str) -> Fen:
    debit, credit = moves.get(code, (0, 0))
    return sign * (credit - debit)


def _is_flow(account: Account) -> bool:
    return account.kind in (Kind.income, Kind.expense)


def _sign(account: Account) -> int:
    return 1 if account.kind is Kind.income else -1
